#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace nacre::math {

/// A block-tridiagonal matrix with a border of a few dense rows and columns, factorised in O(nodes):
///
///     [ A  C ] [x]   [f]      A: nodes x nodes blocks of order M, three block diagonals
///     [ R  d ] [s] = [g]      C, R: M nodes x G and G x M nodes, d: G x G
///
/// Rows are exchanged inside a block only (partial pivoting), so scale the rows of a badly scaled matrix before factorise():
/// scale_rows(). A must be regular by itself; where the border is what makes the system regular, let an equation inside A name
/// the global unknown (see fvm::System).
template <int M, int G = 0>
class BlockTridiagonal {
 public:
  static constexpr std::size_t order = M, globals = G;
  using Vector = std::array<double, order>;
  using Matrix = std::array<Vector, order>;
  using Globals = std::array<double, globals>;
  struct Node {
    Matrix lower, diagonal, upper;         ///< blocks of this node's rows; [row][column]
    std::array<Globals, order> column;     ///< C; [row][global]
    std::array<Vector, globals> foot;      ///< R; [global][column]
  };

  explicit BlockTridiagonal(std::size_t nodes) : nodes_(nodes), rows_(nodes) { set_zero(); }

  std::size_t nodes() const { return nodes_.size(); }
  Node& node(std::size_t i) { return nodes_[i]; }
  std::array<Globals, globals>& corner() { return corner_; }
  void set_zero();

  /// Divides each row of A, with its border, and each row of the border by its largest entry, and remembers the factors for solve().
  void scale_rows();
  /// Replaces the matrix by its factors. False when a pivot is zero or not finite.
  bool factorise();
  /// Solves in place, with the right-hand side in the rows' original scale.
  void solve(std::span<Vector> x, Globals& s) const;

 private:
  struct Rows {
    Vector scale;                          // what the rows were multiplied by
    std::array<std::size_t, order> swap;   // row exchanged with this one before its elimination
  };
  bool factorise_node(Node& current, Rows& rows);
  bool factorise_border();
  void forward(std::span<Vector> x) const;
  void backward(std::span<Vector> x) const;

  std::vector<Node> nodes_;   // factorised: diagonal LU with inverse pivots, upper D^-1 U, column A^-1 C
  std::vector<Rows> rows_;
  std::array<Globals, globals> corner_{};   // factorised: its Schur complement's inverse
  Globals corner_scale_{};
};

template <int M, int G>
void BlockTridiagonal<M, G>::set_zero() {
  for (Node& n : nodes_) n = Node{};
  for (Rows& r : rows_) r.scale.fill(1);
  for (Globals& g : corner_) g.fill(0);
  corner_scale_.fill(1);
}

template <int M, int G>
void BlockTridiagonal<M, G>::scale_rows() {
  const auto largest = [](double so_far, const auto& values) {
    for (double v : values) so_far = std::fmax(so_far, std::abs(v));
    return so_far;
  };
  const auto multiply = [](double factor, auto& values) {
    for (double& v : values) v *= factor;
  };
  for (std::size_t i = 0; i < nodes(); ++i) {
    Node& n = nodes_[i];
    for (std::size_t r = 0; r < order; ++r) {
      const double top = largest(largest(largest(largest(0, n.lower[r]), n.diagonal[r]), n.upper[r]), n.column[r]);
      const double factor = rows_[i].scale[r] = top > 0 ? 1 / top : 1;
      multiply(factor, n.lower[r]), multiply(factor, n.diagonal[r]), multiply(factor, n.upper[r]), multiply(factor, n.column[r]);
    }
  }
  for (std::size_t g = 0; g < globals; ++g) {
    double top = largest(0, corner_[g]);
    for (const Node& n : nodes_) top = largest(top, n.foot[g]);
    const double factor = corner_scale_[g] = top > 0 ? 1 / top : 1;
    multiply(factor, corner_[g]);
    for (Node& n : nodes_) multiply(factor, n.foot[g]);
  }
}

// Gauss elimination of [diagonal | upper column]; what stands right of the diagonal is then back-substituted, so that one product by
// `upper` leads from a node to the next.
template <int M, int G>
bool BlockTridiagonal<M, G>::factorise_node(Node& current, Rows& rows) {
  Matrix& a = current.diagonal;
  bool regular = true;
  for (std::size_t k = 0; k < order; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < order; ++r)
      if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
    rows.swap[k] = pivot;
    if (pivot != k)
      std::swap(a[k], a[pivot]), std::swap(current.upper[k], current.upper[pivot]), std::swap(current.column[k], current.column[pivot]);
    const double inverse = 1 / a[k][k];
    regular = regular && std::isfinite(inverse);
    a[k][k] = inverse;
    for (std::size_t r = k + 1; r < order; ++r) {
      const double factor = a[r][k] *= inverse;
      for (std::size_t c = k + 1; c < order; ++c) a[r][c] -= factor * a[k][c];
      for (std::size_t c = 0; c < order; ++c) current.upper[r][c] -= factor * current.upper[k][c];
      for (std::size_t g = 0; g < globals; ++g) current.column[r][g] -= factor * current.column[k][g];
    }
  }
  for (std::size_t k = order; k-- > 0;) {
    for (std::size_t c = k + 1; c < order; ++c) {
      for (std::size_t j = 0; j < order; ++j) current.upper[k][j] -= a[k][c] * current.upper[c][j];
      for (std::size_t g = 0; g < globals; ++g) current.column[k][g] -= a[k][c] * current.column[c][g];
    }
    for (double& v : current.upper[k]) v *= a[k][k];
    for (double& v : current.column[k]) v *= a[k][k];
  }
  return regular;
}

template <int M, int G>
bool BlockTridiagonal<M, G>::factorise() {
  bool regular = true;
  for (std::size_t i = 0; i < nodes(); ++i) {
    Node& current = nodes_[i];
    if (i > 0) {
      const Node& above = nodes_[i - 1];
      for (std::size_t r = 0; r < order; ++r)
        for (std::size_t k = 0; k < order; ++k) {
          const double factor = current.lower[r][k];
          for (std::size_t c = 0; c < order; ++c) current.diagonal[r][c] -= factor * above.upper[k][c];
          for (std::size_t g = 0; g < globals; ++g) current.column[r][g] -= factor * above.column[k][g];
        }
    }
    regular = factorise_node(current, rows_[i]) && regular;
  }
  return regular && factorise_border();
}

template <int M, int G>
bool BlockTridiagonal<M, G>::factorise_border() {
  if constexpr (G == 0) {
    return true;
  } else {
    static_assert(G == 1, "one global unknown so far");
    for (std::size_t i = nodes() - 1; i-- > 0;)
      for (std::size_t r = 0; r < order; ++r)
        for (std::size_t c = 0; c < order; ++c) nodes_[i].column[r][0] -= nodes_[i].upper[r][c] * nodes_[i + 1].column[c][0];
    double schur = corner_[0][0];
    for (const Node& n : nodes_)
      for (std::size_t r = 0; r < order; ++r) schur -= n.foot[0][r] * n.column[r][0];
    corner_[0][0] = 1 / schur;
    return std::isfinite(corner_[0][0]);
  }
}

template <int M, int G>
void BlockTridiagonal<M, G>::forward(std::span<Vector> x) const {
  for (std::size_t i = 0; i < nodes(); ++i) {
    const Node& n = nodes_[i];
    Vector y;
    for (std::size_t r = 0; r < order; ++r) y[r] = x[i][r] * rows_[i].scale[r];
    if (i > 0)
      for (std::size_t r = 0; r < order; ++r)
        for (std::size_t c = 0; c < order; ++c) y[r] -= n.lower[r][c] * x[i - 1][c];
    // Whole rows were exchanged, multipliers included, so all exchanges come first.
    for (std::size_t k = 0; k < order; ++k) std::swap(y[k], y[rows_[i].swap[k]]);
    for (std::size_t k = 0; k < order; ++k)
      for (std::size_t r = k + 1; r < order; ++r) y[r] -= n.diagonal[r][k] * y[k];
    for (std::size_t k = order; k-- > 0;) {
      for (std::size_t c = k + 1; c < order; ++c) y[k] -= n.diagonal[k][c] * y[c];
      y[k] *= n.diagonal[k][k];
    }
    x[i] = y;
  }
}

template <int M, int G>
void BlockTridiagonal<M, G>::backward(std::span<Vector> x) const {
  for (std::size_t i = nodes() - 1; i-- > 0;)
    for (std::size_t r = 0; r < order; ++r)
      for (std::size_t c = 0; c < order; ++c) x[i][r] -= nodes_[i].upper[r][c] * x[i + 1][c];
}

template <int M, int G>
void BlockTridiagonal<M, G>::solve(std::span<Vector> x, Globals& s) const {
  forward(x);
  backward(x);
  if constexpr (G == 1) {
    double border = s[0] * corner_scale_[0];
    for (std::size_t i = 0; i < nodes(); ++i)
      for (std::size_t r = 0; r < order; ++r) border -= nodes_[i].foot[0][r] * x[i][r];
    s[0] = border *= corner_[0][0];
    for (std::size_t i = 0; i < nodes(); ++i)
      for (std::size_t r = 0; r < order; ++r) x[i][r] -= border * nodes_[i].column[r][0];
  }
}

}  // namespace nacre::math
