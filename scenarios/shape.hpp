#pragma once
#include <vector>

#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// Shape of the crystals as photophysics or surface take it; without both that of the spectra.
confinement::Form form_of(const Plan& plan);

/// Crystals that are flat or long: laws that have data for cubes take something else for them.
bool is_no_cube(const confinement::Form& form);

/// What laws were not made for: platelets thicker than wide, crystals of hardly a cell, and flat or long ones in
/// stages that count crystals as cubes. `mean`: edge of the crystals [m].
std::vector<Warning> shape_warnings(const Plan& plan, double mean);

}  // namespace nacre::scenarios
