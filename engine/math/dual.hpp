#pragma once
#include <Eigen/Core>
#include <cmath>

#include "engine/math/lanes.hpp"

namespace nacre::math {

/// A number with its derivatives with respect to N variables: forward automatic differentiation.
/// The slopes live in a fixed Eigen array, which the compiler keeps in vector registers. Operators are inlined by force:
/// a few register operations each, of which GCC calls the larger ones instead.
template <int N>
struct Dual {
  using Slopes = Eigen::Array<double, N, 1>;
  double value = 0;
  Slopes slope = Slopes::Zero();

  Dual() = default;
  [[gnu::always_inline]] Dual(double constant) : value(constant) {}  // a constant has no slope: mixed expressions need the conversion
  [[gnu::always_inline]] Dual(double v, const Slopes& s) : value(v), slope(s) {}

  /// The k-th independent variable at a value.
  static Dual variable(double at, int k) {
    Dual x(at);
    x.slope[k] = 1;
    return x;
  }

  Dual& operator+=(const Dual& b) { return *this = *this + b; }
  Dual& operator-=(const Dual& b) { return *this = *this - b; }
  Dual& operator*=(const Dual& b) { return *this = *this * b; }
  Dual& operator/=(const Dual& b) { return *this = *this / b; }

  [[gnu::always_inline]] friend Dual operator-(const Dual& a) { return {-a.value, -a.slope}; }
  [[gnu::always_inline]] friend Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slope + b.slope}; }
  [[gnu::always_inline]] friend Dual operator-(const Dual& a, const Dual& b) { return {a.value - b.value, a.slope - b.slope}; }
  [[gnu::always_inline]] friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
  }
  // With constants: without the products of their slopes, which are zero.
  [[gnu::always_inline]] friend Dual operator*(double a, const Dual& b) { return {a * b.value, a * b.slope}; }
  [[gnu::always_inline]] friend Dual operator*(const Dual& a, double b) { return {a.value * b, a.slope * b}; }
  [[gnu::always_inline]] friend Dual operator/(const Dual& a, const Dual& b) {
    const double inverse = 1 / b.value;
    const double ratio = a.value * inverse;
    return {ratio, (a.slope - ratio * b.slope) * inverse};
  }
  friend bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }

  friend Dual exp(const Dual& a) {
    const double e = std::exp(a.value);
    return {e, e * a.slope};
  }
  friend Dual log(const Dual& a) { return {std::log(a.value), a.slope / a.value}; }
  friend Dual expm1(const Dual& a) {
    const double less = std::expm1(a.value);
    return {less, (less > -0.5 ? less + 1 : std::exp(a.value)) * a.slope};
  }
  friend Dual log1p(const Dual& a) { return {std::log1p(a.value), a.slope / (1 + a.value)}; }
  friend Dual sqrt(const Dual& a) {
    const double root = std::sqrt(a.value);
    return {root, a.slope / (2 * root)};
  }
  friend Dual sin(const Dual& a) { return {std::sin(a.value), std::cos(a.value) * a.slope}; }
  friend Dual cos(const Dual& a) { return {std::cos(a.value), -std::sin(a.value) * a.slope}; }
  friend Dual pow(const Dual& a, double p) { return {std::pow(a.value, p), p * std::pow(a.value, p - 1) * a.slope}; }
  friend Dual abs(const Dual& a) { return a.value < 0 ? -a : a; }
};

/// The value of a number that may or may not carry slopes.
inline double value(double x) {
  return x;
}
inline const Lanes& value(const Lanes& x) {
  return x;
}
template <int N>
double value(const Dual<N>& x) {
  return x.value;
}

}  // namespace nacre::math
