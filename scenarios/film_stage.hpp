#pragma once
#include "models/confinement/colour.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// The film stage: casts the crystals of a result whose photophysics is complete into a film and lets it age.
void run_film(Result& result, const confinement::ColourTable& eye);

}  // namespace nacre::scenarios
