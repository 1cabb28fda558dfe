#include "models/instruments/decay_fit.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/math/least_squares.hpp"

namespace nacre::instruments {
namespace {

/// Adds amplitude x exp(-t/lifetime), integrated over each channel and convolved with the response, to a model.
void add_exponential(const Histogram& h, double amplitude, double lifetime, std::span<double> model) {
  const double ratio = std::exp(-h.width / lifetime);
  const double first = amplitude * lifetime * -std::expm1(-h.width / lifetime);
  double sum = 0;  // a geometric series, fed by the response
  for (std::size_t i = 0; i < model.size(); ++i) {
    sum = ratio * sum + (i < h.response.size() ? first * h.response[i] : 0);
    model[i] += sum;
  }
}

/// Mean time of the counts behind the pulse.
double mean_time(const Histogram& h) {
  double sum = 0, moment = 0;
  for (std::size_t i = 0; i < h.counts.size(); ++i) sum += h.counts[i], moment += h.counts[i] * h.time[i];
  return std::max(moment / sum, h.width);
}

/// ln lifetime of each component, spread around the mean time.
std::vector<double> first_guess(const Histogram& h, int components) {
  std::vector<double> start;
  for (int j = 0; j < components; ++j)
    start.push_back(std::log(mean_time(h) * std::pow(3.0, 0.5 * (2 * j + 1 - components))));
  return start;
}

/// Lifetime of a parameter of the search, kept within what the channels can tell from a flash and from a background.
double lifetime_of(const Histogram& h, double parameter) {
  return std::clamp(std::exp(parameter), 1e-3 * h.width, 1e3 * h.width * static_cast<double>(h.counts.size()));
}

/// A histogram seen as a sum of columns: exponentials of unit area, and a constant background. With the lifetimes
/// given, the areas are a linear problem, so that a fit has to search for the lifetimes alone.
class Columns {
 public:
  Columns(const Histogram& h, const std::vector<double>& weights, std::size_t components)
      : h_(h), weights_(weights), columns_(components + 1, std::vector<double>(h.counts.size())) {
    std::fill(columns_.back().begin(), columns_.back().end(), 1 / static_cast<double>(h.counts.size()));
  }

  /// Areas that come closest to the counts, none of them negative; the background is the last.
  std::vector<double> areas(std::span<const double> log_lifetimes) {
    for (std::size_t j = 0; j < log_lifetimes.size(); ++j) {
      const double lifetime = lifetime_of(h_, log_lifetimes[j]);
      std::fill(columns_[j].begin(), columns_[j].end(), 0.0);
      add_exponential(h_, 1 / lifetime, lifetime, columns_[j]);
    }
    fill_normal();
    std::vector<std::size_t> used;
    for (std::size_t j = 0; j < columns_.size(); ++j) used.push_back(j);
    while (true) {
      const std::vector<double> found = solved(used);
      const auto least = std::min_element(found.begin(), found.end());
      if (used.size() == 1 || *least >= 0) return spread(used, found);
      used.erase(used.begin() + (least - found.begin()));
    }
  }

  /// Counts to be expected, of the lifetimes that areas() was last asked about.
  void expect(const std::vector<double>& areas, std::span<double> counts) const {
    std::fill(counts.begin(), counts.end(), 0.0);
    for (std::size_t j = 0; j < columns_.size(); ++j)
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += areas[j] * columns_[j][i];
  }

  /// What is left of the counts, over their errors.
  void residuals(const std::vector<double>& areas, std::span<double> r) const {
    expect(areas, r);
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = weights_[i] * (r[i] - h_.counts[i]);
  }

 private:
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 5, 5>;
  using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 5, 1>;

  double product(std::span<const double> a, std::span<const double> b) const {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i] * weights_[i] * weights_[i];
    return sum;
  }

  void fill_normal() {
    const auto size = static_cast<Eigen::Index>(columns_.size());
    normal_.resize(size, size);
    right_.resize(size);
    for (std::size_t a = 0; a < columns_.size(); ++a) {
      const auto row = static_cast<Eigen::Index>(a);
      right_[row] = product(columns_[a], h_.counts);
      for (std::size_t b = 0; b <= a; ++b) {
        const auto column = static_cast<Eigen::Index>(b);
        normal_(row, column) = normal_(column, row) = product(columns_[a], columns_[b]);
      }
    }
  }

  std::vector<double> solved(const std::vector<std::size_t>& used) const {
    const auto size = static_cast<Eigen::Index>(used.size());
    Matrix normal(size, size);
    Vector right(size);
    for (Eigen::Index a = 0; a < size; ++a) {
      const auto row = static_cast<Eigen::Index>(used[static_cast<std::size_t>(a)]);
      right[a] = right_[row];
      for (Eigen::Index b = 0; b < size; ++b)
        normal(a, b) = normal_(row, static_cast<Eigen::Index>(used[static_cast<std::size_t>(b)]));
    }
    const Vector areas = normal.ldlt().solve(right);
    return {areas.data(), areas.data() + size};
  }

  std::vector<double> spread(const std::vector<std::size_t>& used, const std::vector<double>& found) const {
    std::vector<double> areas(columns_.size(), 0.0);
    for (std::size_t k = 0; k < used.size(); ++k) areas[used[k]] = found[k];
    return areas;
  }

  const Histogram& h_;
  const std::vector<double>& weights_;
  std::vector<std::vector<double>> columns_;
  Matrix normal_;
  Vector right_;
};

/// Mean of each channel and its neighbours.
std::vector<double> smoothed(const std::vector<double>& counts) {
  constexpr std::size_t aside = 5;
  std::vector<double> means;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::size_t first = i < aside ? 0 : i - aside, last = std::min(i + aside + 1, counts.size());
    means.push_back(std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(first),
                                    counts.begin() + static_cast<std::ptrdiff_t>(last), 0.0) /
                    static_cast<double>(last - first));
  }
  return means;
}

/// One over the error of each channel that expects so many counts; without counting noise that of a good measurement.
std::vector<double> weights_of(std::span<const double> expected, double peak_counts) {
  const double highest = *std::max_element(expected.begin(), expected.end());
  const double counted = peak_counts > 0 ? 1 : 1e4 / highest, least = peak_counts > 0 ? 0.01 : 1;
  std::vector<double> weights;
  for (const double n : expected) weights.push_back(counted / std::sqrt(std::max(n * counted, least)));
  return weights;
}

/// Lifetimes and areas that come closest to the counts with given errors of the channels.
struct Closest {
  math::LeastSquares fit;
  std::vector<double> areas, expected;
};

Closest closest(const Histogram& h, const std::vector<double>& weights, const std::vector<double>& start,
                double enough) {
  Columns columns(h, weights, start.size());
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    columns.residuals(columns.areas(p), r);
  };
  Closest found{math::least_squares(residuals, start, h.counts.size(), 1e-7, 400, enough), {}, {}};
  found.areas = columns.areas(found.fit.parameters);
  found.expected.resize(h.counts.size());
  columns.expect(found.areas, found.expected);
  return found;
}

/// Of greatest likelihood for counts that scatter as Poisson's: errors follow from what is expected, not from what was
/// counted, which would draw the fit to the channels that happen to hold few; two rounds settle that.
Closest most_likely(const Histogram& h, int components, double peak_counts) {
  // Without noise components that the decay does not have can be shifted for ever; a misfit far below the noise is
  // enough.
  const double enough = peak_counts > 0 ? 0 : 1e-5 * static_cast<double>(h.counts.size());
  Closest found = closest(h, weights_of(peak_counts > 0 ? smoothed(h.counts) : h.counts, peak_counts),
                          first_guess(h, components), enough);
  for (int round = 0; round < 2 && peak_counts > 0 && found.fit.converged; ++round)
    found = closest(h, weights_of(found.expected, peak_counts), found.fit.parameters, 0);
  return found;
}

constexpr double is_background = 100;  // windows: a component that lives longer differs from a background by < 1 %

struct Part {
  double amplitude, lifetime, error;
};

/// Exponentials of a fit that have light: their areas and lifetimes.
struct Lit {
  std::vector<double> area, lifetime;
};

/// Model of unit area of one exponential.
std::vector<double> column_of(const Histogram& h, double lifetime) {
  std::vector<double> column(h.counts.size(), 0.0);
  add_exponential(h, 1 / lifetime, lifetime, column);
  return column;
}

/// Derivatives of the counts by the area and by ln lifetime of each exponential, then by the background, over the
/// errors of the channels.
Eigen::MatrixXd sensitivities(const Histogram& h, const std::vector<double>& weights, const Lit& lit) {
  const auto rows = static_cast<Eigen::Index>(weights.size());
  Eigen::MatrixXd matrix(rows, static_cast<Eigen::Index>(2 * lit.area.size() + 1));
  constexpr double step = 1e-4;
  for (std::size_t j = 0; j < lit.area.size(); ++j) {
    const std::vector<double> low = column_of(h, lit.lifetime[j] * std::exp(-step)),
                              high = column_of(h, lit.lifetime[j] * std::exp(step));
    const auto column = static_cast<Eigen::Index>(2 * j);
    for (Eigen::Index i = 0; i < rows; ++i) {
      const auto at = static_cast<std::size_t>(i);
      matrix(i, column) = weights[at] * 0.5 * (low[at] + high[at]);
      matrix(i, column + 1) = weights[at] * lit.area[j] * (high[at] - low[at]) / (2 * step);
    }
  }
  for (Eigen::Index i = 0; i < rows; ++i)
    matrix(i, matrix.cols() - 1) = weights[static_cast<std::size_t>(i)] / static_cast<double>(rows);
  return matrix;
}

/// Derivatives of an average by the same parameters.
Eigen::VectorXd slopes_of(const Lit& lit, Averaging averaging) {
  double zero = 0, first = 0, second = 0;
  for (std::size_t j = 0; j < lit.area.size(); ++j)
    zero += lit.area[j] / lit.lifetime[j], first += lit.area[j], second += lit.area[j] * lit.lifetime[j];
  Eigen::VectorXd slopes = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(2 * lit.area.size() + 1));
  for (std::size_t j = 0; j < lit.area.size(); ++j) {
    const double a = lit.area[j], tau = lit.lifetime[j];
    const bool by_amplitude = averaging == Averaging::amplitude;
    slopes[static_cast<Eigen::Index>(2 * j)] =
        by_amplitude ? (1 - first / zero / tau) / zero : (tau - second / first) / first;
    slopes[static_cast<Eigen::Index>(2 * j + 1)] = by_amplitude ? first / (zero * zero) * a / tau : a * tau / first;
  }
  return slopes;
}

/// Standard errors of both averages from the counting noise: the inverse of the information that the counts have of all
/// parameters, where directions in which nothing is known weigh no less than rounding.
std::pair<double, double> average_errors(const Histogram& h, const std::vector<double>& weights, const Lit& lit) {
  const Eigen::MatrixXd by = sensitivities(h, weights, lit);
  const Eigen::MatrixXd information = by.transpose() * by;
  const Eigen::VectorXd scale = information.diagonal().cwiseMax(std::numeric_limits<double>::min()).cwiseSqrt();
  const Eigen::MatrixXd scaled = scale.cwiseInverse().asDiagonal() * information * scale.cwiseInverse().asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(scaled);
  const auto error = [&](Averaging averaging) {
    const Eigen::VectorXd along = parts.eigenvectors().transpose() * slopes_of(lit, averaging).cwiseQuotient(scale);
    return std::sqrt(along.cwiseAbs2().cwiseQuotient(parts.eigenvalues().cwiseMax(1e-13)).sum());
  };
  return {error(Averaging::amplitude), error(Averaging::intensity)};
}

}  // namespace

double MultiExponential::average(Averaging averaging) const {
  double zero = 0, first = 0, second = 0;
  for (std::size_t j = 0; j < amplitude.size(); ++j) {
    zero += amplitude[j];
    first += amplitude[j] * lifetime[j];
    second += amplitude[j] * lifetime[j] * lifetime[j];
  }
  return averaging == Averaging::amplitude ? first / zero : second / first;
}

double MultiExponential::average_error(Averaging averaging) const {
  return averaging == Averaging::amplitude ? amplitude_average_error : intensity_average_error;
}

MultiExponential fit_decay(const Histogram& h, int components, double peak_counts) {
  const auto [fit, areas, expected] = most_likely(h, components, peak_counts);
  const double window = h.width * static_cast<double>(h.counts.size());
  std::vector<Part> parts;
  Lit lit;
  double sum = 0;
  for (std::size_t j = 0; j < fit.parameters.size(); ++j) {
    const double lifetime = lifetime_of(h, fit.parameters[j]);
    const double area = lifetime < is_background * window ? areas[j] : 0;
    if (area > 0) lit.area.push_back(area), lit.lifetime.push_back(lifetime);
    parts.push_back({area / lifetime, lifetime, lifetime * fit.standard_errors[j]});
    sum += parts.back().amplitude;
  }
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.lifetime < b.lifetime; });
  MultiExponential result;
  result.converged = fit.converged && sum > 0;
  for (const Part& part : parts) {
    result.amplitude.push_back(part.amplitude / sum);
    result.lifetime.push_back(part.lifetime);
    result.lifetime_error.push_back(part.error);
  }
  if (result.converged && peak_counts > 0 && !lit.area.empty())
    std::tie(result.amplitude_average_error, result.intensity_average_error) =
        average_errors(h, weights_of(expected, peak_counts), lit);
  result.reduced_chi_square = fit.chi_square / static_cast<double>(h.counts.size() - 2 * fit.parameters.size() - 1);
  return result;
}

}  // namespace nacre::instruments
