#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace nacre::math {

/// A banded matrix with one dense row and column at its end, factorised without pivoting in O(N):
///
///     [ B  c ] [x]   [f]      B: n x n, `Lower` diagonals below and `Upper` above the main one
///     [ r' d ] [s] = [g]
///
/// Meant for implicit time steps, whose 1/(gamma h) on the diagonal makes B dominant enough; status() says when it was
/// not. Tridiagonal with a border is BorderedBand<1, 1>.
template <int Lower, int Upper>
class BorderedBand {
 public:
  static constexpr int width = Lower + Upper + 1;
  using Row = std::array<double, width>;

  /// `n` is the order of the band, without the border.
  explicit BorderedBand(std::size_t n) : band_(n), column_(n), row_(n) {}

  std::size_t order() const { return band_.size(); }
  /// Row i of the band; entry k stands in column i - Lower + k. Entries outside the matrix must be zero.
  Row& band(std::size_t i) { return band_[i]; }
  double& column(std::size_t i) { return column_[i]; }
  double& row(std::size_t i) { return row_[i]; }
  double& corner() { return corner_; }
  void set_zero();

  /// Replaces the matrix by its factors. False when a pivot is zero or not finite.
  bool factorise();
  /// Solves in place; the last entry of the n + 1 belongs to the border.
  void solve(std::span<double> rhs) const;

 private:
  bool factorise_band();
  void solve_band(double* x) const;

  std::vector<Row>
      band_;  // after factorisation: L below and U above, both divided by the pivot, whose inverse is on the diagonal
  std::vector<double> column_;  // after factorisation: B^-1 c
  std::vector<double> row_;
  double corner_ = 0;  // after factorisation: 1/(d - r' B^-1 c)
};

template <int Lower, int Upper>
void BorderedBand<Lower, Upper>::set_zero() {
  for (auto& r : band_) r.fill(0);
  for (std::size_t i = 0; i < order(); ++i) column_[i] = row_[i] = 0;
  corner_ = 0;
}

template <int Lower, int Upper>
bool BorderedBand<Lower, Upper>::factorise_band() {
  constexpr std::size_t lower = Lower, upper = Upper;
  bool regular = true;
  for (std::size_t i = 0; i < order(); ++i) {
    Row& current = band_[i];
    for (std::size_t k = i < lower ? lower - i : 0; k < lower; ++k) {
      const Row& above = band_[i - lower + k];
      for (std::size_t u = 1; u <= upper; ++u) current[k + u] = std::fma(-current[k], above[lower + u], current[k + u]);
    }
    const double inverse = 1 / current[lower];
    regular = regular && std::isfinite(inverse);
    current[lower] = inverse;
    for (std::size_t k = 0; k < lower; ++k) current[k] *= inverse;
    for (std::size_t u = 1; u <= upper; ++u) current[lower + u] *= inverse;
  }
  return regular;
}

// With fma and all pivots divided out beforehand: the sweeps are bound by the latency of the chain from one row to the
// next, which is then a single multiply-add.
template <int Lower, int Upper>
void BorderedBand<Lower, Upper>::solve_band(double* x) const {
  const std::size_t n = order();
  constexpr std::size_t lower = Lower, upper = Upper;
  const auto forward = [&](std::size_t i, std::size_t first) {
    const Row& row = band_[i];
    double sum = x[i] * row[lower];
    for (std::size_t k = first; k < lower; ++k) sum = std::fma(-row[k], x[i - lower + k], sum);
    x[i] = sum;
  };
  const auto backward = [&](std::size_t i, std::size_t last) {
    const Row& row = band_[i];
    double sum = x[i];
    for (std::size_t u = last; u >= 1; --u) sum = std::fma(-row[lower + u], x[i + u], sum);
    x[i] = sum;
  };
  for (std::size_t i = 0; i < std::min(lower, n); ++i) forward(i, lower - i);
  for (std::size_t i = lower; i < n; ++i) forward(i, 0);
  for (std::size_t i = n; i-- > 0 && i + upper >= n;) backward(i, n - 1 - i);
  for (std::size_t i = n > upper ? n - upper : 0; i-- > 0;) backward(i, upper);
}

template <int Lower, int Upper>
bool BorderedBand<Lower, Upper>::factorise() {
  if (!factorise_band()) return false;
  solve_band(column_.data());
  double schur = corner_;
  for (std::size_t i = 0; i < order(); ++i) schur -= row_[i] * column_[i];
  corner_ = 1 / schur;
  return std::isfinite(corner_);
}

template <int Lower, int Upper>
void BorderedBand<Lower, Upper>::solve(std::span<double> rhs) const {
  const std::size_t n = order();
  solve_band(rhs.data());
  double border = rhs[n];
  for (std::size_t i = 0; i < n; ++i) border -= row_[i] * rhs[i];
  border *= corner_;
  for (std::size_t i = 0; i < n; ++i) rhs[i] -= border * column_[i];
  rhs[n] = border;
}

}  // namespace nacre::math
