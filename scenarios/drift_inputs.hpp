#pragma once
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::scenarios {

/// The keys of a case's [drift] and [[drift.step]].
std::vector<io::InputRow> drift_inputs();

}  // namespace nacre::scenarios
