#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// What is in a result's group photophysics.
std::vector<OutputRow> photophysics_outputs();

}  // namespace nacre::scenarios
