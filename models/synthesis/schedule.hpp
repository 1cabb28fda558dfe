#pragma once
#include <vector>

#include "models/synthesis/recipe.hpp"
#include "models/synthesis/synthesis.hpp"

namespace nacre::synthesis {

/// Output times: logarithmic from options.first_output within the first bath and afresh within every later one
/// (a quench is fast at first, too), and the end of every bath. Ascending, without 0 [s].
std::vector<double> output_times(const std::vector<Bath>& baths, const Options& options);

}  // namespace nacre::synthesis
