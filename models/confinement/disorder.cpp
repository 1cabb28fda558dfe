#include "models/confinement/disorder.hpp"

#include <algorithm>
#include <cmath>

#include "engine/units/constants.hpp"

namespace nacre::confinement {

Urbach urbach_energy(const Emitter& emitter, double trap_density, double temperature) {
  const double phonons = 1 / std::expm1(emitter.urbach_phonon / (units::constants::boltzmann * temperature));
  return {emitter.urbach_scale * (0.5 + phonons), emitter.urbach_static, emitter.urbach_per_density * trap_density};
}

std::vector<double> with_urbach_tail(std::span<const double> energy, std::span<const double> absorption, double edge,
                                     double urbach) {
  std::vector<double> result(absorption.begin(), absorption.end());
  if (!(urbach > 0)) return result;
  const auto steepness = [&](std::size_t i) {  // between samples i and i + 1
    return std::log(result[i + 1] / result[i]) / (energy[i + 1] - energy[i]);
  };
  const auto above = std::upper_bound(energy.begin(), energy.end(), edge);
  auto i = static_cast<std::size_t>(above - energy.begin());
  i = std::min(i, energy.size() - 1);
  while (i > 0 && !(result[i - 1] > 0 && steepness(i - 1) >= 1 / urbach)) {
    if (!(result[i - 1] > 0)) return result;
    --i;
  }
  for (std::size_t k = 0; k < i; ++k) result[k] = result[i] * std::exp((energy[k] - energy[i]) / urbach);
  return result;
}

}  // namespace nacre::confinement
