#include "models/device/injection_layer.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/units/constants.hpp"

namespace nacre::device {

namespace constants = units::constants;

double work_function_behind(double metal, double change, double coverage_length, double thickness) {
  return metal - change * std::expm1(-thickness / coverage_length);
}

double supply_velocity(const InjectionLayer& layer, double states, double temperature) {
  if (!layer.is_there()) return std::numeric_limits<double>::infinity();
  const double kT = constants::boltzmann * temperature;
  // Richardson's current over q: 4 pi m (kT)^2/h^3.
  const double arriving = 4 * std::numbers::pi * constants::electron_mass * kT * kT /
                          (constants::planck * constants::planck * constants::planck);
  return arriving / states * std::exp(-layer.attenuation * layer.thickness);
}

}  // namespace nacre::device
