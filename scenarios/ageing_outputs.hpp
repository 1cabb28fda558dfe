#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// The outputs of the ageing stage.
std::vector<OutputRow> ageing_outputs();

}  // namespace nacre::scenarios
