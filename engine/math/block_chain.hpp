#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/math/small_matrix.hpp"

namespace nacre::math {

/// The block-tridiagonal matrix of a chain of nodes that exchange fluxes, factorised in O(nodes) from its parts instead
/// of its sums. With M unknowns u_i a node,
///
///     F_(i+1/2) = step_i (u_(i+1) - u_i) + left_i u_i      flux over cell i
///     F_(i+1/2) - F_(i-1/2) + own_i u_i = f_i              balance of a node, row by row,
///     own_i u_i = f_i                                      or a condition in its place (fixed);
///     own_0 u_0 + first_flux F_(1/2) = f_0                 those at the ends may name the flux there
///
/// Adding step_i into a diagonal loses what is 1e-16 of it: the leak that alone decides the level of a well-connected
/// but nearly isolated group of nodes. Here elimination carries the admittance A in F_(i-1/2) = A u_i - r from node to
/// node, as chains of resistors are added up, and keeps the digits of the leak:
///
///     K = B + step - left,   B = A_i - own_i;   W = K^-1 step;   A_(i+1) = B W
///
/// The same from the other end, with step - left and step exchanged; both ends meet in the middle, since two short
/// chains of dependent operations take half the time of a long one. Blocks are inverted with row scaling and partial
/// pivoting.
template <int M>
class BlockChain {
 public:
  static constexpr std::size_t order = M;
  using Vector = std::array<double, order>;
  using Matrix = SmallMatrix<M>;
  using Row = typename Matrix::Row;
  struct Node {
    Matrix own;                     ///< [row][unknown]
    std::array<bool, order> fixed;  ///< rows that are conditions
  };
  struct Cell {
    Matrix step, left;  ///< [row][unknown]
  };

  /// One cell fewer than nodes; at least one node.
  explicit BlockChain(std::size_t nodes) : nodes_(nodes), cells_(nodes - 1), factors_(nodes) { set_zero(); }

  std::size_t nodes() const { return nodes_.size(); }
  Node& node(std::size_t i) { return nodes_[i]; }
  const Node& node(std::size_t i) const { return nodes_[i]; }
  Cell& cell(std::size_t i) { return cells_[i]; }
  const Cell& cell(std::size_t i) const { return cells_[i]; }
  /// What the conditions of the end nodes take of the flux through their cell [row][flux]; in chains of three nodes or
  /// more.
  Matrix& first_flux() { return first_flux_; }
  Matrix& last_flux() { return last_flux_; }
  const Matrix& first_flux() const { return first_flux_; }
  const Matrix& last_flux() const { return last_flux_; }
  void set_zero();
  /// All but the cells, for whoever writes each of these.
  void set_zero_but_cells();
  /// Makes a row a condition, empty so far.
  void make_condition(std::size_t node, std::size_t row) {
    nodes_[node].own[row] = Row{}, nodes_[node].fixed[row] = true;
  }

  /// Computes the factors; the matrix stays. False when a pivot is zero or not finite.
  bool factorise();
  /// Solves in place with the factors.
  void solve(std::span<Vector> x) const;

 private:
  /// u_i = next u_j + w with w = inverse (signs f_i - carried r), j the next node on the way to the middle, and
  /// back w is its r. Matrices as columns, for products with vectors.
  struct Factors {
    Matrix inverse, back, next;
    Row signs;    ///< -1 where a balance stands, 1 where a condition does
    Row carried;  ///< 1 where a balance stands, 0 where a condition does
  };
  Matrix eliminate(std::size_t i, const Matrix& admittance, const Matrix& to_next, const Matrix& to_self,
                   bool& regular);
  void name_flux(std::size_t end, const Matrix& to_next, const Matrix& to_self, Matrix& own, Matrix& next) const;
  std::size_t middle() const { return nodes() / 2; }

  std::vector<Node> nodes_;
  std::vector<Cell> cells_;
  std::vector<Factors> factors_;
  Matrix first_flux_{}, last_flux_{};
};

template <int M>
void BlockChain<M>::set_zero() {
  set_zero_but_cells();
  for (Cell& c : cells_) c = Cell{};
}

template <int M>
void BlockChain<M>::set_zero_but_cells() {
  for (Node& n : nodes_) n = Node{};
  first_flux_ = last_flux_ = Matrix{};
}

/// Adds what the conditions of an end node take of the flux there, +-(to_next u_next - to_self u_end).
template <int M>
void BlockChain<M>::name_flux(std::size_t end, const Matrix& to_next, const Matrix& to_self, Matrix& own,
                              Matrix& next) const {
  const Matrix& named = end == 0 ? first_flux_ : last_flux_;
  const double sign = end == 0 ? 1 : -1;
  const Matrix of_next = product(named, to_next), of_self = product(named, to_self);
  for (std::size_t r = 0; r < order; ++r) {
    if (!nodes_[end].fixed[r]) continue;
    own[r] -= sign * of_self[r];
    next[r] -= sign * of_next[r];
  }
}

/// Factorises node i, from which `to_next` and `to_self` lead on: K = B + to_self. The admittance that the next node
/// sees.
template <int M>
[[gnu::always_inline]] inline typename BlockChain<M>::Matrix BlockChain<M>::eliminate(
    std::size_t i, const Matrix& admittance, const Matrix& to_next, const Matrix& to_self, bool& regular) {
  const Node& n = nodes_[i];
  Factors& f = factors_[i];
  Matrix balance, inverse, next;
  for (std::size_t r = 0; r < order; ++r) {
    const bool fixed = n.fixed[r];
    balance[r] = admittance[r] - n.own[r];
    inverse[r] = fixed ? n.own[r] : balance[r] + to_self[r];
    next[r] = fixed ? Row{} : to_next[r];
    f.carried[r] = fixed ? 0 : 1, f.signs[r] = fixed ? 1 : -1;
  }
  if (i == 0 || i + 1 == nodes()) name_flux(i, to_next, to_self, inverse, next);
  const Row of_balance = largest_of_rows(balance), of_next = largest_of_rows(next);
  regular = invert(inverse, next) && regular;
  // B W, or equally to_next - to_self W, row by row whichever adds the smaller numbers; conditions know only the
  // latter.
  Matrix result = product(balance, next);
  for (std::size_t r = 0; r < order; ++r) {
    if (!n.fixed[r] && !(of_balance[r] > of_next[r])) continue;
    result[r] = to_next[r];
    for (std::size_t k = 0; k < order; ++k) result[r] -= to_self[r][k] * next[k];
  }
  f.inverse = transposed(inverse), f.back = transposed(to_self), f.next = transposed(next);
  return result;
}

template <int M>
bool BlockChain<M>::factorise() {
  bool regular = true;
  Matrix from_left{}, from_right{};
  const std::size_t last = nodes() - 1;
  for (std::size_t j = 0; j < middle() || last - j > middle(); ++j) {
    if (j < middle()) {
      const Cell& c = cells_[j];
      Matrix to_self;
      for (std::size_t r = 0; r < order; ++r) to_self[r] = c.step[r] - c.left[r];
      from_left = eliminate(j, from_left, c.step, to_self, regular);
    }
    if (const std::size_t i = last - j; i > middle()) {
      const Cell& c = cells_[i - 1];
      Matrix to_next;
      for (std::size_t r = 0; r < order; ++r) to_next[r] = c.step[r] - c.left[r];
      from_right = eliminate(i, from_right, to_next, c.step, regular);
    }
  }
  for (std::size_t r = 0; r < order; ++r) from_left[r] += from_right[r];
  eliminate(middle(), from_left, Matrix{}, Matrix{}, regular);
  return regular;
}

template <int M>
void BlockChain<M>::solve(std::span<Vector> x) const {
  const auto load = [](const Vector& v) { return row_of<M>(v.data()); };
  /// Takes r from the side, gives it on.
  const auto forward = [&](std::size_t i, Row& r) {
    const Factors& f = factors_[i];
    const Row w = combined(f.inverse, Row(f.signs * load(x[i]) + f.carried * r));
    r = combined(f.back, w);
    store<M>(w, x[i].data());
  };
  const auto backward = [&](std::size_t i, Row& u) {
    u = load(x[i]) + combined(factors_[i].next, u);
    store<M>(u, x[i].data());
  };
  const std::size_t last = nodes() - 1;
  Row left{}, right{};
  for (std::size_t j = 0; j < middle() || last - j > middle(); ++j) {
    if (j < middle()) forward(j, left);
    if (last - j > middle()) forward(last - j, right);
  }
  left += right;
  forward(middle(), left);
  left = right = load(x[middle()]);
  for (std::size_t j = 1; j <= middle() || middle() + j <= last; ++j) {
    if (j <= middle()) backward(middle() - j, left);
    if (middle() + j <= last) backward(middle() + j, right);
  }
}

}  // namespace nacre::math
