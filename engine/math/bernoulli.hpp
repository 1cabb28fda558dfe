#pragma once
#include <cmath>

#include "engine/math/dual.hpp"

namespace nacre::math {

/// The Bernoulli function B(x) = x/(e^x - 1) and its slope B'(x).
struct Bernoulli {
  double value;
  double slope;
};

/// B(x) and B'(x) to round-off for every finite x: the power series (Bernoulli numbers over factorials) below 1/2,
/// where 1 - B(x) - x cancels; beyond, B' = B (1 - B - x)/x for positive x, and B(-x) = B(x) + x for negative.
inline Bernoulli bernoulli_with_slope(double x) {
  if (std::abs(x) > 0.5) {
    const double y = std::abs(x), b = y / std::expm1(y), slope = b == 0 ? 0 : b * (1 - b - y) / y;
    return x > 0 ? Bernoulli{b, slope} : Bernoulli{b + y, -1 - slope};
  }
  constexpr double c2 = 1. / 12, c4 = -1. / 720, c6 = 1. / 30240, c8 = -1. / 1209600, c10 = 1. / 47900160,
                   c12 = -691. / 1307674368000., c14 = 1. / 74724249600.;
  const double y = x * x;
  const double even = y * (c2 + y * (c4 + y * (c6 + y * (c8 + y * (c10 + y * (c12 + y * c14))))));
  const double odd =
      2 * c2 + y * (4 * c4 + y * (6 * c6 + y * (8 * c8 + y * (10 * c10 + y * (12 * c12 + y * (14 * c14))))));
  return {1 - x / 2 + even, -0.5 + x * odd};
}

/// B(x) = x/(e^x - 1).
inline double bernoulli(double x) {
  return bernoulli_with_slope(x).value;
}
inline Lanes bernoulli(const Lanes& x) {
  const Lanes y = abs(x), b = y / expm1(y);
  return select(y == 0, Lanes(1), select(x > 0, b, b + y));
}

template <int N>
Dual<N> bernoulli(const Dual<N>& x) {
  const Bernoulli b = bernoulli_with_slope(x.value);
  return {b.value, b.slope * x.slope};
}

/// B(x) and B(-x), for little more than one of them.
template <class T>
struct BernoulliPair {
  T of, of_opposite;
  BernoulliPair opposite() const { return {of_opposite, of}; }
};

inline BernoulliPair<double> bernoulli_pair(double x) {
  const double b = bernoulli(std::abs(x)), rest = b + std::abs(x);
  return x > 0 ? BernoulliPair<double>{b, rest} : BernoulliPair<double>{rest, b};
}
inline BernoulliPair<Lanes> bernoulli_pair(const Lanes& x) {
  const Lanes y = abs(x), b = select(y == 0, Lanes(1), y / expm1(y)), rest = b + y;
  return {select(x > 0, b, rest), select(x > 0, rest, b)};
}
template <int N>
[[gnu::always_inline]] inline BernoulliPair<Dual<N>> bernoulli_pair(const Dual<N>& x) {
  const Bernoulli b = bernoulli_with_slope(std::abs(x.value));
  const double rest = b.value + std::abs(x.value);
  if (x.value > 0) return {{b.value, b.slope * x.slope}, {rest, (1 + b.slope) * x.slope}};
  return {{rest, (-1 - b.slope) * x.slope}, {b.value, -b.slope * x.slope}};
}

}  // namespace nacre::math
