#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "engine/fvm/mesh.hpp"
#include "engine/fvm/physics.hpp"
#include "engine/fvm/state.hpp"
#include "engine/math/block_chain.hpp"

namespace nacre::fvm {

/// What an equation of a node is.
enum class Row { evolution, balance, condition, absent };

/// A physics on a mesh: storages, balances and their derivatives, by forward differentiation of the physics' terms.
/// Node volumes are the adjacent half cells, each with the properties of its own layer. Quantities are per area of the
/// device. Keeps references: physics (whose parameters may change between calls) and mesh must outlive it.
template <Physics P>
class System {
 public:
  static constexpr std::size_t M = P::unknowns, G = P::kept.size();
  using Values = std::vector<Block<double, M>>;
  template <int Border>
  using Matrix = math::BlockChain<static_cast<int>(M), Border>;

  System(const P& physics, const Mesh& mesh);

  const P& physics() const { return *physics_; }
  const Mesh& mesh() const { return *mesh_; }
  std::size_t nodes() const { return mesh_->nodes(); }
  Row row(std::size_t node, std::size_t k) const { return rows_[node][k]; }
  /// First node where unknown k is present: where a kept unknown's redundant balance makes room for its global unknown.
  std::size_t first_node(std::size_t k) const;

  /// Storage in the volume of each node.
  void storage(const State<M>& u, Values& out) const;
  /// Outflow plus reaction of each node's volume; the left side of the condition where one holds; the unknown where it
  /// is absent.
  void balance(const State<M>& u, Values& out) const;
  /// Flux through the cell.
  Block<double, M> flux(const State<M>& u, std::size_t cell) const;

  /// Both of the above, and the matrix of d(s storage + a balance)/du; rows without evolution take the derivative of
  /// their balance or condition alone. With a border the feet are the derivatives of the contents of the kept unknowns.
  template <int Border>
  void linearise(const State<M>& u, double s, double a, Matrix<Border>& matrix, Values& storage, Values& balance) const;

 private:
  template <class Visit>
  void for_corners(std::size_t node, Visit visit) const;
  Edge edge(std::size_t cell) const;
  void take_conditions(const State<M>& u, Values& balance) const;
  template <int Border>
  void linearise_edges(const State<M>& u, double a, Matrix<Border>& matrix, Values& balance) const;
  template <int Border>
  void linearise_corners(const State<M>& u, double s, double a, Matrix<Border>& matrix, Values& storage,
                         Values& balance) const;
  template <int Border>
  void linearise_conditions(const State<M>& u, double a, Matrix<Border>& matrix, Values& balance) const;

  const P* physics_;
  const Mesh* mesh_;
  std::vector<std::array<Row, M>> rows_;
};

template <Physics P>
System<P>::System(const P& physics, const Mesh& mesh) : physics_(&physics), mesh_(&mesh), rows_(mesh.nodes()) {
  for (std::size_t i = 0; i < nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const bool present = (i > 0 && physics_->present(k, mesh_->region[i - 1])) ||
                           (i < mesh_->cells() && physics_->present(k, mesh_->region[i]));
      rows_[i][k] = !present ? Row::absent : P::evolves[k] ? Row::evolution : Row::balance;
    }
  for (Side side : {Side::left, Side::right}) {
    auto& rows = side == Side::left ? rows_.front() : rows_.back();
    const auto boundary = physics_->boundary(Block<double, M>{}, Block<double, M>{}, side);
    for (std::size_t k = 0; k < M; ++k)
      if (rows[k] != Row::absent && boundary.fixed[k]) rows[k] = Row::condition;
  }
}

template <Physics P>
std::size_t System<P>::first_node(std::size_t k) const {
  std::size_t i = 0;
  while (i + 1 < nodes() && rows_[i][k] == Row::absent) ++i;
  return i;
}

/// Calls visit(corner, volume) once for each layer that a node touches, or for the interface that it lies in.
template <Physics P>
template <class Visit>
void System<P>::for_corners(std::size_t node, Visit visit) const {
  const Mesh& m = *mesh_;
  if (node > 0 && node < m.cells()) {
    if (m.region[node - 1] == m.region[node]) {
      visit(Corner{m.region[node], m.x[node]}, (m.width[node - 1] + m.width[node]) / 2);
      return;
    }
    if (m.is_interface(node - 1) && m.is_interface(node)) {
      visit(Corner{m.region[node], m.x[node]}, 1);
      return;
    }
  }
  const bool left = node > 0 && !m.is_interface(node - 1), right = node < m.cells() && !m.is_interface(node);
  if (left) visit(Corner{m.region[node - 1], m.x[node]}, m.width[node - 1] / 2);
  if (right) visit(Corner{m.region[node], m.x[node]}, m.width[node] / 2);
}

template <Physics P>
Edge System<P>::edge(std::size_t cell) const {
  return {mesh_->region[cell], (mesh_->x[cell] + mesh_->x[cell + 1]) / 2, mesh_->width[cell]};
}

template <Physics P>
Block<double, System<P>::M> System<P>::flux(const State<M>& u, std::size_t cell) const {
  return physics_->flux(u.value[cell], u.value[cell + 1], u.difference(cell, cell + 1), edge(cell));
}

template <Physics P>
void System<P>::storage(const State<M>& u, Values& out) const {
  for (std::size_t i = 0; i < nodes(); ++i) {
    out[i].fill(0);
    for_corners(i, [&](const Corner& corner, double volume) {
      const auto s = physics_->storage(u.value[i], corner);
      for (std::size_t k = 0; k < M; ++k) out[i][k] += volume * s[k];
    });
  }
}

template <Physics P>
void System<P>::balance(const State<M>& u, Values& out) const {
  for (std::size_t i = 0; i < nodes(); ++i) {
    out[i].fill(0);
    for_corners(i, [&](const Corner& corner, double volume) {
      const auto r = physics_->reaction(u.value[i], corner);
      for (std::size_t k = 0; k < M; ++k) out[i][k] += volume * r[k];
    });
  }
  for (std::size_t c = 0; c < mesh_->cells(); ++c) {
    const auto f = flux(u, c);
    for (std::size_t k = 0; k < M; ++k) out[c][k] += f[k], out[c + 1][k] -= f[k];
  }
  take_conditions(u, out);
}

template <Physics P>
void System<P>::take_conditions(const State<M>& u, Values& balance) const {
  for (Side side : {Side::left, Side::right}) {
    const std::size_t i = side == Side::left ? 0 : nodes() - 1;
    const auto boundary = physics_->boundary(u.value[i], flux(u, side == Side::left ? 0 : mesh_->cells() - 1), side);
    for (std::size_t k = 0; k < M; ++k) balance[i][k] = boundary.value[k] + (boundary.fixed[k] ? 0 : balance[i][k]);
  }
  for (std::size_t i = 0; i < nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      if (rows_[i][k] == Row::absent) balance[i][k] = u.value[i][k];
}

template <Physics P>
template <int Border>
void System<P>::linearise(const State<M>& u, double s, double a, Matrix<Border>& matrix, Values& storage,
                          Values& balance) const {
  matrix.set_zero();
  for (auto& b : balance) b.fill(0);
  linearise_edges(u, a, matrix, balance);
  linearise_corners(u, s, a, matrix, storage, balance);
  linearise_conditions(u, a, matrix, balance);
}

template <Physics P>
template <int Border>
void System<P>::linearise_edges(const State<M>& u, double a, Matrix<Border>& matrix, Values& balance) const {
  using Number = math::Dual<2 * M>;
  for (std::size_t c = 0; c < mesh_->cells(); ++c) {
    const auto difference = u.difference(c, c + 1);
    Block<Number, M> left, right, step;  // the unknowns on the left and their steps are what varies
    for (std::size_t k = 0; k < M; ++k) {
      left[k] = Number::variable(u.value[c][k], static_cast<int>(k));
      step[k] = Number::variable(difference[k], static_cast<int>(M + k));
      right[k] = left[k] + step[k];
      right[k].value = u.value[c + 1][k];
    }
    const auto f = physics_->flux(left, right, step, edge(c));
    auto& cell = matrix.cell(c);
    for (std::size_t k = 0; k < M; ++k) {
      const double weight = P::evolves[k] ? a : 1;
      balance[c][k] += f[k].value, balance[c + 1][k] -= f[k].value;
      for (std::size_t j = 0; j < M; ++j) {
        cell.left[k][j] = weight * f[k].slope[static_cast<int>(j)];
        cell.step[k][j] = weight * f[k].slope[static_cast<int>(M + j)];
      }
    }
  }
}

template <Physics P>
template <int Border>
void System<P>::linearise_corners(const State<M>& u, double s, double a, Matrix<Border>& matrix, Values& storage,
                                  Values& balance) const {
  using Number = math::Dual<M>;
  for (std::size_t i = 0; i < nodes(); ++i) {
    Block<Number, M> here;
    for (std::size_t k = 0; k < M; ++k) here[k] = Number::variable(u.value[i][k], static_cast<int>(k));
    auto& node = matrix.node(i);
    storage[i].fill(0);
    for_corners(i, [&](const Corner& corner, double volume) {
      const auto held = physics_->storage(here, corner), lost = physics_->reaction(here, corner);
      for (std::size_t k = 0; k < M; ++k) {
        storage[i][k] += volume * held[k].value;
        balance[i][k] += volume * lost[k].value;
        const double of_held = P::evolves[k] ? s * volume : 0, of_lost = P::evolves[k] ? a * volume : volume;
        for (std::size_t j = 0; j < M; ++j)
          node.own[k][j] += of_held * held[k].slope[static_cast<int>(j)] + of_lost * lost[k].slope[static_cast<int>(j)];
      }
      for (std::size_t g = 0; g < static_cast<std::size_t>(Border); ++g)
        for (std::size_t j = 0; j < M; ++j) node.foot[g][j] += volume * held[P::kept[g]].slope[static_cast<int>(j)];
    });
  }
}

template <Physics P>
template <int Border>
void System<P>::linearise_conditions(const State<M>& u, double a, Matrix<Border>& matrix, Values& balance) const {
  using Number = math::Dual<2 * M>;
  for (Side side : {Side::left, Side::right}) {
    const std::size_t i = side == Side::left ? 0 : nodes() - 1;
    const auto through = flux(u, side == Side::left ? 0 : mesh_->cells() - 1);
    Block<Number, M> here, flow;
    for (std::size_t k = 0; k < M; ++k) {
      here[k] = Number::variable(u.value[i][k], static_cast<int>(k));
      flow[k] = Number::variable(through[k], static_cast<int>(M + k));
    }
    const auto boundary = physics_->boundary(here, flow, side);
    auto& node = matrix.node(i);
    auto& passing = side == Side::left ? matrix.first_flux() : matrix.last_flux();
    for (std::size_t k = 0; k < M; ++k) {
      const bool fixed = boundary.fixed[k];
      if (fixed) node.own[k].fill(0), node.fixed[k] = true;
      const double weight = fixed || !P::evolves[k] ? 1 : a;
      for (std::size_t j = 0; j < M; ++j) node.own[k][j] += weight * boundary.value[k].slope[static_cast<int>(j)];
      for (std::size_t j = 0; fixed && j < M; ++j)
        passing[k][j] = P::evolves[j] ? 0 : boundary.value[k].slope[static_cast<int>(M + j)];
      balance[i][k] = boundary.value[k].value + (fixed ? 0 : balance[i][k]);
    }
  }
  for (std::size_t i = 0; i < nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      if (rows_[i][k] == Row::absent) {
        auto& node = matrix.node(i);
        node.own[k].fill(0), node.fixed[k] = true;
        node.own[k][k] = 1;
        balance[i][k] = u.value[i][k];
      }
}

}  // namespace nacre::fvm
