#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "engine/math/dual.hpp"

namespace nacre::fvm {

/// One number per unknown at a node: the unknowns themselves, or a storage, flux or reaction of their equations.
template <class T, std::size_t M>
using Block = std::array<T, M>;

/// From a function of the unknown's number, without a first filling that would be overwritten.
template <std::size_t M, class Of>
[[gnu::always_inline]] inline auto block_of(const Of& of) {
  return [&]<std::size_t... k>(std::index_sequence<k...>) {
    return std::array{of(std::integral_constant<std::size_t, k>{})...};
  }
  (std::make_index_sequence<M>{});
}

/// Where storage and reaction are asked for: the half of a cell that belongs to a node. Between the two cells of an
/// interface: that place itself, of volume one, so that they are per area; region is then the right one of the two.
template <class Real>
struct CornerOf {
  std::size_t region;  ///< layer of the cell
  Real x;              ///< of the node [m]
};
using Corner = CornerOf<double>;

/// Where a flux is asked for: a cell, between its two nodes.
template <class Real>
struct EdgeOf {
  std::size_t region;  ///< layer of the cell
  Real x;              ///< middle of the cell [m]
  Real length;         ///< [m]; zero in an interface
};
using Edge = EdgeOf<double>;

enum class Side { left, right };

/// What holds at an end of the device, for each equation: a condition (fixed; value = 0) in place of the balance, or an
/// outflow. A condition may also depend on the fluxes through the end cell of equations that do not evolve (the field
/// at a contact); an outflow may not.
template <class T, std::size_t M>
struct Boundary {
  std::array<bool, M> fixed{};
  Block<T, M> value{};  ///< left side of the condition, or flux out of the device
};

/// A physics of M unknowns: for every unknown k one balance in the volume of every node,
///
///     d storage_k/dt + div flux_k + reaction_k = 0,
///
/// as functions of the unknowns alone, templated so that dual numbers give the derivatives. Equations whose `evolves`
/// is false have no storage (Poisson). `flux` gets the difference b - a as well, to more digits than subtracting gives:
/// currents that are small differences of large exchanges keep their digits when they are written with it. An unknown
/// that is not `present` in a region has no storage, flux or reaction there; where it is in none of the neighbouring
/// regions it is held at zero. Regions are layers, then the interface cells of the mesh. A physics whose terms also
/// take math::Lanes (and CornerOf, EdgeOf of them) is computed at four places of a region at once. The contents of the
/// unknowns in `kept` do not change in time (blocking boundaries, no reaction): a steady state needs them given, and
/// gets one global unknown for each group of nodes that they are confined to.
template <class P>
concept Physics = requires(const P& p, Block<double, P::unknowns> u,
                           Block<math::Dual<2 * P::unknowns>, P::unknowns> d) {
  { P::unknowns } -> std::convertible_to<std::size_t>;
  { P::evolves[0] } -> std::convertible_to<bool>;
  { P::kept.size() } -> std::convertible_to<std::size_t>;
  { p.present(std::size_t{}, std::size_t{}) } -> std::same_as<bool>;
  { p.storage(u, Corner{}) } -> std::same_as<decltype(u)>;
  { p.reaction(u, Corner{}) } -> std::same_as<decltype(u)>;
  { p.flux(u, u, u, Edge{}) } -> std::same_as<decltype(u)>;
  { p.boundary(u, u, Side::left) } -> std::same_as<Boundary<double, P::unknowns>>;
  { p.storage(d, Corner{}) } -> std::same_as<decltype(d)>;
  { p.reaction(d, Corner{}) } -> std::same_as<decltype(d)>;
  { p.flux(d, d, d, Edge{}) } -> std::same_as<decltype(d)>;
  { p.boundary(d, d, Side::left) } -> std::same_as<Boundary<math::Dual<2 * P::unknowns>, P::unknowns>>;
};

/// A physics whose conditions depend on one global unknown g, such as the voltage of a terminal, which has an equation
/// of its own,
///
///     d/dt [storage(g) + <sum of w flux of the equations that do not evolve>]
///         + balance(g) + <sum of w flux of those that do> = 0,
///
/// or balance(g) = 0 where the row does not evolve. The weights w (`metered`) make one current of the fluxes through a
/// cell; it is the same through all of them, and < > is its mean over cells with the `share`s that the physics gives
/// them. `is_driven` says whether g is unknown now: else conditions depend on parameters of the physics alone.
template <class P>
concept Driven = Physics<P> && requires(const P& p, Block<math::Dual<1>, P::unknowns> u, math::Dual<1> g) {
  { p.is_driven() } -> std::same_as<bool>;
  { p.metered(Edge{}) } -> std::same_as<Block<double, P::unknowns>>;
  { p.share(Edge{}) } -> std::convertible_to<double>;
  { p.lumped_evolves() } -> std::same_as<bool>;
  { p.lumped(g).storage } -> std::convertible_to<math::Dual<1>>;
  { p.lumped(g).balance } -> std::convertible_to<math::Dual<1>>;
  { p.boundary(u, u, Side::left, g) } -> std::same_as<Boundary<math::Dual<1>, P::unknowns>>;
};

/// What the equation of a global unknown holds besides fluxes.
template <class T>
struct Lumped {
  T storage, balance;
};

/// A physics that says below which storage [per volume] an unknown is as good as absent: there its errors do not
/// matter.
template <class P>
concept Neglecting = requires {
  { P::negligible[0] } -> std::convertible_to<double>;
};

/// A physics that says how much of an unknown a region can store at most [per volume]: where next to nothing is
/// lacking, an error does not matter either.
template <class P>
concept Saturating = requires(const P& p) {
  { p.most_stored(std::size_t{}, std::size_t{}) } -> std::same_as<double>;
};

/// Whether a physics is computed in lanes.
template <class P>
inline constexpr bool in_lanes = requires(const P& p, const Block<math::Lanes, P::unknowns>& u) {
  p.storage(u, CornerOf<math::Lanes>{});
  p.reaction(u, CornerOf<math::Lanes>{});
  p.flux(u, u, u, EdgeOf<math::Lanes>{});
};

/// Storage and reaction at one place.
template <class T, std::size_t M>
struct Local {
  Block<T, M> storage, reaction;
};

/// Both at once: from `local(u, corner)` where a physics shares work between them, else one after the other.
template <class P, class T, class Real>
Local<T, P::unknowns> local(const P& physics, const Block<T, P::unknowns>& u, const CornerOf<Real>& corner) {
  if constexpr (requires { physics.local(u, corner); })
    return physics.local(u, corner);
  else
    return {physics.storage(u, corner), physics.reaction(u, corner)};
}

}  // namespace nacre::fvm
