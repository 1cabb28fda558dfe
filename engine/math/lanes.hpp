#pragma once
#include <array>
#include <cmath>
#include <cstddef>

#include "engine/math/small_matrix.hpp"

namespace nacre::math {

/// Four numbers, each in a lane of its own: what is written once for one place is computed for four places at once.
/// Arithmetic rounds as that of double does; exp, expm1, log and log1p err by at most two units in the last place.
/// Where a formula has two forms, both are computed and select() takes the right one lane by lane.
struct Lanes {
  static constexpr std::size_t width = 4;
  using Mask = decltype(Four{} < Four{});
  Four each = {};

  Lanes() = default;
  [[gnu::always_inline]] Lanes(double same) : each(same - Four{}) {}
  [[gnu::always_inline]] explicit Lanes(const Four& lanes) : each(lanes) {}
  /// From a function of the lane.
  template <class Of>
  [[gnu::always_inline]] static Lanes filled(const Of& of) {
    return Lanes(Four{of(0), of(1), of(2), of(3)});
  }
  double operator[](std::size_t lane) const { return each[lane]; }

  [[gnu::always_inline]] friend Lanes operator-(const Lanes& a) { return Lanes(-a.each); }
  [[gnu::always_inline]] friend Lanes operator+(const Lanes& a, const Lanes& b) { return Lanes(a.each + b.each); }
  [[gnu::always_inline]] friend Lanes operator-(const Lanes& a, const Lanes& b) { return Lanes(a.each - b.each); }
  [[gnu::always_inline]] friend Lanes operator*(const Lanes& a, const Lanes& b) { return Lanes(a.each * b.each); }
  [[gnu::always_inline]] friend Lanes operator/(const Lanes& a, const Lanes& b) { return Lanes(a.each / b.each); }
  Lanes& operator+=(const Lanes& b) { return *this = *this + b; }
  Lanes& operator-=(const Lanes& b) { return *this = *this - b; }
  Lanes& operator*=(const Lanes& b) { return *this = *this * b; }
  Lanes& operator/=(const Lanes& b) { return *this = *this / b; }
  [[gnu::always_inline]] friend Mask operator<(const Lanes& a, const Lanes& b) { return a.each < b.each; }
  [[gnu::always_inline]] friend Mask operator>(const Lanes& a, const Lanes& b) { return a.each > b.each; }
  [[gnu::always_inline]] friend Mask operator==(const Lanes& a, const Lanes& b) { return a.each == b.each; }
};

/// Which of two numbers, for one or for each lane.
template <class T>
[[gnu::always_inline]] inline T select(bool first, const T& a, const T& b) {
  return first ? a : b;
}
[[gnu::always_inline]] inline Lanes select(const Lanes::Mask& first, const Lanes& a, const Lanes& b) {
  return Lanes(first ? a.each : b.each);
}

/// 1 where it holds, else -1.
inline double sign_of(bool positive) {
  return positive ? 1 : -1;
}
[[gnu::always_inline]] inline Lanes sign_of(const Lanes::Mask& positive) {
  return select(positive, Lanes(1), Lanes(-1));
}

/// How many places a number stands for, and the number of one of them.
template <class Real>
inline constexpr std::size_t width_of = 1;
template <>
inline constexpr std::size_t width_of<Lanes> = Lanes::width;
inline double lane(double x, std::size_t) {
  return x;
}
inline double lane(const Lanes& x, std::size_t k) {
  return x[k];
}
/// From a function of the lane.
template <class Real, class Of>
[[gnu::always_inline]] inline Real filled(const Of& of) {
  if constexpr (width_of<Real> == 1)
    return of(0);
  else
    return Real::filled(of);
}

/// A function of one number, lane by lane.
template <class F>
Lanes lane_by_lane(const F& f, const Lanes& x) {
  return Lanes::filled([&](std::size_t k) { return f(x[k]); });
}

/// e^x and e^x - 1, each with its own digits.
struct Exponential {
  Lanes exp, expm1;
};

namespace lanes_detail {

/// The nearest whole number to x, in its lowest bits, with |x| < 2^51.
inline constexpr double to_whole = 0x1.8p52;

/// a b + c, rounded once where the processor can: two thirds of the operations of a polynomial.
[[gnu::always_inline]] inline Four fused(const Four& a, const Four& b, const Four& c) {
#ifdef __FMA__
  Four sum;
  for (std::size_t k = 0; k < Lanes::width; ++k) sum[k] = __builtin_fma(a[k], b[k], c[k]);
  return sum;
#else
  return a * b + c;
#endif
}
[[gnu::always_inline]] inline Four fused(const Four& a, double b, double c) {
  return fused(a, Four{} + b, Four{} + c);
}

/// 2^k of whole numbers k with |k| < 1023.
[[gnu::always_inline]] inline Four power_of_two(const Four& k) {
  using Bits = decltype(Four{} < Four{});
  const Four held = k + (to_whole + 1023);
  return reinterpret_cast<Four>(reinterpret_cast<Bits>(held) << 52);
}

}  // namespace lanes_detail

/// x = k ln 2 + r with |r| <= ln(2)/2; e^r - 1 by its power series to r^13, which ends 1e-17 below; then
/// 2^k (e^r - 1) + (2^k - 1). 2^k is split in two, so that it neither overflows nor underflows before the result does.
[[gnu::always_inline]] inline Exponential exponential(const Lanes& x) {
  using lanes_detail::fused, lanes_detail::to_whole;
  constexpr double log2_e = 1.4426950408889634, ln2_high = 6.93147180369123816490e-01,
                   ln2_low = 1.90821492927058770002e-10;
  Four y = x.each;
  y = y < -746. ? Four{} - 746. : y;
  y = y > 710. ? Four{} + 710. : y;
  const Four k = (y * log2_e + to_whole) - to_whole;
  const Four r = (y - k * ln2_high) - k * ln2_low;
  const Four r2 = r * r, r4 = r2 * r2;
  const Four low = fused(r2, fused(r, 1. / 120, 1. / 24), fused(r, 1. / 6, 1. / 2));
  const Four middle = fused(r2, fused(r, 1. / 362880, 1. / 40320), fused(r, 1. / 5040, 1. / 720));
  const Four high = fused(r2, fused(r, 1. / 6227020800, 1. / 479001600), fused(r, 1. / 39916800, 1. / 3628800));
  const Four less = fused(r2, fused(r4, fused(r4, high, middle), low), r);
  const Four half = (k * 0.5 + to_whole) - to_whole, rest = k - half;
  const Four a = lanes_detail::power_of_two(half), b = lanes_detail::power_of_two(rest);
  const Four one = lanes_detail::power_of_two(-rest);  // over b
  const Four without = y < -40. ? Four{} - 1. : fused(less, a, a - one) * b;
  return {Lanes((1 + less) * a * b), Lanes(k == 0 ? less : without)};
}

inline Lanes exp(const Lanes& x) {
  return exponential(x).exp;
}
inline Lanes expm1(const Lanes& x) {
  return exponential(x).expm1;
}
inline Lanes abs(const Lanes& x) {
  return Lanes(magnitude(x.each));
}
inline Lanes sqrt(const Lanes& x) {
  return lane_by_lane([](double a) { return std::sqrt(a); }, x);
}
inline Lanes log(const Lanes& x) {
  return lane_by_lane([](double a) { return std::log(a); }, x);
}
inline Lanes log1p(const Lanes& x) {
  return lane_by_lane([](double a) { return std::log1p(a); }, x);
}
inline Lanes pow(const Lanes& x, double p) {
  return lane_by_lane([p](double a) { return std::pow(a, p); }, x);
}
inline Lanes sin(const Lanes& x) {
  return lane_by_lane([](double a) { return std::sin(a); }, x);
}
inline Lanes cos(const Lanes& x) {
  return lane_by_lane([](double a) { return std::cos(a); }, x);
}

}  // namespace nacre::math
