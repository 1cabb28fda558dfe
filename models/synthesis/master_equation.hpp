#pragma once
#include "models/synthesis/history.hpp"
#include "models/synthesis/recipe.hpp"
#include "models/synthesis/synthesis.hpp"

namespace nacre::synthesis {

/// Follows a recipe with the Becker-Doering master equation on a hybrid size grid (docs/theory/synthesis.md).
/// Stops early, with History::complete false, when more than 1e-6 of the mass reaches the end of the grid or the
/// integration cannot meet its tolerance.
History run_master_equation(const Recipe& recipe, const Options& options);

}  // namespace nacre::synthesis
