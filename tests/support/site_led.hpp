#pragma once
#include "tests/support/reference_led.hpp"

namespace nacre::support {

/// Crystals in monolayers of 10 nm between organics, with dark recombination at the junction to the holes' layer.
inline device::Stack site_led(bool with_vacancies = false) {
  device::Stack stack = support::reference_led(with_vacancies);
  stack.transport = device::Transport::sites;
  stack.layers[1].pitch = 10e-9;
  stack.layers[1].statistics = device::Statistics::blakemore;
  const device::Interface hops{.transfer_electron = device::Transfer::hopping,
                               .transfer_hole = device::Transfer::hopping,
                               .velocity_electron = 100,
                               .velocity_hole = 100};
  stack.interfaces = {hops, hops};
  stack.interfaces[1].cross_recombination = 1e-29;
  stack.layers[1].excitons = {
      .crystals = 8e23, .radiative = 6e7, .nonradiative = 2e7, .trion = 1e10, .biexciton = 4e10};
  return stack;
}

}  // namespace nacre::support
