#pragma once
#include <vector>

#include "engine/units/constants.hpp"
#include "models/device/stack.hpp"

namespace nacre::support {

/// A layer of wide gap (3 to 6 eV, permittivity 3, 1e26 states per m3, mobilities of 1e-9 m2/(V s)) with few carriers
/// of its own and no recombination. [m]
inline device::Layer insulator(double thickness) {
  constexpr double eV = units::constants::electron_volt;
  return {.name = "insulator",
          .thickness = thickness,
          .permittivity = 3,
          .conduction_band = 3 * eV,
          .valence_band = 6 * eV,
          .conduction_states = 1e26,
          .valence_states = 1e26,
          .mobility_electron = 1e-9,
          .mobility_hole = 1e-9};
}

/// From zero to `last` in equal steps.
inline std::vector<double> steps(double last, int count) {
  std::vector<double> values;
  for (int k = 0; k <= count; ++k) values.push_back(last * k / count);
  return values;
}

}  // namespace nacre::support
