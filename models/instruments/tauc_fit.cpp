#include "models/instruments/tauc_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

#include "engine/math/least_squares.hpp"
#include "models/instruments/noise.hpp"

namespace nacre::instruments {
namespace {

constexpr double straight = 0.95;  // of the steepest slope: what an eye takes for the straight part
constexpr double known_to = 0.01;  // of the steepest slope, its standard error

const TaucReading nothing{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(), 0};

/// Sums over windows of neighbouring points, in one pass each.
class Windows {
 public:
  Windows(std::span<const double> x, std::span<const double> y) {
    for (std::size_t i = 0; i < x.size(); ++i)
      sums_.push_back(
          {sums_.back().x + x[i], sums_.back().y + y[i], sums_.back().xx + x[i] * x[i], sums_.back().xy + x[i] * y[i]});
  }
  /// Spread of x, sum of squares about the mean, over the points [from, to).
  double spread(std::size_t from, std::size_t to) const {
    const Sums s = of(from, to);
    return s.xx - s.x * s.x / static_cast<double>(to - from);
  }
  double slope(std::size_t from, std::size_t to) const {
    const Sums s = of(from, to);
    return (s.xy - s.x * s.y / static_cast<double>(to - from)) / spread(from, to);
  }

 private:
  struct Sums {
    double x = 0, y = 0, xx = 0, xy = 0;
  };
  Sums of(std::size_t from, std::size_t to) const {
    const Sums &a = sums_[from], &b = sums_[to];
    return {b.x - a.x, b.y - a.y, b.xx - a.xx, b.xy - a.xy};
  }
  std::vector<Sums> sums_{1};
};

/// Points [from, to).
struct Part {
  std::size_t from = 0, to = 0;
};

/// The windows of `size` points around the steepest one that rise nearly as steeply, without the outer halves of those
/// at its ends: they may reach beyond the straight part.
Part straight_part(const Windows& windows, std::size_t points, std::size_t size, std::size_t& steepest_at) {
  const auto slope = [&](std::size_t i) { return windows.slope(i, i + size); };
  const std::size_t last = points - size;
  steepest_at = 0;
  for (std::size_t i = 1; i <= last; ++i)
    if (slope(i) > slope(steepest_at)) steepest_at = i;
  const double least = straight * slope(steepest_at);
  Part part{steepest_at, steepest_at + size};
  while (part.from > 0 && slope(part.from - 1) > least) --part.from;
  for (std::size_t i = steepest_at; i < last && slope(i + 1) > least; ++i) ++part.to;
  const std::size_t outer = (size - 3) / 2;
  return {part.from + outer, part.to - outer};
}

/// (alpha E)^2 over E, both over their largest, with the standard deviation of each point.
struct Plot {
  std::vector<double> x, y, noise;
  double origin = 0, length = 0;  ///< of x [J]
};

Plot plot_of(std::span<const double> energy, std::span<const double> absorption) {
  Plot plot;
  plot.origin = energy.front();
  plot.length = energy.back() - energy.front();
  const double sigma = noise_of(absorption);
  for (std::size_t i = 0; i < energy.size(); ++i) {
    const double relative = energy[i] / energy.back();
    plot.x.push_back((energy[i] - plot.origin) / plot.length);
    plot.y.push_back(std::pow(absorption[i] * relative, 2));
    // of the square of a number with an error: where the error is the larger, its own square counts
    plot.noise.push_back(relative * relative * sigma * std::hypot(2 * absorption[i], std::numbers::sqrt2 * sigma));
  }
  return plot;
}

/// Mean variance of the points of a part.
double variance_of(const Plot& plot, const Part& part) {
  double sum = 0;
  for (std::size_t i = part.from; i < part.to; ++i) sum += plot.noise[i] * plot.noise[i];
  return sum / static_cast<double>(part.to - part.from);
}

/// Where the line through a part of the plot cuts zero.
TaucReading cut(const Plot& plot, const Part& part, double spread) {
  const std::size_t count = part.to - part.from;
  const auto of = [&](const std::vector<double>& values) { return std::span(values).subspan(part.from, count); };
  const math::Line line = math::straight_line(of(plot.x), of(plot.y));
  const double zero = -line.intercept / line.slope, each = 1 / static_cast<double>(count);
  if (!(line.slope > 0)) return nothing;
  double middle = 0;
  for (const double x : of(plot.x)) middle += each * x;
  // the line's height at its middle, and its slope, seen from the zero
  const double error =
      std::sqrt(variance_of(plot, part) * (each + (middle - zero) * (middle - zero) / spread)) / line.slope;
  return {plot.origin + plot.length * zero, plot.length * error, static_cast<int>(count)};
}

}  // namespace

TaucReading tauc_fit(std::span<const double> energy, std::span<const double> absorption, double highest) {
  const auto end = std::upper_bound(energy.begin(), energy.end(), highest);
  const auto points = static_cast<std::size_t>(end - energy.begin());
  if (points < 3) return nothing;
  const Plot plot = plot_of(energy.first(points), absorption.first(points));
  const Windows windows(plot.x, plot.y);
  for (std::size_t size = 3; size <= points; size += (size + 3) / 4) {
    std::size_t at = 0;
    const Part part = straight_part(windows, points, size, at);
    const double slope = windows.slope(at, at + size);
    if (!(slope > 0)) return nothing;
    const double error = std::sqrt(variance_of(plot, {at, at + size}) / windows.spread(at, at + size));
    if (error <= known_to * slope) return cut(plot, part, windows.spread(part.from, part.to));
  }
  return nothing;
}

}  // namespace nacre::instruments
