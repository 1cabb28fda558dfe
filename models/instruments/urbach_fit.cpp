#include "models/instruments/urbach_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "models/instruments/noise.hpp"

namespace nacre::instruments {
namespace {

constexpr double above_noise = 3;        // standard deviations that a point of the tail stands above zero at least
constexpr double least_known = 1 / 3.0;  // standard error of a slope over the slope

/// A straight line through points of known errors.
struct Slope {
  double value = 0, error = 0;
};
Slope slope_of(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& sigma,
               double least_misfit) {
  double sum = 0, mx = 0, my = 0, xx = 0, xy = 0, misfit = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double weight = 1 / (sigma[i] * sigma[i]);
    sum += weight, mx += weight * x[i], my += weight * y[i];
  }
  mx /= sum, my /= sum;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double weight = 1 / (sigma[i] * sigma[i]);
    xx += weight * (x[i] - mx) * (x[i] - mx), xy += weight * (x[i] - mx) * (y[i] - my);
  }
  const double slope = xy / xx;
  for (std::size_t i = 0; i < x.size(); ++i)
    misfit += std::pow((y[i] - my - slope * (x[i] - mx)) / sigma[i], 2) / static_cast<double>(x.size() - 2);
  return {slope, std::sqrt(std::max(misfit, least_misfit) / xx)};
}

}  // namespace

UrbachReading urbach_fit(std::span<const double> energy, std::span<const double> absorption, double edge,
                         const UrbachWindow& window) {
  UrbachReading reading{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(), 0};
  const auto end = static_cast<std::size_t>(std::upper_bound(energy.begin(), energy.end(), edge) - energy.begin());
  if (end == 0) return reading;
  const double reference = absorption[end - 1], noise = noise_of(absorption, 6);
  const double lowest = std::max(window.lowest * reference, above_noise * noise);
  const bool noisy = noise > 1e-6 * reference;  // else all points alike
  std::vector<double> x, y, sigma;
  for (std::size_t i = end; i-- > 0 && absorption[i] >= lowest;) {
    if (absorption[i] > window.highest * reference) continue;
    x.push_back(energy[i]);
    y.push_back(std::log(absorption[i]));
    sigma.push_back(noisy ? noise / absorption[i] : 1);
  }
  reading.points = static_cast<int>(x.size());
  if (x.size() < 3) return reading;
  const Slope slope = slope_of(x, y, sigma, noisy ? 1 : 0);
  if (!(slope.value > 0) || slope.error > least_known * slope.value) return reading;
  reading.energy = 1 / slope.value;
  reading.standard_error = slope.error / (slope.value * slope.value);
  return reading;
}

}  // namespace nacre::instruments
