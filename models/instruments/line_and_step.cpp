#include "models/instruments/line_and_step.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

#include "engine/math/least_squares.hpp"

namespace nacre::instruments {
namespace {

/// exp(x^2) erfc(x), by its continued fraction where erfc alone would vanish.
double scaled_erfc(double x) {
  if (x < 5) return std::exp(x * x) * std::erfc(x);
  double tail = 0;
  for (int n = 12; n >= 1; --n) tail = 0.5 * n / (x + tail);
  return std::numbers::inv_sqrtpi / (x + tail);
}

/// A Gaussian of unit area convolved with a falling exponential of unit area.
double asymmetric_line(double detuning, double width, double asymmetry) {
  const double x = (width / asymmetry - detuning / width) / std::numbers::sqrt2;
  const double gauss = std::exp(-0.5 * detuning * detuning / (width * width));
  if (x > -5) return 0.5 / asymmetry * gauss * scaled_erfc(x);
  return 0.5 / asymmetry * std::exp(0.5 * width * width / (asymmetry * asymmetry) - detuning / asymmetry) *
         std::erfc(x);
}

double rounded_step(double detuning, double width) {
  return 0.5 * std::erfc(-detuning / (std::numbers::sqrt2 * width));
}

}  // namespace

double absorption_of(const LineAndStep& e, double photon_energy) {
  return e.line_area * asymmetric_line(photon_energy - e.line, e.line_width, e.asymmetry) +
         e.step_height * rounded_step(photon_energy - e.step, e.step_width);
}

namespace {

/// What is fitted: some hundred points of a spectrum, with the scales that its parameters are measured in.
struct Task {
  std::vector<double> energy, absorption;
  double edge = 0, width = 0, top = 0;

  /// The edge of five parameters: the line's energy in widths from the first transition, then logarithms of its width,
  /// of the distance to the step, of the step's width and of the line's asymmetry; without the last the line is
  /// symmetric. Heights are linear, and those that come closest.
  LineAndStep at(std::span<const double> p) const {
    LineAndStep e;
    e.line = edge + width * p[0];
    e.line_width = length(p[1]);
    e.step = e.line + length(p[2]);
    e.step_width = length(p[3]);
    e.asymmetry = p.size() > 4 ? length(p[4]) : symmetric * e.line_width;
    fill_heights(e);
    return e;
  }

  void residuals(const LineAndStep& e, std::span<double> r) const {
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = (absorption_of(e, energy[i]) - absorption[i]) / top;
  }

  /// Sum of the squared residuals.
  double misfit(std::span<const double> p) const {
    std::vector<double> r(energy.size());
    residuals(at(p), r);
    double sum = 0;
    for (const double x : r) sum += x * x;
    return sum;
  }

  static constexpr double symmetric = 1e-3;  ///< asymmetry over width of a line that has none

 private:
  /// Bounded, for what is far out of sight, or finer than the points, has no effect and no end.
  double length(double logarithm) const { return width * std::exp(std::clamp(logarithm, -7.0, 4.0)); }

  void fill_heights(LineAndStep& e) const {
    double ll = 0, ls = 0, ss = 0, ly = 0, sy = 0;
    for (std::size_t i = 0; i < energy.size(); ++i) {
      const double line = asymmetric_line(energy[i] - e.line, e.line_width, e.asymmetry) * width;
      const double step = rounded_step(energy[i] - e.step, e.step_width);
      ll += line * line, ls += line * step, ss += step * step;
      ly += line * absorption[i], sy += step * absorption[i];
    }
    const double determinant = ll * ss - ls * ls;
    double line = (ss * ly - ls * sy) / determinant, step = (ll * sy - ls * ly) / determinant;
    if (!(step > 0)) step = 0, line = ly / ll;  // neither absorbs less than nothing
    if (!(line > 0)) line = 0, step = sy / ss;
    e.line_area = line * width;
    e.step_height = step;
  }
};

/// Edges that span what spectra look like, the best of each distance, from the closest on. The fit starts from all:
/// the closest start may lead into the minimum of a line with a shoulder.
std::vector<std::vector<double>> starts(const Task& task, double highest) {
  std::vector<std::pair<double, std::vector<double>>> tried;
  for (const double distance : {0.7, 1.4, 2.8, 5.6, 10.0}) {
    if (task.edge + task.width * distance > highest) break;
    std::pair<double, std::vector<double>> best{std::numeric_limits<double>::infinity(), {}};
    for (const double line_width : {0.4, 0.8})
      for (const double asymmetry : {0.1, 0.4}) {
        std::vector<double> p{-0.1, std::log(line_width), std::log(distance), std::log(0.5), std::log(asymmetry)};
        if (const double misfit = task.misfit(p); misfit < best.first) best = {misfit, std::move(p)};
      }
    if (!best.second.empty()) tried.push_back(std::move(best));
  }
  std::sort(tried.begin(), tried.end());
  std::vector<std::vector<double>> found;
  for (auto& [misfit, p] : tried) found.push_back(std::move(p));
  return found;
}

math::LeastSquares fitted(const Task& task, std::vector<double> start) {
  const auto residuals = [&](std::span<const double> p, std::span<double> r) { task.residuals(task.at(p), r); };
  const std::size_t count = task.energy.size();
  return math::least_squares(residuals, std::move(start), count, 1e-5, 40, 1e-8 * static_cast<double>(count));
}

math::LeastSquares best_fit(const Task& task, double highest) {
  math::LeastSquares best;
  best.chi_square = std::numeric_limits<double>::infinity();
  for (std::vector<double>& start : starts(task, highest)) {
    math::LeastSquares fit = fitted(task, std::move(start));
    if (fit.converged && fit.chi_square < best.chi_square) best = std::move(fit);
  }
  return best;
}

}  // namespace

LineAndStep line_and_step_fit(std::span<const double> energy, std::span<const double> absorption, double edge,
                              double width, double highest) {
  const auto count = static_cast<std::size_t>(std::upper_bound(energy.begin(), energy.end(), highest) - energy.begin());
  if (count < 32) return {};
  Task task{{}, {}, edge, width, 0};
  const std::size_t stride = std::max<std::size_t>(1, count / 100);
  for (std::size_t i = 0; i < count; i += stride)
    task.energy.push_back(energy[i]), task.absorption.push_back(absorption[i]);
  task.top = *std::max_element(task.absorption.begin(), task.absorption.end());
  math::LeastSquares best = best_fit(task, energy[count - 1]);
  if (!best.converged) return {};
  LineAndStep result = task.at(best.parameters);
  if (result.asymmetry < 0.1 * result.line_width) {
    // of a symmetric line the asymmetry only shifts the energy: together they have no errors
    best.parameters.pop_back();
    best = fitted(task, std::move(best.parameters));
    if (!best.converged) return {};
    result = task.at(best.parameters);
  }
  result.binding_error = result.binding() * best.standard_errors[2];
  result.converged = result.step_height > 0 && result.line_area > 0 && result.step < energy[count - 1] &&
                     result.binding_error < result.binding();
  result.residual = std::sqrt(best.chi_square / static_cast<double>(task.energy.size()));
  return result;
}

}  // namespace nacre::instruments
