#pragma once
#include "engine/units/constants.hpp"
#include "models/device/stack.hpp"

namespace nacre::support {

/// A three-layer LED with one mobile vacancy species between round, unfitted energies, posed so that any
/// drift-diffusion code can solve it. Cathode left (2.8 eV), anode right (5.1 eV). The published currents that tests
/// compare with stand in the tests.
inline device::Stack reference_led(bool with_vacancies) {
  constexpr double eV = units::constants::electron_volt, nm = 1e-9;
  const device::Layer electrons{.name = "electron transport",
                                .thickness = 40 * nm,
                                .permittivity = 3,
                                .conduction_band = 2.7 * eV,
                                .valence_band = 6.2 * eV,
                                .conduction_states = 1e26,
                                .valence_states = 1e26,
                                .mobility_electron = 1e-9,
                                .mobility_hole = 1e-10,
                                .radiative_coefficient = 1e-17,
                                .fixed_charge = 0,
                                .traps = {},
                                .vacancies = {}};
  const device::Layer holes{.name = "hole transport",
                            .thickness = 40 * nm,
                            .permittivity = 3,
                            .conduction_band = 2.3 * eV,
                            .valence_band = 5.2 * eV,
                            .conduction_states = 1e26,
                            .valence_states = 1e26,
                            .mobility_electron = 1e-10,
                            .mobility_hole = 1e-8,
                            .radiative_coefficient = 1e-17,
                            .fixed_charge = 0,
                            .traps = {},
                            .vacancies = {}};
  device::Layer crystals{.name = "nanocrystals",
                         .thickness = 30 * nm,
                         .permittivity = 6,
                         .conduction_band = 3.6 * eV,
                         .valence_band = 5.55 * eV,
                         .conduction_states = 2e24,
                         .valence_states = 2e24,
                         .mobility_electron = 1e-7,
                         .mobility_hole = 1e-7,
                         .radiative_coefficient = 1e-16,
                         .fixed_charge = 0,
                         .traps = {1e20, 4.575 * eV, 1e-13, 1e-13},
                         .vacancies = {}};
  if (with_vacancies) {
    crystals.vacancies = {1e24, 1e-16, 1};
    crystals.fixed_charge = -1e24;
  }
  return {{electrons, crystals, holes}, 2.8 * eV, 5.1 * eV, 298};
}

}  // namespace nacre::support
