#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// What is in a result's group instruments: what virtual instruments recorded and what was read off it.
std::vector<OutputRow> readings_outputs();

}  // namespace nacre::scenarios
