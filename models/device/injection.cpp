#include "models/device/injection.hpp"

#include <numbers>

#include "engine/units/constants.hpp"

namespace nacre::device {

Injection::Injection(const Stack& stack, fvm::Side side) {
  namespace constants = units::constants;
  const bool left = side == fvm::Side::left;
  const Contact& contact = left ? stack.left_contact : stack.right_contact;
  const double voltage = constants::boltzmann * stack.temperature / constants::elementary_charge;
  if (contact.layer.is_there())
    rise = (left ? -1 : 1) * contact.layer.thickness /
           (contact.layer.permittivity * constants::vacuum_permittivity * voltage);
  if (!contact.image_force) return;
  const Layer& layer = left ? stack.layers.front() : stack.layers.back();
  const double level = left ? stack.left_work_function : stack.right_work_function;
  const bool electrons =
      stack.carriers == Carriers::electrons ||
      (stack.carriers == Carriers::both && level - layer.conduction_band < layer.valence_band - level);
  sign = electrons ? 1 : -1;
  const double permittivity = layer.permittivity * constants::vacuum_permittivity;
  // Holes are driven in by a field that points into the device, electrons by the opposite one.
  field_of_displacement = -sign * (left ? 1 : -1) * constants::elementary_charge /
                          (4 * std::numbers::pi * permittivity * permittivity * voltage * voltage);
  const double coulomb_radius = constants::elementary_charge / (4 * std::numbers::pi * permittivity * voltage);
  if (contact.layer.is_there())
    spacing = contact.layer.thickness * layer.permittivity / contact.layer.permittivity / coulomb_radius;
}

}  // namespace nacre::device
