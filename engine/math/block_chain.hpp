#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace nacre::math {

/// The block-tridiagonal matrix of a chain of nodes that exchange fluxes, with a border of a few global unknowns,
/// factorised in O(nodes) from its parts instead of its sums. With M unknowns u_i a node and G globals s,
///
///     F_(i+1/2) = step_i (u_(i+1) - u_i) + left_i u_i                        flux over cell i
///     F_(i+1/2) - F_(i-1/2) + own_i u_i + column_i s = f_i                   balance of a node, row by row,
///     own_i u_i + column_i s = f_i                                           or a condition in its place (fixed);
///     own_0 u_0 + first_flux F_(1/2) + ... = f_0                             those at the ends may name the flux there
///     sum foot_i u_i + corner s = g                                          global equations
///
/// Adding step_i into a diagonal loses what is 1e-16 of it: the leak that alone decides the level of a well-connected
/// but nearly isolated group of nodes. Here elimination carries the admittance A in F_(i-1/2) = A u_i + r from node to
/// node, as chains of resistors are added up (A_(i+1) = B (step + B - left)^-1 step with B = A_i - own_i), and keeps
/// the digits of the leak. Each block is factorised with row scaling and partial pivoting. The chain must be regular by
/// itself: where a global equation is what makes it so, give one row a condition that names the global unknown.
template <int M, int G = 0>
class BlockChain {
 public:
  static constexpr std::size_t order = M, globals = G;
  static_assert(G == 0 || G == 1, "one global unknown so far");
  using Vector = std::array<double, order>;
  using Matrix = std::array<Vector, order>;
  using Globals = std::array<double, globals>;
  struct Node {
    Matrix own;                         ///< [row][unknown]
    std::array<Globals, order> column;  ///< [row][global]
    std::array<Vector, globals> foot;   ///< [global][unknown]
    std::array<bool, order> fixed;      ///< rows that are conditions
  };
  struct Cell {
    Matrix step, left;  ///< [row][unknown]
  };

  /// One cell fewer than nodes; at least one node.
  explicit BlockChain(std::size_t nodes) : nodes_(nodes), cells_(nodes), pivots_(nodes) { set_zero(); }

  std::size_t nodes() const { return nodes_.size(); }
  Node& node(std::size_t i) { return nodes_[i]; }
  Cell& cell(std::size_t i) { return cells_[i]; }
  std::array<Globals, globals>& corner() { return corner_; }
  /// What the conditions of the end nodes take of the flux through their cell [row][flux].
  Matrix& first_flux() { return first_flux_; }
  Matrix& last_flux() { return last_flux_; }
  void set_zero();

  /// Replaces the matrix by its factors. False when a pivot is zero or not finite.
  bool factorise();
  /// Solves in place.
  void solve(std::span<Vector> x, Globals& s) const;

 private:
  struct Pivots {
    Vector scale;                         // of the rows
    std::array<std::size_t, order> swap;  // row exchanged with this one before its elimination
  };
  static Matrix product(const Matrix& a, const Matrix& b);
  static void add_product(Matrix& c, double factor, const Matrix& a, const Matrix& b);
  void add_end_flux(std::size_t i, const Matrix& admittance);
  void set_equations(std::size_t i, const Matrix& balance);
  bool eliminate(std::size_t i);
  Matrix next_admittance(std::size_t i, const Matrix& balance, const Matrix& step) const;
  bool factorise_border();
  Vector right_side(std::size_t i, const Vector& f, const Vector& flux) const;
  Vector solve_node(std::size_t i, Vector y) const;

  std::vector<Node> nodes_;  // factorised: own LU of K with inverse pivots; column of z in u_i = W u_(i+1) + w + z s
  std::vector<Cell> cells_;  // factorised: step W; left left - step
  std::vector<Pivots> pivots_;
  std::array<Globals, globals> corner_{};  // factorised: inverse of its Schur complement
  Matrix first_flux_{}, last_flux_{};
};

template <int M, int G>
void BlockChain<M, G>::set_zero() {
  for (Node& n : nodes_) n = Node{};
  for (Cell& c : cells_) c = Cell{};
  for (Globals& g : corner_) g.fill(0);
  first_flux_ = last_flux_ = Matrix{};
}

template <int M, int G>
typename BlockChain<M, G>::Matrix BlockChain<M, G>::product(const Matrix& a, const Matrix& b) {
  Matrix c{};
  add_product(c, 1, a, b);
  return c;
}

template <int M, int G>
void BlockChain<M, G>::add_product(Matrix& c, double factor, const Matrix& a, const Matrix& b) {
  for (std::size_t r = 0; r < order; ++r)
    for (std::size_t k = 0; k < order; ++k)
      for (std::size_t j = 0; j < order; ++j) c[r][j] += factor * a[r][k] * b[k][j];
}

/// Puts what the conditions of an end node take of the flux there into their rows: of F = left u_0 + step (u_1 - u_0)
/// on the left, of F = A u + r on the right.
template <int M, int G>
void BlockChain<M, G>::add_end_flux(std::size_t i, const Matrix& admittance) {
  if (i == 0) {
    Matrix next{};
    add_product(nodes_[i].own, 1, first_flux_, cells_[i].left);
    add_product(next, -1, first_flux_, cells_[i].step);
    add_product(nodes_[i].own, -1, first_flux_, cells_[i].step);
    first_flux_ = next;
  } else if (i + 1 == nodes()) {
    add_product(nodes_[i].own, 1, last_flux_, admittance);
  }
}

/// Turns node i into  K u_i = step u_(i+1) + ..., with K = balance + step - left on free rows and own on fixed ones;
/// scaled.
template <int M, int G>
void BlockChain<M, G>::set_equations(std::size_t i, const Matrix& balance) {
  Node& n = nodes_[i];
  Cell& c = cells_[i];
  for (std::size_t r = 0; r < order; ++r) {
    double top = 0;
    for (std::size_t k = 0; k < order; ++k) {
      c.left[r][k] -= c.step[r][k];
      if (!n.fixed[r])
        n.own[r][k] = balance[r][k] - c.left[r][k];
      else
        c.step[r][k] = i == 0 ? first_flux_[r][k] : 0;
      top = std::max(top, std::abs(n.own[r][k]));
    }
    const double scale = pivots_[i].scale[r] = top > 0 ? 1 / top : 1;
    for (std::size_t k = 0; k < order; ++k) n.own[r][k] *= scale, c.step[r][k] *= scale;
  }
}

/// Factorises K and back-substitutes for W.
template <int M, int G>
bool BlockChain<M, G>::eliminate(std::size_t i) {
  Matrix &a = nodes_[i].own, &w = cells_[i].step;
  bool regular = true;
  for (std::size_t k = 0; k < order; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < order; ++r)
      if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
    pivots_[i].swap[k] = pivot;
    if (pivot != k) std::swap(a[k], a[pivot]), std::swap(w[k], w[pivot]);
    const double inverse = 1 / a[k][k];
    regular = regular && std::isfinite(inverse);
    a[k][k] = inverse;
    for (std::size_t r = k + 1; r < order; ++r) {
      const double factor = a[r][k] *= inverse;
      for (std::size_t c = k + 1; c < order; ++c) a[r][c] -= factor * a[k][c];
      for (std::size_t c = 0; c < order; ++c) w[r][c] -= factor * w[k][c];
    }
  }
  for (std::size_t k = order; k-- > 0;) {
    for (std::size_t c = k + 1; c < order; ++c)
      for (std::size_t j = 0; j < order; ++j) w[k][j] -= a[k][c] * w[c][j];
    for (double& v : w[k]) v *= a[k][k];
  }
  return regular;
}

/// A of the next node: balance W, or equally step + (left - step) W, row by row whichever adds the smaller numbers.
/// Fixed rows know only the latter.
template <int M, int G>
typename BlockChain<M, G>::Matrix BlockChain<M, G>::next_admittance(std::size_t i, const Matrix& balance,
                                                                    const Matrix& step) const {
  const auto largest = [](const Vector& row) {
    double top = 0;
    for (double v : row) top = std::max(top, std::abs(v));
    return top;
  };
  const Matrix& w = cells_[i].step;
  Matrix a = product(balance, w);
  for (std::size_t r = 0; r < order; ++r)
    if (nodes_[i].fixed[r] || largest(balance[r]) > largest(step[r]))
      for (std::size_t j = 0; j < order; ++j) {
        a[r][j] = step[r][j];
        for (std::size_t k = 0; k < order; ++k) a[r][j] += cells_[i].left[r][k] * w[k][j];
      }
  return a;
}

template <int M, int G>
bool BlockChain<M, G>::factorise() {
  Matrix admittance{};
  bool regular = true;
  for (std::size_t i = 0; i < nodes(); ++i) {
    Matrix balance = admittance;
    for (std::size_t r = 0; r < order; ++r)
      for (std::size_t c = 0; c < order; ++c) balance[r][c] -= nodes_[i].own[r][c];
    const Matrix step = cells_[i].step;
    add_end_flux(i, admittance);
    set_equations(i, balance);
    regular = eliminate(i) && regular;
    admittance = next_admittance(i, balance, step);
  }
  return regular && factorise_border();
}

/// y in K u_i = step u_(i+1) + y, from the right sides and the flux r that arrives.
template <int M, int G>
typename BlockChain<M, G>::Vector BlockChain<M, G>::right_side(std::size_t i, const Vector& f,
                                                               const Vector& flux) const {
  Vector y;
  for (std::size_t r = 0; r < order; ++r) y[r] = nodes_[i].fixed[r] ? f[r] : -(flux[r] + f[r]);
  if (i > 0 && i + 1 == nodes())
    for (std::size_t r = 0; r < order; ++r)
      for (std::size_t k = 0; k < order; ++k) y[r] -= last_flux_[r][k] * flux[k];
  return y;
}

/// K^-1 y.
template <int M, int G>
typename BlockChain<M, G>::Vector BlockChain<M, G>::solve_node(std::size_t i, Vector y) const {
  const Matrix& a = nodes_[i].own;
  for (std::size_t r = 0; r < order; ++r) y[r] *= pivots_[i].scale[r];
  // Whole rows were exchanged, multipliers included, so all exchanges come first.
  for (std::size_t k = 0; k < order; ++k) std::swap(y[k], y[pivots_[i].swap[k]]);
  for (std::size_t k = 0; k < order; ++k)
    for (std::size_t r = k + 1; r < order; ++r) y[r] -= a[r][k] * y[k];
  for (std::size_t k = order; k-- > 0;) {
    for (std::size_t c = k + 1; c < order; ++c) y[k] -= a[k][c] * y[c];
    y[k] *= a[k][k];
  }
  return y;
}

template <int M, int G>
void BlockChain<M, G>::solve(std::span<Vector> x, Globals& s) const {
  Vector flux{};  // r in F = A u + r
  for (std::size_t i = 0; i < nodes(); ++i) {
    const Vector w = x[i] = solve_node(i, right_side(i, x[i], flux));
    for (std::size_t r = 0; r < order; ++r) {
      flux[r] = 0;
      for (std::size_t k = 0; k < order; ++k) flux[r] += cells_[i].left[r][k] * w[k];
    }
  }
  for (std::size_t i = nodes() - 1; i-- > 0;)
    for (std::size_t r = 0; r < order; ++r)
      for (std::size_t c = 0; c < order; ++c) x[i][r] += cells_[i].step[r][c] * x[i + 1][c];
  if constexpr (G == 1) {
    double border = s[0];
    for (std::size_t i = 0; i < nodes(); ++i)
      for (std::size_t r = 0; r < order; ++r) border -= nodes_[i].foot[0][r] * x[i][r];
    s[0] = border *= corner_[0][0];
    for (std::size_t i = 0; i < nodes(); ++i)
      for (std::size_t r = 0; r < order; ++r) x[i][r] += border * nodes_[i].column[r][0];
  }
}

/// Replaces column by the response of the chain to minus itself, the corner by the inverse of its Schur complement.
template <int M, int G>
bool BlockChain<M, G>::factorise_border() {
  if constexpr (G == 1) {
    Vector flux{};
    for (std::size_t i = 0; i < nodes(); ++i) {
      Vector f;
      for (std::size_t r = 0; r < order; ++r) f[r] = -nodes_[i].column[r][0];
      const Vector z = solve_node(i, right_side(i, f, flux));
      for (std::size_t r = 0; r < order; ++r) {
        nodes_[i].column[r][0] = z[r], flux[r] = 0;
        for (std::size_t k = 0; k < order; ++k) flux[r] += cells_[i].left[r][k] * z[k];
      }
    }
    for (std::size_t i = nodes() - 1; i-- > 0;)
      for (std::size_t r = 0; r < order; ++r)
        for (std::size_t c = 0; c < order; ++c)
          nodes_[i].column[r][0] += cells_[i].step[r][c] * nodes_[i + 1].column[c][0];
    double schur = corner_[0][0];
    for (const Node& n : nodes_)
      for (std::size_t r = 0; r < order; ++r) schur += n.foot[0][r] * n.column[r][0];
    corner_[0][0] = 1 / schur;
    return std::isfinite(corner_[0][0]);
  }
  return true;
}

}  // namespace nacre::math
