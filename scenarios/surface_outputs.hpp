#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// Rows of the table of outputs: of the surface stage, and of the film stage.
std::vector<OutputRow> surface_outputs();
std::vector<OutputRow> film_outputs();

}  // namespace nacre::scenarios
