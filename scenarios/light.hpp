#pragma once
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// The photophysics stage: takes sizes and exciton of a result whose confinement is complete, and the trap density from
/// where the plan says; leaves yields, lifetimes and decay in the result, or a failure.
void run_photophysics(Result& result);

}  // namespace nacre::scenarios
