#include "models/instruments/line_and_step.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
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

LineAndStep line_and_step_fit(std::span<const double> energy, std::span<const double> absorption, double edge,
                              double width, double highest) {
  const auto count = static_cast<std::size_t>(std::upper_bound(energy.begin(), energy.end(), highest) - energy.begin());
  if (count < 32) return {};
  const std::size_t stride = std::max<std::size_t>(1, count / 100);
  std::vector<double> x, y;
  for (std::size_t i = 0; i < count; i += stride) x.push_back(energy[i]), y.push_back(absorption[i]);
  const double top = *std::max_element(y.begin(), y.end());
  const auto model = [&](std::span<const double> p) {
    LineAndStep e;
    e.line = edge + width * p[0];
    e.line_area = top * width * std::exp(p[1]);
    e.line_width = width * std::exp(p[2]);
    e.asymmetry = width * std::exp(p[3]);
    e.step_height = top * std::exp(p[4]);
    e.step = e.line + width * std::exp(p[5]);
    e.step_width = width * std::exp(p[6]);
    return e;
  };
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    const LineAndStep e = model(p);
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = (absorption_of(e, x[i]) - y[i]) / top;
  };
  const std::vector<double> start{-0.1, 0, std::log(0.4), std::log(0.2), std::log(0.5), std::log(1.5), std::log(0.5)};
  const math::LeastSquares fit = math::least_squares(residuals, start, x.size(), 1e-6, 60);
  LineAndStep result = model(fit.parameters);
  result.binding_error = result.binding() * fit.standard_errors[5];
  result.converged = fit.converged && result.binding_error < result.binding();
  result.residual = std::sqrt(fit.chi_square / static_cast<double>(x.size()));
  return result;
}

}  // namespace nacre::instruments
