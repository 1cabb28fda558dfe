#pragma once
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// The surface of crystals of these sizes: as born, then through every treatment of the plan. Sizes of a microscope
/// count without the part of their spread that is measurement, as for the spectra.
SurfaceUsed run_surface(const Plan& plan, const synthesis::Sizes& sizes);

}  // namespace nacre::scenarios
