#pragma once
#include <cmath>
#include <limits>
#include <utility>

namespace nacre::math {

/// Outcome of a search for a zero in an interval.
struct Root {
  enum class Status {
    converged,
    no_bracket,    ///< the function has the same sign at both ends, or is not finite there
    not_converged  ///< too many iterations
  };
  Status status = Status::no_bracket;
  double x = 0;         ///< best estimate
  double residual = 0;  ///< function there
  int iterations = 0;
  bool converged() const { return status == Status::converged; }
};

/// When a search stops: the interval, or the Newton step, is below absolute + relative |x|.
struct RootTolerance {
  double absolute = 0;
  double relative = 4 * std::numeric_limits<double>::epsilon();
  int max_iterations = 200;
};

namespace detail {

struct Sample {
  double x, f;
};

/// Step from b to where the secant through a and b (when a is c) or the inverse parabola through all three is zero.
inline double interpolated_step(const Sample& a, const Sample& b, const Sample& c) {
  const double s = b.f / a.f;
  if (a.x == c.x) return (c.x - b.x) * s / (s - 1);
  const double u = a.f / c.f, v = b.f / c.f;
  const double p = s * ((c.x - b.x) * u * (u - v) - (b.x - a.x) * (v - 1));
  const double q = (u - 1) * (v - 1) * (s - 1);
  return -p / q;
}

}  // namespace detail

/// Zero of a continuous function of one sign change between a and b, by Brent's method
/// (Algorithms for Minimization without Derivatives, 1973, ch. 4): never slower than bisection by much, superlinear on
/// smooth functions.
template <class F>
Root brent_root(F&& f, double a, double b, const RootTolerance& tolerance = {}) {
  double fa = f(a), fb = f(b);
  if (fa == 0) return {Root::Status::converged, a, 0, 0};
  if (fb == 0) return {Root::Status::converged, b, 0, 0};
  if (!((fa < 0 && fb > 0) || (fa > 0 && fb < 0))) return {Root::Status::no_bracket, b, fb, 0};
  double c = a, fc = fa, step = b - a, previous = step;  // the zero lies between b and c, b is the best point
  for (int i = 1; i <= tolerance.max_iterations; ++i) {
    if (std::abs(fc) < std::abs(fb)) {
      a = b, b = c, c = a;
      fa = fb, fb = fc, fc = fa;
    }
    const double tol = tolerance.absolute + 0.5 * tolerance.relative * std::abs(b);
    const double half = 0.5 * (c - b);
    if (std::abs(half) <= tol || fb == 0) return {Root::Status::converged, b, fb, i};
    const double guess = detail::interpolated_step({a, fa}, {b, fb}, {c, fc});
    const bool good = std::abs(previous) >= tol && std::abs(fa) > std::abs(fb) && guess * half > 0 &&
                      std::abs(guess) < 1.5 * std::abs(half) - 0.5 * tol && std::abs(guess) < 0.5 * std::abs(previous);
    previous = good ? std::exchange(step, guess) : step = half;
    a = b, fa = fb;
    b += std::abs(step) > tol ? step : std::copysign(tol, half);
    fb = f(b);
    if ((fb > 0) == (fc > 0)) {
      c = a, fc = fa;
      step = previous = b - a;
    }
  }
  return {Root::Status::not_converged, b, fb, tolerance.max_iterations};
}

/// Zero of a function that returns {value, derivative}, by Newton's method kept inside the bracket [a, b]: a step
/// that leaves it, or that does not halve the one before the last, is replaced by a bisection. `start` must lie in the
/// bracket.
template <class F>
Root newton_root(F&& f, double a, double b, double start, const RootTolerance& tolerance = {}) {
  const auto [fa, da] = f(a);
  const auto [fb, db] = f(b);
  if (fa == 0) return {Root::Status::converged, a, 0, 0};
  if (fb == 0) return {Root::Status::converged, b, 0, 0};
  if (!((fa < 0 && fb > 0) || (fa > 0 && fb < 0))) return {Root::Status::no_bracket, b, fb, 0};
  double low = fa < 0 ? a : b, high = fa < 0 ? b : a;  // f(low) < 0 < f(high)
  double x = start, previous = std::abs(b - a), step = previous;
  for (int i = 1; i <= tolerance.max_iterations; ++i) {
    const auto [value, slope] = f(x);
    if (value == 0) return {Root::Status::converged, x, 0, i};
    (value < 0 ? low : high) = x;
    double next = x - value / slope;
    const bool inside = (next - low) * (next - high) < 0;
    if (!inside || std::abs(next - x) > 0.5 * previous) next = 0.5 * (low + high);
    previous = std::exchange(step, std::abs(next - x));
    x = next;
    if (step <= tolerance.absolute + tolerance.relative * std::abs(x)) return {Root::Status::converged, x, value, i};
  }
  return {Root::Status::not_converged, x, f(x).first, tolerance.max_iterations};
}

}  // namespace nacre::math
