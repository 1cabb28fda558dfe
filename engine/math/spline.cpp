#include "engine/math/spline.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace nacre::math {
namespace {

/// Tridiagonal system for the second derivatives, rows ascending; solved in place by elimination without pivoting,
/// which diagonal dominance of the spline equations allows.
struct Tridiagonal {
  std::vector<double> lower, main, upper, right;
  explicit Tridiagonal(std::size_t n) : lower(n), main(n), upper(n), right(n) {}

  std::vector<double> solve() {
    for (std::size_t i = 1; i < main.size(); ++i) {
      const double factor = lower[i] / main[i - 1];
      main[i] -= factor * upper[i - 1];
      right[i] -= factor * right[i - 1];
    }
    for (std::size_t i = main.size(); i-- > 0;) {
      const double above = i + 1 < main.size() ? upper[i] * right[i + 1] : 0;
      right[i] = (right[i] - above) / main[i];
    }
    return std::move(right);
  }
};

/// Second derivatives at the points. The inner equations are those of the C2 spline; not-a-knot ends express the outer
/// derivative by the two next to it, which keeps the system tridiagonal over the inner points.
std::vector<double> curvatures(const std::vector<double>& x, const std::vector<double>& y, Spline::Ends ends) {
  const std::size_t n = x.size();
  std::vector<double> curvature(n, 0.0);
  if (n == 2) return curvature;
  const auto h = [&](std::size_t i) { return x[i + 1] - x[i]; };
  const auto slope = [&](std::size_t i) { return (y[i + 1] - y[i]) / h(i); };
  Tridiagonal system(n - 2);
  for (std::size_t i = 1; i + 1 < n; ++i) {
    system.lower[i - 1] = h(i - 1);
    system.main[i - 1] = 2 * (h(i - 1) + h(i));
    system.upper[i - 1] = h(i);
    system.right[i - 1] = 6 * (slope(i) - slope(i - 1));
  }
  const double left = h(0) / h(1), right = h(n - 2) / h(n - 3);
  if (ends == Spline::Ends::not_a_knot) {
    system.main.front() += h(0) * (1 + left);
    system.upper.front() -= h(0) * left;
    system.main.back() += h(n - 2) * (1 + right);
    system.lower.back() -= h(n - 2) * right;
  }
  const std::vector<double> inner = system.solve();
  std::copy(inner.begin(), inner.end(), curvature.begin() + 1);
  if (ends == Spline::Ends::not_a_knot) {
    curvature[0] = (1 + left) * curvature[1] - left * curvature[2];
    curvature[n - 1] = (1 + right) * curvature[n - 2] - right * curvature[n - 3];
  }
  return curvature;
}

}  // namespace

Spline::Spline(std::vector<double> x, std::vector<double> y, Ends ends) : x_(std::move(x)) {
  assert(x_.size() == y.size() && x_.size() >= (ends == Ends::not_a_knot ? 4u : 2u));
  assert(std::adjacent_find(x_.begin(), x_.end(), [](double a, double b) { return !(a < b); }) == x_.end());
  const std::vector<double> m = curvatures(x_, y, ends);
  pieces_.reserve(x_.size() - 1);
  for (std::size_t i = 0; i + 1 < x_.size(); ++i) {
    const double h = x_[i + 1] - x_[i];
    pieces_.push_back(
        {y[i], (y[i + 1] - y[i]) / h - h * (2 * m[i] + m[i + 1]) / 6, m[i] / 2, (m[i + 1] - m[i]) / (6 * h)});
  }
}

std::size_t Spline::interval(double x) const {
  const auto above = std::upper_bound(x_.begin() + 1, x_.end() - 1, x);
  return static_cast<std::size_t>(above - x_.begin()) - 1;
}

double Spline::value(double x) const {
  const std::size_t i = interval(x);
  const double t = x - x_[i];
  const Cubic& p = pieces_[i];
  return p.c0 + t * (p.c1 + t * (p.c2 + t * p.c3));
}

double Spline::derivative(double x) const {
  const std::size_t i = interval(x);
  const double t = x - x_[i];
  const Cubic& p = pieces_[i];
  return p.c1 + t * (2 * p.c2 + t * 3 * p.c3);
}

}  // namespace nacre::math
