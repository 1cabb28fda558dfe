#pragma once
#include "tests/support/reference_led.hpp"

namespace nacre::support {

/// The reference LED with every optional term of the device at once: three statistics, crowded vacancies that bring
/// traps, Auger, mobilities that a field raises, transfer and recombination at both junctions, contacts with an image
/// force and with finite surface velocities. Round numbers, of no device.
inline device::Stack full_led() {
  constexpr double eV = units::constants::electron_volt;
  device::Stack stack = reference_led(true);
  device::Layer &electrons = stack.layers[0], &crystals = stack.layers[1], &holes = stack.layers[2];
  electrons.statistics = device::Statistics::gaussian, electrons.disorder = 0.06 * eV;
  electrons.poole_frenkel_electron = 1e-4;
  crystals.statistics = device::Statistics::blakemore;
  crystals.traps.per_vacancy = 1e-4;
  crystals.vacancies.site_density = 4e24;
  crystals.auger_electron = 1e-41, crystals.auger_hole = 2e-41;
  holes.statistics = device::Statistics::fermi_dirac;
  holes.poole_frenkel_hole = 2e-4;
  stack.left_work_function = 3.0 * eV;
  stack.left_contact.image_force = true;
  stack.right_contact.velocity_electron = 10, stack.right_contact.velocity_hole = 1e3;
  stack.interfaces = {{.transfer_electron = device::Transfer::thermionic,
                       .transfer_hole = device::Transfer::hopping,
                       .velocity_electron = 1e3,
                       .velocity_hole = 100,
                       .dipole = 0.05,
                       .sheet_charge = 1e15},
                      {.transfer_electron = device::Transfer::hopping,
                       .transfer_hole = device::Transfer::hopping,
                       .velocity_electron = 100,
                       .velocity_hole = 100,
                       .cross_recombination = 1e-28,
                       .dipole = -0.03,
                       .sheet_charge = 0}};
  return stack;
}

}  // namespace nacre::support
