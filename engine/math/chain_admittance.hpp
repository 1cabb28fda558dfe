#pragma once
#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <utility>

#include "engine/math/block_chain.hpp"

namespace nacre::math {

/// A complex square matrix of a few rows, its parts apart.
template <int M>
struct ComplexMatrix {
  using Real = SmallMatrix<M>;
  Real re{}, im{};

  std::complex<double> at(std::size_t r, std::size_t c) const { return {re[r][c], im[r][c]}; }
};

/// Replaces b by a^-1 b (Gauss and Jordan) with rows scaled to the same largest magnitude and partial pivoting; a is
/// used up. False when a pivot is zero or not finite.
template <int M>
[[gnu::always_inline]] inline bool divide(ComplexMatrix<M>& a, ComplexMatrix<M>& b) {
  const auto scale = reciprocal_or_one(larger(largest_of_rows(a.re), largest_of_rows(a.im)));
  for (std::size_t r = 0; r < M; ++r)
    a.re[r] *= scale[r], a.im[r] *= scale[r], b.re[r] *= scale[r], b.im[r] *= scale[r];
  const auto size = [&](std::size_t r, std::size_t k) { return a.re[r][k] * a.re[r][k] + a.im[r][k] * a.im[r][k]; };
  const auto times = [](ComplexMatrix<M>& m, std::size_t r, double x, double y) {
    const auto re = x * m.re[r] - y * m.im[r];
    m.im[r] = x * m.im[r] + y * m.re[r], m.re[r] = re;
  };
  const auto subtract = [](ComplexMatrix<M>& m, std::size_t r, std::size_t k, double x, double y) {
    m.re[r] -= x * m.re[k] - y * m.im[k], m.im[r] -= x * m.im[k] + y * m.re[k];
  };
  bool regular = true;
  for (std::size_t k = 0; k < M; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < M; ++r)
      if (size(r, k) > size(pivot, k)) pivot = r;
    if (pivot != k)
      for (ComplexMatrix<M>* m : {&a, &b}) std::swap(m->re[k], m->re[pivot]), std::swap(m->im[k], m->im[pivot]);
    const double norm = 1 / size(k, k), x = a.re[k][k] * norm, y = -a.im[k][k] * norm;
    regular = regular && std::isfinite(norm);
    times(a, k, x, y), times(b, k, x, y);
    for (std::size_t r = 0; r < M; ++r) {
      if (r == k) continue;
      const double p = a.re[r][k], q = a.im[r][k];
      subtract(a, r, k, p, q), subtract(b, r, k, p, q);
    }
  }
  return regular;
}

/// What a chain of nodes shows to its last node at an angular frequency w: the matrix A in F = A u, F the flux through
/// the last cell and u the unknowns of the last node, where nothing drives the others and every balance holds i w
/// storage besides the chain's own terms. It is the forward half of the elimination of BlockChain (the same formulas,
/// so that leaks keep their digits) in complex numbers, and needs no memory.
///
/// `storage`: derivatives of the storages, one matrix a node [row][unknown]; rows that are conditions have none.
/// False when a pivot is zero or not finite.
template <int M>
bool admittance_of_chain(const BlockChain<M>& chain, std::span<const SmallMatrix<M>> storage, double w,
                         ComplexMatrix<M>& seen) {
  using Matrix = SmallMatrix<M>;
  using Row = typename Matrix::Row;
  constexpr std::size_t order = M;
  seen = {};
  bool regular = true;
  for (std::size_t i = 0; i + 1 < chain.nodes(); ++i) {
    const auto& node = chain.node(i);
    const auto& [step, left] = chain.cell(i);
    Matrix to_self;
    for (std::size_t r = 0; r < order; ++r) to_self[r] = step[r] - left[r];
    ComplexMatrix<M> balance, self, next;
    for (std::size_t r = 0; r < order; ++r) {
      const bool fixed = node.fixed[r];
      balance.re[r] = seen.re[r] - node.own[r], balance.im[r] = seen.im[r] - w * storage[i][r];
      self.re[r] = fixed ? node.own[r] : balance.re[r] + to_self[r];
      self.im[r] = fixed ? Row{} : balance.im[r];
      next.re[r] = fixed ? Row{} : step[r];
    }
    if (i == 0) {
      const Matrix of_next = product(chain.first_flux(), step), of_self = product(chain.first_flux(), to_self);
      for (std::size_t r = 0; r < order; ++r)
        if (node.fixed[r]) self.re[r] -= of_self[r], next.re[r] -= of_next[r];
    }
    const Row of_balance = larger(largest_of_rows(balance.re), largest_of_rows(balance.im));
    const Row of_next = largest_of_rows(next.re);
    regular = divide(self, next) && regular;
    for (std::size_t r = 0; r < order; ++r) {
      if (!node.fixed[r] && !(of_balance[r] > of_next[r])) {
        seen.re[r] = seen.im[r] = Row{};
        for (std::size_t k = 0; k < order; ++k) {
          seen.re[r] += balance.re[r][k] * next.re[k] - balance.im[r][k] * next.im[k];
          seen.im[r] += balance.re[r][k] * next.im[k] + balance.im[r][k] * next.re[k];
        }
        continue;
      }
      seen.re[r] = step[r], seen.im[r] = Row{};
      for (std::size_t k = 0; k < order; ++k)
        seen.re[r] -= to_self[r][k] * next.re[k], seen.im[r] -= to_self[r][k] * next.im[k];
    }
  }
  return regular;
}

}  // namespace nacre::math
