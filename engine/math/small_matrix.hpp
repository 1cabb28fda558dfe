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
struct alignas(32) Eight {
  std::array<double, 8> part;
  double& operator[](std::size_t k) { return part[k]; }
  double operator[](std::size_t k) const { return part[k]; }
  template <class Operation>
  static Eight each(Operation operation) {
    Eight result;
    for (std::size_t k = 0; k < 8; ++k) result.part[k] = operation(k);
    return result;
  }
  friend Eight operator+(const Eight& a, const Eight& b) {
    return each([&](std::size_t k) { return a[k] + b[k]; });
  }
  friend Eight operator-(const Eight& a, const Eight& b) {
    return each([&](std::size_t k) { return a[k] - b[k]; });
  }
  friend Eight operator*(const Eight& a, const Eight& b) {
    return each([&](std::size_t k) { return a[k] * b[k]; });
  }
  friend Eight operator*(double a, const Eight& b) {
    return each([&](std::size_t k) { return a * b[k]; });
  }
  friend Eight operator*(const Eight& a, double b) { return b * a; }
  Eight& operator+=(const Eight& b) { return *this = *this + b; }
  Eight& operator-=(const Eight& b) { return *this = *this - b; }
  Eight& operator*=(const Eight& b) { return *this = *this * b; }
  Eight& operator*=(double b) { return *this = b * *this; }
};
inline Eight magnitude(const Eight& a) {
  return Eight::each([&](std::size_t k) { return std::abs(a[k]); });
}
inline Eight larger(const Eight& a, const Eight& b) {
  return Eight::each([&](std::size_t k) { return std::max(a[k], b[k]); });
}
inline Eight reciprocal_or_one(const Eight& a) {
  return Eight::each([&](std::size_t k) { return a[k] == 0 ? 1 : 1 / a[k]; });
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

template <int M>
constexpr SmallMatrix<M> identity() {
  SmallMatrix<M> one{};
  for (std::size_t r = 0; r < M; ++r)
    for (std::size_t c = 0; c < M; ++c) one[r][c] = r == c;
  return one;
}

template <int M>
[[gnu::always_inline]] inline SmallMatrix<M> transposed(const SmallMatrix<M>& a) {
  SmallMatrix<M> t{};
  if constexpr (M <= 4) {
    const auto row = [&](std::size_t i) { return i < M ? a[i] : Four{}; };
    const std::array r{row(0), row(1), row(2), row(3)};
    const Four low01 = __builtin_shufflevector(r[0], r[1], 0, 4, 2, 6);
    const Four high01 = __builtin_shufflevector(r[0], r[1], 1, 5, 3, 7);
    const Four low23 = __builtin_shufflevector(r[2], r[3], 0, 4, 2, 6);
    const Four high23 = __builtin_shufflevector(r[2], r[3], 1, 5, 3, 7);
    const std::array columns{
        Four(__builtin_shufflevector(low01, low23, 0, 1, 4, 5)),
        Four(__builtin_shufflevector(high01, high23, 0, 1, 4, 5)),
        Four(__builtin_shufflevector(low01, low23, 2, 3, 6, 7)),
        Four(__builtin_shufflevector(high01, high23, 2, 3, 6, 7)),
    };
    for (std::size_t i = 0; i < M; ++i) t[i] = columns[i];
  } else {
    for (std::size_t r = 0; r < M; ++r)
      for (std::size_t c = 0; c < M; ++c) t[c][r] = a[r][c];
  }
  return t;
}

/// a b.
template <int M>
[[gnu::always_inline]] inline SmallMatrix<M> product(const SmallMatrix<M>& a, const SmallMatrix<M>& b) {
  SmallMatrix<M> c;
  for (std::size_t r = 0; r < M; ++r) {
    c[r] = a[r][0] * b[0];
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
  for (std::size_t k = 0; k < M; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < M; ++r)
      if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
    if (pivot != k) std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]), std::swap(inverse[k], inverse[pivot]);
    const double reciprocal = 1 / a[k][k];
    regular = regular && std::isfinite(reciprocal);
    a[k] *= reciprocal, b[k] *= reciprocal, inverse[k] *= reciprocal;
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
