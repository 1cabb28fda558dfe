#pragma once
#include <cstddef>
#include <vector>

namespace nacre::math {

/// A cubic spline through given points: twice continuously differentiable, error O(h^4) with not-a-knot ends.
class Spline {
 public:
  enum class Ends {
    not_a_knot,  ///< one cubic over the first two and one over the last two intervals: keeps order 4; at least 4 points
    natural      ///< no curvature at the ends; at least 2 points
  };

  Spline() = default;
  /// Abscissae strictly ascending, columns of equal length.
  Spline(std::vector<double> x, std::vector<double> y, Ends ends = Ends::not_a_knot);

  /// Beyond the ends the outermost cubic goes on: the caller decides whether that may be used.
  double value(double x) const;
  double derivative(double x) const;

  std::size_t size() const { return x_.size(); }
  double first() const { return x_.front(); }
  double last() const { return x_.back(); }

 private:
  std::size_t interval(double x) const;

  struct Cubic {  // y = c0 + t (c1 + t (c2 + t c3)), t = x - x_i
    double c0, c1, c2, c3;
  };
  std::vector<double> x_;
  std::vector<Cubic> pieces_;
};

}  // namespace nacre::math
