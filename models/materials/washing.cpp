#include "models/materials/washing.hpp"

#include <cmath>

namespace nacre::materials {

double iodide_kept(const WashingLaw& law, double relative_polarity) {
  return 1 / (1 + std::pow(relative_polarity / law.half_polarity, law.steepness));
}

Composition wash(const Composition& before, const WashingLaw& law, double relative_polarity) {
  Composition after = before;
  after.iodide = before.iodide * iodide_kept(law, relative_polarity);
  after.bromide = before.bromide + (before.iodide - after.iodide);
  return after;
}

}  // namespace nacre::materials
