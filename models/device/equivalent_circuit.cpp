#include "models/device/equivalent_circuit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace nacre::device {
namespace {

using Complex = std::complex<double>;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double two_pi = 2 * std::numbers::pi;

/// The spectrum with its weights, and circuits as vectors: R_s, then the resistances, then the logarithms of the times.
class Spectrum {
 public:
  Spectrum(std::span<const double> frequencies, std::span<const Complex> impedance) {
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
      omega_.push_back(two_pi * frequencies[i]);
      value_.push_back(impedance[i]);
      largest_ = std::max(largest_, std::abs(impedance[i]));
    }
    const auto [slowest, fastest] = std::minmax_element(omega_.begin(), omega_.end());
    shortest_ = std::log(0.1 / *fastest), longest_ = std::log(10 / *slowest);
  }

  Eigen::Index rows() const { return 2 * static_cast<Eigen::Index>(omega_.size()); }
  double largest() const { return largest_; }    ///< |Z| [ohm m2]
  double shortest() const { return shortest_; }  ///< ln of the times that the frequencies can tell
  double longest() const { return longest_; }

  /// Real and imaginary parts of `each(frequency)` over |Z|, one row each.
  template <class Each>
  void fill(Eigen::Ref<VectorXd> column, const Each& each) const {
    for (std::size_t i = 0; i < omega_.size(); ++i) {
      const Complex z = each(i) / std::abs(value_[i]);
      column(static_cast<Eigen::Index>(2 * i)) = z.real(), column(static_cast<Eigen::Index>(2 * i) + 1) = z.imag();
    }
  }
  VectorXd data() const { return weighed(value_); }
  /// Values at the same frequencies, with the weights of the spectrum.
  VectorXd weighed(std::span<const Complex> values) const {
    VectorXd column(rows());
    fill(column, [&](std::size_t i) { return values[i]; });
    return column;
  }
  /// One ohm in series.
  void ohm(Eigen::Ref<VectorXd> column) const {
    fill(column, [](std::size_t) { return Complex(1); });
  }
  /// An arc of one ohm.
  void arc(Eigen::Ref<VectorXd> column, double log_time) const {
    fill(column, [&](std::size_t i) { return 1. / Complex(1, omega_[i] * std::exp(log_time)); });
  }
  /// Its derivative by the logarithm of the time.
  void arc_slope(Eigen::Ref<VectorXd> column, double log_time) const {
    fill(column, [&](std::size_t i) {
      const double x = omega_[i] * std::exp(log_time);
      return Complex(0, -x) / (Complex(1, x) * Complex(1, x));
    });
  }

 private:
  std::vector<double> omega_;
  std::vector<Complex> value_;
  double shortest_ = 0, longest_ = 0, largest_ = 0;
};

/// Resistances for given times, by linear least squares.
struct Linear {
  VectorXd resistances;
  double squares = 0;
};

Linear resistances_for(const Spectrum& spectrum, const std::vector<double>& log_times) {
  MatrixXd columns(spectrum.rows(), static_cast<Eigen::Index>(log_times.size()) + 1);
  spectrum.ohm(columns.col(0));
  for (std::size_t k = 0; k < log_times.size(); ++k)
    spectrum.arc(columns.col(static_cast<Eigen::Index>(k) + 1), log_times[k]);
  const VectorXd data = spectrum.data();
  // Normal equations of scaled columns would do, but arcs of like times make them singular.
  Linear best{columns.colPivHouseholderQr().solve(data), 0};
  best.squares = (columns * best.resistances - data).squaredNorm();
  return best;
}

struct Fit {
  std::vector<double> log_times;
  VectorXd resistances;
  double squares = 0;
  MatrixXd covariance;  ///< of R_s, resistances, log times, for errors of one
};

MatrixXd jacobian(const Spectrum& spectrum, const Fit& fit) {
  const auto arcs = static_cast<Eigen::Index>(fit.log_times.size());
  MatrixXd columns(spectrum.rows(), 2 * arcs + 1);
  spectrum.ohm(columns.col(0));
  for (Eigen::Index k = 0; k < arcs; ++k) {
    spectrum.arc(columns.col(1 + k), fit.log_times[static_cast<std::size_t>(k)]);
    spectrum.arc_slope(columns.col(1 + arcs + k), fit.log_times[static_cast<std::size_t>(k)]);
    columns.col(1 + arcs + k) *= fit.resistances(1 + k);
  }
  return columns;
}

/// Levenberg and Marquardt in the logarithms of the times; resistances follow from them (variable projection after
/// Kaufman: the step of the times is that of all unknowns together, then resistances are solved for anew).
void refine(const Spectrum& spectrum, Fit& fit) {
  const auto arcs = static_cast<Eigen::Index>(fit.log_times.size());
  const VectorXd data = spectrum.data();
  double damping = 1e-3;
  for (int i = 0; i < 60 && damping < 1e9; ++i) {
    const MatrixXd columns = jacobian(spectrum, fit);
    const VectorXd missing = data - columns.leftCols(arcs + 1) * fit.resistances;
    MatrixXd normal = columns.transpose() * columns;
    const VectorXd slope = columns.transpose() * missing;
    for (Eigen::Index k = 0; k < normal.rows(); ++k)
      normal(k, k) = normal(k, k) * (1 + damping) + std::numeric_limits<double>::min();
    const VectorXd step = normal.ldlt().solve(slope);
    std::vector<double> times = fit.log_times;
    double moved = 0;
    for (Eigen::Index k = 0; k < arcs; ++k) {
      const double by = std::clamp(step(1 + arcs + k), -1.0, 1.0);
      double& time = times[static_cast<std::size_t>(k)];
      // three decades beyond what the frequencies can tell nothing changes any more
      time = std::clamp(time + (std::isfinite(by) ? by : 0), spectrum.shortest() - 7, spectrum.longest() + 7);
      moved = std::max(moved, std::abs(time - fit.log_times[static_cast<std::size_t>(k)]));
    }
    const Linear next = resistances_for(spectrum, times);
    if (next.squares < fit.squares) {
      const bool done = moved < 1e-9 || fit.squares - next.squares < 1e-14 * fit.squares;
      fit.log_times = times, fit.resistances = next.resistances, fit.squares = next.squares;
      damping = std::max(damping / 10, 1e-12);
      if (done) return;
    } else {
      damping *= 10;
    }
  }
}

/// With one more arc, put where it helps most.
Fit with_arc(const Spectrum& spectrum, const Fit& before) {
  constexpr int places = 40;
  Fit best;
  best.squares = std::numeric_limits<double>::infinity();
  for (int i = 0; i < places; ++i) {
    std::vector<double> times = before.log_times;
    times.push_back(spectrum.shortest() + (spectrum.longest() - spectrum.shortest()) * i / (places - 1));
    const Linear linear = resistances_for(spectrum, times);
    if (linear.squares < best.squares)
      best.log_times = times, best.resistances = linear.resistances, best.squares = linear.squares;
  }
  refine(spectrum, best);
  return best;
}

double information(const Spectrum& spectrum, const Fit& fit, double noise) {
  const auto n = static_cast<double>(spectrum.rows());
  const double floor = n * noise * noise / 2, unknowns = 1 + 2 * static_cast<double>(fit.log_times.size());
  return n * std::log(std::max(fit.squares, floor)) + unknowns * std::log(n);
}

/// Whether arcs describe the spectrum each on its own, not as the difference of two of like times.
bool is_sound(const Spectrum& spectrum, const Fit& fit) {
  double sum = 0;
  for (std::size_t k = 0; k < fit.log_times.size(); ++k)
    if (fit.log_times[k] >= spectrum.shortest() && fit.log_times[k] <= spectrum.longest())
      sum += std::abs(fit.resistances(static_cast<Eigen::Index>(k) + 1));
  return sum <= 3 * spectrum.largest();
}

EquivalentCircuit circuit_of(const Spectrum& spectrum, const Fit& fit) {
  const auto arcs = static_cast<Eigen::Index>(fit.log_times.size());
  const auto n = static_cast<double>(spectrum.rows());
  const MatrixXd columns = jacobian(spectrum, fit);
  const VectorXd scale = columns.colwise().norm().cwiseMax(std::numeric_limits<double>::min());
  const MatrixXd scaled = columns * scale.cwiseInverse().asDiagonal();
  MatrixXd normal = scaled.transpose() * scaled;
  normal.diagonal().array() += 1e-13;  // what the spectrum does not know at all: a large error, and no division by zero
  const MatrixXd inverse = normal.ldlt().solve(MatrixXd::Identity(normal.rows(), normal.cols()));
  const double variance = fit.squares / std::max(1.0, n - static_cast<double>(columns.cols()));
  const auto sigma = [&](Eigen::Index k) { return std::sqrt(std::max(0.0, inverse(k, k)) * variance) / scale(k); };
  EquivalentCircuit circuit{fit.resistances(0), sigma(0), {}, std::sqrt(2 * fit.squares / n)};
  for (Eigen::Index k = 0; k < arcs; ++k) {
    const double log_time = fit.log_times[static_cast<std::size_t>(k)];
    circuit.arcs.push_back({fit.resistances(1 + k), std::exp(log_time), sigma(1 + k), sigma(1 + arcs + k),
                            log_time >= spectrum.shortest() && log_time <= spectrum.longest()});
  }
  std::sort(circuit.arcs.begin(), circuit.arcs.end(), [](const Arc& a, const Arc& b) { return a.time < b.time; });
  return circuit;
}

}  // namespace

Arc joined(std::span<const Arc> arcs) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  double sum = 0, weight = 0, logarithms = 0;
  for (const Arc& arc : arcs) {
    sum += arc.resistance;
    if (!(arc.resistance > 0)) continue;
    weight += arc.resistance, logarithms += arc.resistance * std::log(arc.time);
  }
  if (!(sum > 0)) return {nan, nan, nan, nan};
  return {sum, std::exp(logarithms / weight), nan, nan};
}

std::complex<double> EquivalentCircuit::impedance(double frequency) const {
  Complex sum = series;
  for (const Arc& arc : arcs) sum += arc.resistance / Complex(1, two_pi * frequency * arc.time);
  return sum;
}

EquivalentCircuit fit_circuit(std::span<const double> frequencies, std::span<const Complex> impedance,
                              const CircuitFitOptions& options) {
  assert(frequencies.size() == impedance.size() && frequencies.size() >= 4);
  const Spectrum spectrum(frequencies, impedance);
  const Linear resistor = resistances_for(spectrum, {});
  Fit fit;
  fit.resistances = resistor.resistances, fit.squares = resistor.squares;
  const auto most = std::min(options.most_arcs, static_cast<int>(frequencies.size()) - 1);
  for (int k = 0; k < most; ++k) {
    const Fit more = with_arc(spectrum, fit);
    if (!is_sound(spectrum, more)) break;
    if (!(information(spectrum, more, options.noise) < information(spectrum, fit, options.noise) - 10)) break;
    fit = more;
  }
  return circuit_of(spectrum, fit);
}

void tell_ions(std::span<const double> frequencies, std::span<const Complex> impedance,
               std::span<const Complex> impedance_by_ions, EquivalentCircuit& circuit) {
  assert(frequencies.size() == impedance.size() && impedance.size() == impedance_by_ions.size());
  const Spectrum spectrum(frequencies, impedance);
  const auto arcs = static_cast<Eigen::Index>(circuit.arcs.size());
  Fit fit;
  fit.resistances = VectorXd(arcs + 1);
  fit.resistances(0) = circuit.series;
  for (Eigen::Index k = 0; k < arcs; ++k) {
    fit.resistances(1 + k) = circuit.arcs[static_cast<std::size_t>(k)].resistance;
    fit.log_times.push_back(std::log(circuit.arcs[static_cast<std::size_t>(k)].time));
  }
  // Of an arc that is not resolved one column is as good as another: the smallest solution among equals.
  const VectorXd slopes =
      jacobian(spectrum, fit).completeOrthogonalDecomposition().solve(spectrum.weighed(impedance_by_ions));
  for (Eigen::Index k = 0; k < arcs; ++k) {
    Arc& arc = circuit.arcs[static_cast<std::size_t>(k)];
    if (arc.resolved) arc.of_ions = -slopes(1 + arcs + k);
  }
}

}  // namespace nacre::device
