#include "models/device/injection.hpp"

#include <numbers>

#include "engine/units/constants.hpp"

namespace nacre::device {

Injection::Injection(const Contact& contact, double work_function, const Layer& layer, double temperature,
                     double inwards) {
  namespace constants = units::constants;
  if (!contact.image_force) return;
  const bool electrons = work_function - layer.conduction_band < layer.valence_band - work_function;
  sign = electrons ? 1 : -1;
  const double permittivity = layer.permittivity * constants::vacuum_permittivity;
  const double voltage = constants::boltzmann * temperature / constants::elementary_charge;
  // Holes are driven in by a field that points inwards, electrons by the opposite one.
  field_of_displacement = -sign * inwards * constants::elementary_charge /
                          (4 * std::numbers::pi * permittivity * permittivity * voltage * voltage);
}

}  // namespace nacre::device
