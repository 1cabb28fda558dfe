#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/fvm/mesh.hpp"
#include "engine/fvm/physics.hpp"
#include "engine/fvm/state.hpp"
#include "engine/math/block_chain.hpp"

// Else GCC calls operators of dual numbers where a physics has many terms. A sanitizer checks each operation, and would
// take minutes to compile what is inlined.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NACRE_FLATTENED
#else
#define NACRE_FLATTENED [[gnu::flatten]]
#endif

namespace nacre::fvm {

/// What an equation of a node is: storage changes by what flows in; nothing is stored, and what flows in reacts or
/// flows out at once (amid an interface); the same of an unknown that does not evolve anywhere; a condition; nothing.
enum class Row { evolution, passage, balance, condition, absent };

/// Consecutive nodes in which one kept unknown is present: their content of it does not change.
struct Confined {
  std::size_t unknown;
  std::size_t first, last;  ///< nodes
};

/// A physics on a mesh: storages, balances and their derivatives, by forward differentiation of the physics' terms.
/// Node volumes are the adjacent half cells, each with the properties of its own layer. Quantities are per area of the
/// device. Keeps references: physics (whose parameters may change between calls) and mesh must outlive it.
template <Physics P>
class System {
 public:
  static constexpr std::size_t M = P::unknowns;
  using Values = std::vector<Block<double, M>>;
  using Matrix = math::BlockChain<static_cast<int>(M)>;

  System(const P& physics, const Mesh& mesh);

  const P& physics() const { return *physics_; }
  const Mesh& mesh() const { return *mesh_; }
  std::size_t nodes() const { return mesh_->nodes(); }
  Row row(std::size_t node, std::size_t k) const { return rows_[node][k]; }
  /// That a node owns, per area [m].
  double volume(std::size_t node) const { return volumes_[node]; }
  /// Most that a node can store of an unknown; infinite where the physics knows no limit.
  double most_stored(std::size_t node, std::size_t k) const {
    if constexpr (Saturating<P>) return most_[node][k];
    return std::numeric_limits<double>::infinity();
  }
  /// Where kept unknowns are confined, from left to right, unknown by unknown.
  const std::vector<Confined>& confined() const { return confined_; }
  /// Whoever solves this system polls `interrupted` in every iteration and gives up once it says true.
  void listen_to(std::function<bool()> interrupted) { interrupted_ = std::move(interrupted); }
  bool is_interrupted() const { return interrupted_ && interrupted_(); }

  /// Storage in the volume of each node.
  void storage(const State<M>& u, Values& out) const;
  /// Outflow plus reaction of each node's volume; the left side of the condition where one holds; the unknown where it
  /// is absent.
  void balance(const State<M>& u, Values& out) const;
  /// Both.
  void evaluate(const State<M>& u, Values& storage, Values& balance) const;
  /// Flux through the cell.
  Block<double, M> flux(const State<M>& u, std::size_t cell) const;
  /// Left sides of the conditions at an end, and outflows.
  Boundary<double, M> boundary(const State<M>& u, Side side) const;

  /// Both of the above, and the matrix of d(s storage + a balance)/du; rows without evolution take the derivative of
  /// their balance or condition alone.
  void linearise(const State<M>& u, double s, double a, Matrix& matrix, Values& storage, Values& balance) const;
  /// Where a flux is asked for.
  Edge edge(std::size_t cell) const;
  /// Derivatives of the content of a confined unknown; zero elsewhere.
  void content_slopes(const State<M>& u, const Confined& where, Values& out) const;

 private:
  /// One place, or several computed at once.
  using Real = std::conditional_t<in_lanes<P>, math::Lanes, double>;
  static constexpr std::size_t width = math::width_of<Real>;

  /// A part of a node's volume.
  struct Part {
    std::size_t node;
    Corner corner;
    double volume;
  };
  /// Parts of one region, as many as are computed at once. The last is repeated where there are fewer.
  struct Parts {
    CornerOf<Real> corner;
    Real volume;
    std::array<std::size_t, width> node;
    std::size_t count;
  };
  /// The same of neighbouring cells.
  struct Cells {
    EdgeOf<Real> edge;
    std::array<std::size_t, width> cell;
    std::size_t count;
  };
  void divide_nodes();
  void gather_parts();
  void gather_cells();
  void sort_rows();
  void find_confined();
  template <class T>
  Boundary<T, M> boundary_of(const Block<T, M>& u, const Block<T, M>& flux, Side side, double global) const;
  /// Unknowns of places, each `beyond` nodes to the right of what is named.
  static Block<Real, M> gathered(const Values& of, const std::array<std::size_t, width>& places, std::size_t beyond) {
    Block<Real, M> here;
    for (std::size_t k = 0; k < M; ++k)
      here[k] = math::filled<Real>([&](std::size_t place) { return of[places[place] + beyond][k]; });
    return here;
  }
  /// State::difference over cells.
  static Block<Real, M> steps(const State<M>& u, const Block<Real, M>& left, const Block<Real, M>& right,
                              const Cells& at) {
    const auto before = gathered(u.rest, at.cell, 0), behind = gathered(u.rest, at.cell, 1);
    Block<Real, M> step;
    for (std::size_t k = 0; k < M; ++k) step[k] = (right[k] - left[k]) + (behind[k] - before[k]);
    return step;
  }
  template <class Visit>
  void for_parts(const State<M>& u, Visit visit) const {
    for (const Parts& at : gathered_parts_) visit(gathered(u.value, at.node, 0), at);
  }
  static void add(const Parts& at, const Real& density, std::size_t k, Values& out) {
    const Real amount = at.volume * density;
    for (std::size_t place = 0; place < at.count; ++place) out[at.node[place]][k] += math::lane(amount, place);
  }
  static void add(const Cells& at, const Real& flux, std::size_t k, Values& out) {
    for (std::size_t place = 0; place < at.count; ++place) {
      out[at.cell[place]][k] += math::lane(flux, place);
      out[at.cell[place] + 1][k] -= math::lane(flux, place);
    }
  }
  void add_fluxes(const State<M>& u, Values& balance) const;
  void take_conditions(const State<M>& u, Values& balance) const;
  void linearise_edges(const State<M>& u, double a, Matrix& matrix, Values& balance) const;
  void linearise_parts(const State<M>& u, double s, double a, Matrix& matrix, Values& storage, Values& balance) const;
  void linearise_end(const State<M>& u, Side side, double a, Matrix& matrix, Values& balance) const;
  void linearise_absent(const State<M>& u, Matrix& matrix, Values& balance) const;

  const P* physics_;
  const Mesh* mesh_;
  std::vector<Part> parts_;  // from left to right
  std::vector<Parts> gathered_parts_;
  std::vector<Cells> gathered_cells_;
  std::vector<double> volumes_;  // of nodes
  std::vector<std::array<Row, M>> rows_;
  std::vector<std::pair<std::size_t, std::size_t>> absent_;  // nodes and unknowns
  std::vector<Confined> confined_;
  Values most_;  // of a physics that says so
  std::function<bool()> interrupted_;
};

template <Physics P>
System<P>::System(const P& physics, const Mesh& mesh) : physics_(&physics), mesh_(&mesh), rows_(mesh.nodes()) {
  divide_nodes();
  volumes_.assign(nodes(), 0);
  for (const Part& part : parts_) volumes_[part.node] += part.volume;
  if constexpr (Saturating<P>) {
    most_.resize(nodes());
    for (const Part& part : parts_)
      for (std::size_t k = 0; k < M; ++k)
        most_[part.node][k] += part.volume * physics_->most_stored(k, part.corner.region);
  }
  gather_parts();
  gather_cells();
  sort_rows();
  find_confined();
}

/// One part for each layer that a node touches, or one for the interface that it lies in.
template <Physics P>
void System<P>::divide_nodes() {
  const Mesh& m = *mesh_;
  auto site = m.sites.begin();
  for (std::size_t i = 0; i < nodes(); ++i) {
    const bool inside = i > 0 && i < m.cells();
    if (!m.sites.empty()) {
      if (site != m.sites.end() && site->node == i)
        parts_.push_back({i, {site->region, m.x[i]}, site->volume}), ++site;
      else if (inside)
        parts_.push_back({i, {m.region[i], m.x[i]}, 1});
      continue;
    }
    if (inside && m.region[i - 1] == m.region[i]) {
      parts_.push_back({i, {m.region[i], m.x[i]}, (m.width[i - 1] + m.width[i]) / 2});
      continue;
    }
    if (inside && m.is_interface(i - 1) && m.is_interface(i)) {
      parts_.push_back({i, {m.region[i], m.x[i]}, 1});
      continue;
    }
    if (i > 0 && !m.is_interface(i - 1)) parts_.push_back({i, {m.region[i - 1], m.x[i]}, m.width[i - 1] / 2});
    if (i < m.cells() && !m.is_interface(i)) parts_.push_back({i, {m.region[i], m.x[i]}, m.width[i] / 2});
  }
}

template <Physics P>
void System<P>::gather_parts() {
  const std::vector<Part>& all = parts_;
  for (std::size_t first = 0; first < all.size();) {
    std::size_t count = 1;
    while (count < width && first + count < all.size() && all[first + count].corner.region == all[first].corner.region)
      ++count;
    const auto at = [&](std::size_t place) -> const Part& { return all[first + std::min(place, count - 1)]; };
    Parts parts{{all[first].corner.region, math::filled<Real>([&](std::size_t k) { return at(k).corner.x; })},
                math::filled<Real>([&](std::size_t k) { return at(k).volume; }),
                {},
                count};
    for (std::size_t k = 0; k < width; ++k) parts.node[k] = at(k).node;
    gathered_parts_.push_back(parts);
    first += count;
  }
}

template <Physics P>
void System<P>::gather_cells() {
  const Mesh& m = *mesh_;
  for (std::size_t first = 0; first < m.cells();) {
    std::size_t count = 1;
    while (count < width && first + count < m.cells() && m.region[first + count] == m.region[first]) ++count;
    Cells cells{{m.region[first], Real(0), Real(0)}, {}, count};
    for (std::size_t k = 0; k < width; ++k) cells.cell[k] = first + std::min(k, count - 1);
    cells.edge.x = math::filled<Real>([&](std::size_t k) { return edge(cells.cell[k]).x; });
    cells.edge.length = math::filled<Real>([&](std::size_t k) { return edge(cells.cell[k]).length; });
    gathered_cells_.push_back(cells);
    first += count;
  }
}

template <Physics P>
void System<P>::sort_rows() {
  auto site = mesh_->sites.begin();
  for (std::size_t i = 0; i < nodes(); ++i) {
    const bool owns = site != mesh_->sites.end() && site->node == i;
    const bool amid = i > 0 && i < mesh_->cells() && mesh_->is_interface(i - 1) && mesh_->is_interface(i) && !owns;
    for (std::size_t k = 0; k < M; ++k) {
      const bool present = (i > 0 && physics_->present(k, mesh_->region[i - 1])) ||
                           (i < mesh_->cells() && physics_->present(k, mesh_->region[i])) ||
                           (owns && physics_->present(k, site->region));
      const Row evolving = amid ? Row::passage : Row::evolution;
      rows_[i][k] = !present ? Row::absent : P::evolves[k] ? evolving : Row::balance;
      if (!present) absent_.emplace_back(i, k);
    }
    if (owns) ++site;
  }
  for (Side side : {Side::left, Side::right}) {
    auto& rows = side == Side::left ? rows_.front() : rows_.back();
    const auto boundary = physics_->boundary(Block<double, M>{}, Block<double, M>{}, side);
    for (std::size_t k = 0; k < M; ++k)
      if (rows[k] != Row::absent && boundary.fixed[k]) rows[k] = Row::condition;
  }
}

template <Physics P>
void System<P>::find_confined() {
  for (std::size_t k : P::kept)
    for (std::size_t i = 0; i < nodes(); ++i) {
      if (rows_[i][k] == Row::absent) continue;
      const bool goes_on = i > 0 && rows_[i - 1][k] != Row::absent && physics_->present(k, mesh_->region[i - 1]);
      if (goes_on)
        confined_.back().last = i;
      else
        confined_.push_back({k, i, i});
    }
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
Boundary<double, System<P>::M> System<P>::boundary(const State<M>& u, Side side) const {
  return side == Side::left ? boundary_of(u.value.front(), flux(u, 0), side, u.global)
                            : boundary_of(u.value.back(), flux(u, mesh_->cells() - 1), side, u.global);
}

template <Physics P>
template <class T>
Boundary<T, System<P>::M> System<P>::boundary_of(const Block<T, M>& u, const Block<T, M>& flux, Side side,
                                                 double global) const {
  if constexpr (Driven<P>)
    if (physics_->is_driven()) return physics_->boundary(u, flux, side, T(global));
  return physics_->boundary(u, flux, side);
}

template <Physics P>
void System<P>::storage(const State<M>& u, Values& out) const {
  for (auto& block : out) block.fill(0);
  for_parts(u, [&](const Block<Real, M>& here, const Parts& at) {
    const auto held = physics_->storage(here, at.corner);
    for (std::size_t k = 0; k < M; ++k) add(at, held[k], k, out);
  });
}

template <Physics P>
void System<P>::balance(const State<M>& u, Values& out) const {
  for (auto& block : out) block.fill(0);
  for_parts(u, [&](const Block<Real, M>& here, const Parts& at) {
    const auto lost = physics_->reaction(here, at.corner);
    for (std::size_t k = 0; k < M; ++k) add(at, lost[k], k, out);
  });
  add_fluxes(u, out);
}

template <Physics P>
void System<P>::evaluate(const State<M>& u, Values& storage, Values& balance) const {
  for (auto& block : storage) block.fill(0);
  for (auto& block : balance) block.fill(0);
  for_parts(u, [&](const Block<Real, M>& here, const Parts& at) {
    const auto [held, lost] = local(*physics_, here, at.corner);
    for (std::size_t k = 0; k < M; ++k) add(at, held[k], k, storage), add(at, lost[k], k, balance);
  });
  add_fluxes(u, balance);
}

/// Fluxes and conditions, on top of the reactions.
template <Physics P>
void System<P>::add_fluxes(const State<M>& u, Values& balance) const {
  for (const Cells& at : gathered_cells_) {
    const auto left = gathered(u.value, at.cell, 0), right = gathered(u.value, at.cell, 1);
    const auto f = physics_->flux(left, right, steps(u, left, right, at), at.edge);
    for (std::size_t k = 0; k < M; ++k) add(at, f[k], k, balance);
  }
  take_conditions(u, balance);
}

template <Physics P>
void System<P>::take_conditions(const State<M>& u, Values& balance) const {
  for (Side side : {Side::left, Side::right}) {
    auto& end = side == Side::left ? balance.front() : balance.back();
    const auto at = boundary(u, side);
    for (std::size_t k = 0; k < M; ++k) end[k] = at.value[k] + (at.fixed[k] ? 0 : end[k]);
  }
  for (const auto& [i, k] : absent_) balance[i][k] = u.value[i][k];
}

template <Physics P>
void System<P>::linearise(const State<M>& u, double s, double a, Matrix& matrix, Values& storage,
                          Values& balance) const {
  matrix.set_zero_but_cells();
  for (auto& b : balance) b.fill(0);
  linearise_edges(u, a, matrix, balance);
  linearise_parts(u, s, a, matrix, storage, balance);
  for (Side side : {Side::left, Side::right}) linearise_end(u, side, a, matrix, balance);
  linearise_absent(u, matrix, balance);
}

template <Physics P>
NACRE_FLATTENED void System<P>::linearise_edges(const State<M>& u, double a, Matrix& matrix, Values& balance) const {
  using Number = math::Dual<2 * M>;
  for (std::size_t c = 0; c < mesh_->cells(); ++c) {
    const auto difference = u.difference(c, c + 1);
    // The unknowns on the left and their steps are what varies.
    const auto left = block_of<M>([&](auto k) { return Number::variable(u.value[c][k], static_cast<int>(k)); });
    const auto step = block_of<M>([&](auto k) { return Number::variable(difference[k], static_cast<int>(M + k)); });
    const auto right = block_of<M>([&](auto k) { return Number(u.value[c + 1][k], left[k].slope + step[k].slope); });
    const auto f = physics_->flux(left, right, step, edge(c));
    auto& cell = matrix.cell(c);
    for (std::size_t k = 0; k < M; ++k) {
      const double weight = P::evolves[k] ? a : 1;
      balance[c][k] += f[k].value, balance[c + 1][k] -= f[k].value;
      cell.left[k] = weight * math::row_of<static_cast<int>(M)>(f[k].slope.data());
      cell.step[k] = weight * math::row_of<static_cast<int>(M)>(f[k].slope.data() + M);
    }
  }
}

template <Physics P>
NACRE_FLATTENED void System<P>::linearise_parts(const State<M>& u, double s, double a, Matrix& matrix, Values& storage,
                                                Values& balance) const {
  using Number = math::Dual<M>;
  for (auto& block : storage) block.fill(0);
  for (const auto& [i, corner, volume] : parts_) {
    const auto here = block_of<M>([&](auto k) { return Number::variable(u.value[i][k], static_cast<int>(k)); });
    const auto [held, lost] = local(*physics_, here, corner);
    auto& node = matrix.node(i);
    for (std::size_t k = 0; k < M; ++k) {
      storage[i][k] += volume * held[k].value;
      balance[i][k] += volume * lost[k].value;
      const double of_held = P::evolves[k] ? s * volume : 0, of_lost = P::evolves[k] ? a * volume : volume;
      node.own[k] += of_held * math::row_of<static_cast<int>(M)>(held[k].slope.data()) +
                     of_lost * math::row_of<static_cast<int>(M)>(lost[k].slope.data());
    }
  }
}

template <Physics P>
void System<P>::linearise_end(const State<M>& u, Side side, double a, Matrix& matrix, Values& balance) const {
  using Number = math::Dual<2 * M>;
  const std::size_t i = side == Side::left ? 0 : nodes() - 1;
  const auto through = flux(u, side == Side::left ? 0 : mesh_->cells() - 1);
  Block<Number, M> here, flow;
  for (std::size_t k = 0; k < M; ++k) {
    here[k] = Number::variable(u.value[i][k], static_cast<int>(k));
    flow[k] = Number::variable(through[k], static_cast<int>(M + k));
  }
  const auto boundary = boundary_of(here, flow, side, u.global);
  auto& node = matrix.node(i);
  auto& passing = side == Side::left ? matrix.first_flux() : matrix.last_flux();
  for (std::size_t k = 0; k < M; ++k) {
    const bool fixed = boundary.fixed[k];
    if (fixed) matrix.make_condition(i, k);
    const double weight = fixed || !P::evolves[k] ? 1 : a;
    for (std::size_t j = 0; j < M; ++j) node.own[k][j] += weight * boundary.value[k].slope[static_cast<int>(j)];
    for (std::size_t j = 0; fixed && j < M; ++j)
      passing[k][j] = P::evolves[j] ? 0 : boundary.value[k].slope[static_cast<int>(M + j)];
    balance[i][k] = boundary.value[k].value + (fixed ? 0 : balance[i][k]);
  }
}

template <Physics P>
void System<P>::linearise_absent(const State<M>& u, Matrix& matrix, Values& balance) const {
  for (const auto& [i, k] : absent_) {
    matrix.make_condition(i, k);
    matrix.node(i).own[k][k] = 1;
    balance[i][k] = u.value[i][k];
  }
}

template <Physics P>
void System<P>::content_slopes(const State<M>& u, const Confined& where, Values& out) const {
  using Number = math::Dual<M>;
  for (auto& block : out) block.fill(0);
  for (const auto& [i, corner, volume] : parts_) {
    if (i < where.first || i > where.last) continue;
    Block<Number, M> here;
    for (std::size_t k = 0; k < M; ++k) here[k] = Number::variable(u.value[i][k], static_cast<int>(k));
    const auto held = physics_->storage(here, corner);
    for (std::size_t j = 0; j < M; ++j) out[i][j] += volume * held[where.unknown].slope[static_cast<int>(j)];
  }
}

}  // namespace nacre::fvm

#undef NACRE_FLATTENED
