#pragma once
#include <cmath>
#include <numbers>

#include "engine/fvm/physics.hpp"

namespace nacre::support {

/// dc/dt = c'' with c = e^u (so the storage is not linear in the unknown), a source, and both ends held.
/// Made for c = 2 + sin(2 pi x) cos(10 t) on (0, 1); at time 0 it is at rest.
struct HeatedBar {
  static constexpr std::size_t unknowns = 1;
  static constexpr std::array<bool, 1> evolves{true};
  static constexpr std::array<std::size_t, 0> kept{};
  template <class T>
  using Block = fvm::Block<T, 1>;
  static constexpr double wave = 2 * std::numbers::pi;
  static constexpr double rate = 10;
  double time = 0;

  double exact(double x) const { return 2 + std::sin(wave * x) * std::cos(rate * time); }

  bool present(std::size_t, std::size_t) const { return true; }
  template <class T>
  Block<T> storage(const Block<T>& u, const fvm::Corner&) const {
    using std::exp;
    return {exp(u[0])};
  }
  template <class T>
  Block<T> reaction(const Block<T>&, const fvm::Corner& at) const {
    return {T(std::sin(wave * at.x) * (rate * std::sin(rate * time) - wave * wave * std::cos(rate * time)))};
  }
  template <class T>
  Block<T> flux(const Block<T>& a, const Block<T>&, const Block<T>& step, const fvm::Edge& edge) const {
    using std::exp, std::expm1;
    return {-exp(a[0]) * expm1(step[0]) / edge.length};
  }
  template <class T>
  fvm::Boundary<T, 1> boundary(const Block<T>& u, const Block<T>&, fvm::Side) const {
    return {{true}, {u[0] - std::log(2)}};
  }
};

/// Two species in a closed box: Poisson's psi (Debye length 1/kappa in a box of length 1) and one mobile species,
/// content kept: c = e^(level - psi) in a background of -1, between electrodes at +-bias/2.
struct ClosedBox {
  static constexpr std::size_t unknowns = 2;
  static constexpr std::array<bool, 2> evolves{false, true};
  static constexpr std::array<std::size_t, 1> kept{1};
  template <class T>
  using Block = fvm::Block<T, 2>;
  double kappa = 20;
  double bias = 0;

  bool present(std::size_t, std::size_t) const { return true; }
  template <class T>
  Block<T> storage(const Block<T>& u, const fvm::Corner&) const {
    using std::exp;
    return {T(0), exp(u[1] - u[0])};
  }
  template <class T>
  Block<T> reaction(const Block<T>& u, const fvm::Corner&) const {
    using std::exp;
    return {-kappa * kappa * (exp(u[1] - u[0]) - 1.), T(0)};
  }
  template <class T>
  Block<T> flux(const Block<T>& a, const Block<T>& b, const Block<T>& step, const fvm::Edge& edge) const {
    using std::exp;
    return {-step[0] / edge.length, -exp((a[1] - a[0] + b[1] - b[0]) / 2.) * step[1] / edge.length};
  }
  template <class T>
  fvm::Boundary<T, 2> boundary(const Block<T>& u, const Block<T>&, fvm::Side side) const {
    return {{true, false}, {u[0] - (side == fvm::Side::left ? -bias / 2 : bias / 2), T(0)}};
  }
};

/// Two bars of unit conductance and half the length each, joined by an interface: two transfers of `velocity` with a
/// sink between them. The left end is held at u = flux there (a bar longer by one), the right end at one.
struct JoinedBars {
  static constexpr std::size_t unknowns = 1;
  static constexpr std::array<bool, 1> evolves{false};
  static constexpr std::array<std::size_t, 0> kept{};
  template <class T>
  using Block = fvm::Block<T, 1>;
  double velocity = 3;
  double sink = 0.2;

  bool present(std::size_t, std::size_t) const { return true; }
  template <class T>
  Block<T> storage(const Block<T>&, const fvm::Corner&) const {
    return {T(0)};
  }
  template <class T>
  Block<T> reaction(const Block<T>&, const fvm::Corner& at) const {
    return {T(at.region >= 2 ? sink : 0)};
  }
  template <class T>
  Block<T> flux(const Block<T>&, const Block<T>&, const Block<T>& step, const fvm::Edge& edge) const {
    return {edge.region >= 2 ? -velocity * step[0] : -step[0] / edge.length};
  }
  template <class T>
  fvm::Boundary<T, 1> boundary(const Block<T>& u, const Block<T>& flux, fvm::Side side) const {
    return {{true}, {side == fvm::Side::left ? u[0] + flux[0] : u[0] - 1.}};
  }
};

}  // namespace nacre::support
