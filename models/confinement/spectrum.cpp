#include "models/confinement/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/confinement/line.hpp"

namespace nacre::confinement {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Vertex of the parabola through three samples; the middle one is the largest.
Peak vertex(std::span<const double> x, std::span<const double> y, std::size_t i) {
  const double left = x[i] - x[i - 1], right = x[i + 1] - x[i];
  const double slope_left = (y[i] - y[i - 1]) / left, slope_right = (y[i + 1] - y[i]) / right;
  const double curvature = (slope_right - slope_left) / (left + right);
  if (curvature == 0) return {x[i], y[i]};
  const double slope = (slope_left * right + slope_right * left) / (left + right);
  const double shift = -slope / (2 * curvature);
  return {x[i] + shift, y[i] + 0.5 * slope * shift};
}

/// x at which y takes a level between samples i and i + 1, by inverse cubic interpolation through four of them where
/// they are monotone, else linearly.
double crossing(std::span<const double> x, std::span<const double> y, std::size_t i, double level) {
  const bool inner = i >= 1 && i + 2 < y.size();
  const bool rising = inner && y[i - 1] < y[i] && y[i] < y[i + 1] && y[i + 1] < y[i + 2];
  const bool falling = inner && y[i - 1] > y[i] && y[i] > y[i + 1] && y[i + 1] > y[i + 2];
  if (!rising && !falling) return x[i] + (level - y[i]) / (y[i + 1] - y[i]) * (x[i + 1] - x[i]);
  double sum = 0;
  for (std::size_t a = i - 1; a <= i + 2; ++a) {
    double factor = x[a];
    for (std::size_t b = i - 1; b <= i + 2; ++b)
      if (b != a) factor *= (level - y[b]) / (y[a] - y[b]);
    sum += factor;
  }
  return sum;
}

}  // namespace

void deposit(const EnergyGrid& grid, double energy, double amount, std::span<double> histogram) {
  const double position = (energy - grid.first) / grid.step;
  if (!(position >= 1) || !(position < static_cast<double>(histogram.size()) - 2)) return;
  const std::size_t i = static_cast<std::size_t>(position);
  const double t = position - static_cast<double>(i);
  histogram[i - 1] += amount * (-t * (t - 1) * (t - 2) / 6);
  histogram[i] += amount * ((t + 1) * (t - 1) * (t - 2) / 2);
  histogram[i + 1] += amount * (-(t + 1) * t * (t - 2) / 2);
  histogram[i + 2] += amount * ((t + 1) * t * (t - 1) / 6);
}

std::vector<double> line_kernel(const EnergyGrid& grid, double full_width, double lorentz_share, std::size_t reach) {
  std::vector<double> kernel(2 * reach + 1);
  for (std::size_t i = 0; i <= reach; ++i)
    kernel[reach + i] = kernel[reach - i] = line_profile(grid.step * static_cast<double>(i), full_width, lorentz_share);
  return kernel;
}

std::vector<double> convolve(std::span<const double> histogram, std::span<const double> kernel, std::size_t count) {
  const std::size_t reach = kernel.size() / 2;
  std::vector<double> result(count, 0.0);
  for (std::size_t j = 0; j < histogram.size(); ++j) {
    const double amount = histogram[j];
    if (amount == 0 || j >= count + reach) continue;
    const std::size_t from = j > reach ? j - reach : 0;
    const std::size_t to = std::min(j + reach + 1, count);
    const double* source = kernel.data() + (from + reach - j);
    double* target = result.data() + from;
    for (std::size_t i = 0; i < to - from; ++i) target[i] += amount * source[i];
  }
  return result;
}

double trapezoid(std::span<const double> x, std::span<const double> y) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) sum += 0.5 * std::abs(x[i + 1] - x[i]) * (y[i] + y[i + 1]);
  return sum;
}

Peak highest_peak(std::span<const double> x, std::span<const double> y) {
  const auto i = static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
  if (i == 0 || i + 1 == y.size()) return {x[i], y[i]};
  return vertex(x, y, i);
}

double full_width_half_maximum(std::span<const double> x, std::span<const double> y) {
  const double half = 0.5 * highest_peak(x, y).height;
  const auto top = static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
  std::size_t left = top, right = top;
  while (left > 0 && y[left] > half) --left;
  while (right + 1 < y.size() && y[right] > half) ++right;
  if (y[left] > half || y[right] > half) return nothing;
  return std::abs(crossing(x, y, right - 1, half) - crossing(x, y, left, half));
}

double first_transition(std::span<const double> x, std::span<const double> y, double near) {
  constexpr double pronounced = 0.2;  // of the strongest curvature, so that the foot of the spectrum does not count
  if (y.size() < 7) return nothing;
  std::vector<double> bend(y.size(), 0.0);
  for (std::size_t i = 1; i + 1 < y.size(); ++i) bend[i] = 2 * y[i] - y[i - 1] - y[i + 1];
  const double strongest = *std::max_element(bend.begin(), bend.end());
  if (!(strongest > 0)) return nothing;
  std::size_t i = 2;
  while (i + 2 < y.size() && !(bend[i] > pronounced * strongest && bend[i] >= bend[i - 1] && bend[i] > bend[i + 1]))
    ++i;
  if (i + 2 >= y.size()) return nothing;
  const double shoulder = vertex(x, bend, i).position;
  for (std::size_t k = 1; k + 1 < y.size(); ++k) {
    if (std::abs(x[k] - shoulder) <= near && y[k] >= y[k - 1] && y[k] > y[k + 1]) return vertex(x, y, k).position;
  }
  return shoulder;
}

}  // namespace nacre::confinement
