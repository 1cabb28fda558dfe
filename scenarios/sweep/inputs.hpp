#pragma once
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::scenarios::sweep {

/// Every key of a sweep file: the parser and `nacre inputs --sweep` use this one table.
const std::vector<io::InputRow>& sweep_inputs();

}  // namespace nacre::scenarios::sweep
