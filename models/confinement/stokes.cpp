#include "models/confinement/stokes.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::confinement {

double stokes_shift(const StokesLaw& law, double edge) {
  return std::min(law.reference_shift * std::pow(law.reference_edge / edge, law.exponent), law.cap);
}

}  // namespace nacre::confinement
