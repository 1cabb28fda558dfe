#pragma once
#include <concepts>
#include <cstddef>

#include "engine/fvm/physics.hpp"

namespace nacre::fvm {

/// A physics whose right end is driven by a voltage, `bias` [V], with electric currents.
template <class P>
concept Driven = Physics<P> && requires(P& p, const P& c) {
  { p.bias } -> std::same_as<double&>;
  { c.charge(std::size_t{}, std::size_t{}) } -> std::convertible_to<double>;  // of what flux k carries in a region [C]
  { c.permittivity(std::size_t{}) } -> std::convertible_to<double>;           // of a region [F/m]
};

/// What feeds the right end per area of the device:  J + conductance V = injected, with the device's current J at the
/// voltage V. A voltage V_0 behind a resistance R_s: injected V_0/R_s, conductance 1/R_s; a current: injected J_0,
/// conductance 0; a shunt adds its conductance to either.
struct Circuit {
  double injected = 0;     ///< [A/m2]
  double conductance = 0;  ///< [S/m2]
};

}  // namespace nacre::fvm
