#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// The output quantities of the drift stage.
std::vector<OutputRow> drift_outputs();

}  // namespace nacre::scenarios
