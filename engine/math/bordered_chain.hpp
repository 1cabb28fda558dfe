#pragma once
#include <Eigen/LU>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/math/block_chain.hpp"

namespace nacre::math {

/// A block chain with a border of a few global unknowns s:
///
///     chain u + column s = f,    foot u + corner s = g
///
/// The chain must be regular by itself: where a global equation is what makes it so, give one row of the chain a
/// condition that names the global unknown.
template <int M>
class BorderedChain {
 public:
  static constexpr int most_globals = 8;
  using Chain = BlockChain<M>;
  using Vector = typename Chain::Vector;
  using Column = std::vector<Vector>;
  using Globals = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_globals, 1>;
  using Corner = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_globals, most_globals>;

  /// At most `most_globals` globals.
  BorderedChain(std::size_t nodes, std::size_t globals)
      : chain_(nodes),
        columns_(globals, Column(nodes)),
        feet_(columns_),
        responses_(columns_),
        corner_(Corner::Zero(static_cast<Eigen::Index>(globals), static_cast<Eigen::Index>(globals))) {}

  std::size_t globals() const { return columns_.size(); }
  Chain& chain() { return chain_; }
  const Chain& chain() const { return chain_; }
  Column& column(std::size_t g) { return columns_[g]; }
  Column& foot(std::size_t g) { return feet_[g]; }
  Corner& corner() { return corner_; }
  void set_zero();

  /// Computes the factors; the matrix stays. False when it is singular.
  bool factorise();
  /// Solves in place with the factors.
  void solve(std::span<Vector> x, Globals& s) const;

 private:
  static double dot(const Column& a, std::span<const Vector> b);

  Chain chain_;
  std::vector<Column> columns_, feet_, responses_;  // responses: chain^-1 column
  Corner corner_;
  Eigen::PartialPivLU<Corner> schur_;
  Globals scale_;  // of the rows of the Schur complement
};

template <int M>
void BorderedChain<M>::set_zero() {
  chain_.set_zero();
  for (auto* part : {&columns_, &feet_})
    for (Column& column : *part)
      for (Vector& v : column) v.fill(0);
  corner_.setZero();
}

template <int M>
double BorderedChain<M>::dot(const Column& a, std::span<const Vector> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < M; ++k) sum += a[i][k] * b[i][k];
  return sum;
}

template <int M>
bool BorderedChain<M>::factorise() {
  if (!chain_.factorise()) return false;
  if (globals() == 0) return true;
  Corner schur = corner_;
  for (std::size_t g = 0; g < globals(); ++g) {
    responses_[g] = columns_[g];
    chain_.solve(responses_[g]);
    for (std::size_t f = 0; f < globals(); ++f)
      schur(static_cast<Eigen::Index>(f), static_cast<Eigen::Index>(g)) -= dot(feet_[f], responses_[g]);
  }
  if (!schur.allFinite()) return false;
  scale_ = schur.rowwise().template lpNorm<Eigen::Infinity>();
  if (!(scale_.minCoeff() > 0)) return false;
  schur_.compute(scale_.cwiseInverse().asDiagonal() * schur);
  return std::abs(schur_.determinant()) > 0;
}

template <int M>
void BorderedChain<M>::solve(std::span<Vector> x, Globals& s) const {
  chain_.solve(x);
  if (globals() == 0) return;
  for (std::size_t g = 0; g < globals(); ++g) s[static_cast<Eigen::Index>(g)] -= dot(feet_[g], x);
  s = Globals(schur_.solve(s.cwiseQuotient(scale_)));
  for (std::size_t g = 0; g < globals(); ++g)
    for (std::size_t i = 0; i < x.size(); ++i)
      for (std::size_t k = 0; k < M; ++k) x[i][k] -= s[static_cast<Eigen::Index>(g)] * responses_[g][i][k];
}

}  // namespace nacre::math
