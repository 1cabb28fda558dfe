#pragma once
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace nacre::inference {

/// One value a parameter. Searches see every parameter as a share of its range, in [0, 1]: the unit cube.
using Point = std::vector<double>;

/// A model as searches see it: points in, one row of values a point out. All points of a call may be computed at once.
/// A row that is empty or not finite stands for a point that could not be computed.
using Batch = std::function<std::vector<std::vector<double>>(const std::vector<Point>&)>;

/// Whether a point could be computed.
inline bool is_sound(std::span<const double> row) {
  for (const double value : row) {
    if (!std::isfinite(value)) return false;
  }
  return !row.empty();
}

/// Sum of squares.
inline double square_sum(std::span<const double> row) {
  double sum = 0;
  for (const double value : row) sum += value * value;
  return sum;
}

/// Calls itself with one point.
inline std::vector<double> at(const Batch& batch, const Point& point) {
  return batch({point}).front();
}

}  // namespace nacre::inference
