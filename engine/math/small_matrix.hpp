#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace nacre::math {

/// Four numbers side by side in one vector register or two: arithmetic, comparison and choice go element by element
/// (the vector types of GCC and Clang).
using Four [[gnu::vector_size(4 * sizeof(double))]] = double;

inline Four magnitude(const Four& a) {
  return a < 0 ? -a : a;
}
inline Four larger(const Four& a, const Four& b) {
  return a > b ? a : b;
}
/// 1/a, and 1 where a is zero.
inline Four reciprocal_or_one(const Four& a) {
  return a == 0 ? a + 1 : 1 / a;
}

/// Eight of them, for larger blocks.
struct Eight {
  Four low, high;
  double operator[](std::size_t k) const { return k < 4 ? low[k] : high[k - 4]; }
  double& operator[](std::size_t k) { return reinterpret_cast<double*>(this)[k]; }
  [[gnu::always_inline]] friend Eight operator+(const Eight& a, const Eight& b) {
    return {a.low + b.low, a.high + b.high};
  }
  [[gnu::always_inline]] friend Eight operator-(const Eight& a, const Eight& b) {
    return {a.low - b.low, a.high - b.high};
  }
  [[gnu::always_inline]] friend Eight operator*(const Eight& a, const Eight& b) {
    return {a.low * b.low, a.high * b.high};
  }
  [[gnu::always_inline]] friend Eight operator*(double a, const Eight& b) { return {a * b.low, a * b.high}; }
  [[gnu::always_inline]] friend Eight operator*(const Eight& a, double b) { return b * a; }
  Eight& operator+=(const Eight& b) { return *this = *this + b; }
  Eight& operator-=(const Eight& b) { return *this = *this - b; }
  Eight& operator*=(const Eight& b) { return *this = *this * b; }
  Eight& operator*=(double b) { return *this = b * *this; }
};
inline Eight magnitude(const Eight& a) {
  return {magnitude(a.low), magnitude(a.high)};
}
inline Eight larger(const Eight& a, const Eight& b) {
  return {larger(a.low, b.low), larger(a.high, b.high)};
}
inline Eight reciprocal_or_one(const Eight& a) {
  return {reciprocal_or_one(a.low), reciprocal_or_one(a.high)};
}

/// A square matrix of a few rows for inner loops; rows are padded to whole registers. SmallMatrix<M>{} is zero. Its
/// functions are inlined by force: they are a handful of register operations, which GCC takes for much more.
template <int M>
struct SmallMatrix {
  static_assert(M <= 8);
  static constexpr std::size_t order = M;
  using Row = std::conditional_t<M <= 4, Four, Eight>;
  std::array<Row, order> rows;

  Row& operator[](std::size_t r) { return rows[r]; }
  const Row& operator[](std::size_t r) const { return rows[r]; }
};

/// A row from M numbers in memory, and back.
template <int M>
[[gnu::always_inline]] inline typename SmallMatrix<M>::Row row_of(const double* numbers) {
  if constexpr (M > 4) {
    return {row_of<4>(numbers), row_of<M - 4>(numbers + 4)};
  } else {
    Four row{};
#pragma GCC unroll 4
    for (std::size_t k = 0; k < M; ++k) row[k] = numbers[k];
    return row;
  }
}
template <int M>
[[gnu::always_inline]] inline void store(const typename SmallMatrix<M>::Row& row, double* numbers) {
  if constexpr (M > 4) {
    store<4>(row.low, numbers), store<M - 4>(row.high, numbers + 4);
  } else {
#pragma GCC unroll 4
    for (std::size_t k = 0; k < M; ++k) numbers[k] = row[k];
  }
}

template <int M>
constexpr SmallMatrix<M> identity() {
  SmallMatrix<M> one{};
  for (std::size_t r = 0; r < M; ++r)
    for (std::size_t c = 0; c < M; ++c) one[r][c] = r == c;
  return one;
}

/// Of four rows of four.
[[gnu::always_inline]] inline std::array<Four, 4> transposed(const std::array<Four, 4>& r) {
  const Four low01 = __builtin_shufflevector(r[0], r[1], 0, 4, 2, 6);
  const Four high01 = __builtin_shufflevector(r[0], r[1], 1, 5, 3, 7);
  const Four low23 = __builtin_shufflevector(r[2], r[3], 0, 4, 2, 6);
  const Four high23 = __builtin_shufflevector(r[2], r[3], 1, 5, 3, 7);
  return {__builtin_shufflevector(low01, low23, 0, 1, 4, 5), __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
          __builtin_shufflevector(low01, low23, 2, 3, 6, 7), __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
}

template <int M>
[[gnu::always_inline]] inline SmallMatrix<M> transposed(const SmallMatrix<M>& a) {
  SmallMatrix<M> t;
  if constexpr (M <= 4) {
    const auto row = [&](std::size_t i) { return i < M ? a[i] : Four{}; };
    const auto columns = transposed({row(0), row(1), row(2), row(3)});
    for (std::size_t i = 0; i < M; ++i) t[i] = columns[i];
  } else {  // by quarters
    const auto low = [&](std::size_t i) { return i < M ? a[i].low : Four{}; };
    const auto high = [&](std::size_t i) { return i < M ? a[i].high : Four{}; };
    const auto low_low = transposed({low(0), low(1), low(2), low(3)});
    const auto low_high = transposed({low(4), low(5), low(6), low(7)});
    const auto high_low = transposed({high(0), high(1), high(2), high(3)});
    const auto high_high = transposed({high(4), high(5), high(6), high(7)});
    for (std::size_t i = 0; i < 4; ++i) t[i] = {low_low[i], low_high[i]};
    for (std::size_t i = 4; i < M; ++i) t[i] = {high_low[i - 4], high_high[i - 4]};
  }
  return t;
}

/// a b.
template <int M>
[[gnu::always_inline]] inline SmallMatrix<M> product(const SmallMatrix<M>& a, const SmallMatrix<M>& b) {
  SmallMatrix<M> c;
#pragma GCC unroll 8
  for (std::size_t r = 0; r < M; ++r) {
    c[r] = a[r][0] * b[0];
#pragma GCC unroll 8
    for (std::size_t k = 1; k < M; ++k) c[r] += a[r][k] * b[k];
  }
  return c;
}

/// The matrix of these columns times a vector.
template <int M>
[[gnu::always_inline]] inline typename SmallMatrix<M>::Row combined(const SmallMatrix<M>& columns,
                                                                    const typename SmallMatrix<M>::Row& x) {
  typename SmallMatrix<M>::Row y = columns[0] * x[0];
  for (std::size_t k = 1; k < M; ++k) y += columns[k] * x[k];
  return y;
}

/// The largest magnitude of each row, in the places of a row.
template <int M>
[[gnu::always_inline]] inline typename SmallMatrix<M>::Row largest_of_rows(const SmallMatrix<M>& a) {
  const SmallMatrix<M> t = transposed(a);
  auto top = magnitude(t[0]);
  for (std::size_t k = 1; k < M; ++k) top = larger(top, magnitude(t[k]));
  return top;
}

/// Replaces a by a^-1 and b by a^-1 b (Gauss and Jordan) with rows scaled to the same largest magnitude and partial
/// pivoting. False when a pivot is zero or not finite.
template <int M>
[[gnu::always_inline]] inline bool invert(SmallMatrix<M>& a, SmallMatrix<M>& b) {
  const auto scale = reciprocal_or_one(largest_of_rows(a));
  SmallMatrix<M> inverse = identity<M>();
  for (std::size_t r = 0; r < M; ++r) a[r] *= scale[r], b[r] *= scale[r], inverse[r] *= scale[r];
  bool regular = true;
#pragma GCC unroll 8
  for (std::size_t k = 0; k < M; ++k) {
    std::size_t pivot = k;
#pragma GCC unroll 8
    for (std::size_t r = k + 1; r < M; ++r)
      if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
    if (pivot != k) std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]), std::swap(inverse[k], inverse[pivot]);
    const double reciprocal = 1 / a[k][k];
    regular = regular && std::isfinite(reciprocal);
    a[k] *= reciprocal, b[k] *= reciprocal, inverse[k] *= reciprocal;
#pragma GCC unroll 8
    for (std::size_t r = 0; r < M; ++r) {
      if (r == k) continue;
      const double factor = a[r][k];
      a[r] -= factor * a[k], b[r] -= factor * b[k], inverse[r] -= factor * inverse[k];
    }
  }
  a = inverse;
  return regular;
}

}  // namespace nacre::math
