#include "models/confinement/line.hpp"

#include <cmath>
#include <numbers>

#include "engine/units/constants.hpp"

namespace nacre::confinement {

double line_width(const Line& line, double temperature) {
  if (line.coupling == 0 || temperature == 0) return line.static_width;
  return line.static_width +
         line.coupling / std::expm1(line.phonon_energy / (units::constants::boltzmann * temperature));
}

double line_profile(double detuning, double full_width, double lorentz_share) {
  using std::numbers::ln2, std::numbers::pi;
  const double t = detuning / full_width;
  const double gaussian = 2 * std::sqrt(ln2 / pi) * std::exp(-4 * ln2 * t * t);
  const double lorentzian = 2 / (pi * (1 + 4 * t * t));
  return ((1 - lorentz_share) * gaussian + lorentz_share * lorentzian) / full_width;
}

}  // namespace nacre::confinement
