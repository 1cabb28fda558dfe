#pragma once
#include <cmath>
#include <utility>

namespace nacre::math {

/// Outcome of a search for a minimum in an interval.
struct Minimum {
  double x = 0;
  double value = 0;
  int iterations = 0;
  bool converged = false;
};

/// Minimum of a function with one minimum in [a, b], by Brent's method (Algorithms for Minimization without
/// Derivatives, 1973, ch. 5): parabolas, guarded by golden sections. Starts at `start`. The position is found to
/// `tolerance`; the value is then exact to the order of tolerance^2.
template <class F>
Minimum brent_minimum(F&& f, double a, double b, double start, double tolerance, int max_iterations = 100) {
  constexpr double golden = 0.3819660112501051;
  double x = start, w = start, v = start;  // best, second best, the second best before
  double fx = f(x), fw = fx, fv = fx, step = 0, previous = 0;
  for (int i = 1; i <= max_iterations; ++i) {
    const double middle = 0.5 * (a + b);
    if (std::abs(x - middle) <= 2 * tolerance - 0.5 * (b - a)) return {x, fx, i, true};
    bool parabola = false;
    if (std::abs(previous) > tolerance) {
      const double r = (x - w) * (fx - fv);
      double q = (x - v) * (fx - fw);
      double p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = std::abs(q);
      if (std::abs(p) < std::abs(0.5 * q * previous) && p > q * (a - x) && p < q * (b - x)) {
        previous = std::exchange(step, p / q);
        if (x + step - a < 2 * tolerance || b - x - step < 2 * tolerance) step = std::copysign(tolerance, middle - x);
        parabola = true;
      }
    }
    if (!parabola) {
      previous = x < middle ? b - x : a - x;
      step = golden * previous;
    }
    const double u = x + (std::abs(step) >= tolerance ? step : std::copysign(tolerance, step));
    const double fu = f(u);
    if (fu <= fx) {
      (u < x ? b : a) = x;
      v = std::exchange(w, std::exchange(x, u));
      fv = std::exchange(fw, std::exchange(fx, fu));
    } else {
      (u < x ? a : b) = u;
      if (fu <= fw || w == x) {
        v = std::exchange(w, u);
        fv = std::exchange(fw, fu);
      } else if (fu <= fv || v == x || v == w) {
        v = u;
        fv = fu;
      }
    }
  }
  return {x, fx, max_iterations, false};
}

}  // namespace nacre::math
