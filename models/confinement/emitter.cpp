#include "models/confinement/emitter.hpp"

#include <algorithm>
#include <cmath>

#include "engine/units/constants.hpp"

namespace nacre::confinement {

double capture_rate(const Emitter& emitter, double volume, double temperature, double activation_energy) {
  const double inverse = 1 / temperature - 1 / capture_temperature;
  return emitter.capture_coefficient / volume * std::exp(-activation_energy / units::constants::boltzmann * inverse);
}

double biexciton_lifetime(const Emitter& emitter, double volume) {
  const double reference = std::pow(emitter.biexciton_edge, 3);
  const double held = std::clamp(volume, std::pow(emitter.smallest_edge, 3), std::pow(emitter.largest_edge, 3));
  return emitter.biexciton_lifetime * std::pow(held / reference, emitter.biexciton_exponent);
}

double auger_rate(double biexciton_lifetime, int excitons) {
  return excitons * excitons * (excitons - 1) / (4 * biexciton_lifetime);
}

double charged_auger_rate(double trion_lifetime, int excitons) {
  return excitons * (excitons + 1) * (2 * excitons - 1) / (2 * trion_lifetime);
}

}  // namespace nacre::confinement
