#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// What is in a result's groups material, synthesis and sizes.
std::vector<OutputRow> material_outputs();
std::vector<OutputRow> synthesis_outputs();
std::vector<OutputRow> size_outputs();

}  // namespace nacre::scenarios
