#pragma once
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::scenarios::inference {

/// Every key of a fit file: the parser and `nacre inputs --fit` use this one table.
const std::vector<io::InputRow>& fit_inputs();

/// Every key of a design file, for the parser and `nacre inputs --design`.
const std::vector<io::InputRow>& design_inputs();

}  // namespace nacre::scenarios::inference
