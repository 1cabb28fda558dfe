#pragma once
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::scenarios {

/// The keys of a case's [ageing].
std::vector<io::InputRow> ageing_inputs();

}  // namespace nacre::scenarios
