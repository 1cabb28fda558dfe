#pragma once
#include "scenarios/readings.hpp"

namespace nacre::scenarios {

/// Compares what was read with what was there, which a virtual instrument knows: takes back what is no reading, and
/// adds a warning to the result for each number that could not be read or is not to be trusted.
void judge(Readings& readings, Result& result);

}  // namespace nacre::scenarios
