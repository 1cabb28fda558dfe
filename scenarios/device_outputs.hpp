#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// The output quantities of the device stage.
std::vector<OutputRow> device_outputs();

}  // namespace nacre::scenarios
