#pragma once
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::scenarios {

/// Every key of one variant of a case: the one table that parser, `nacre check`, `nacre inputs`, `nacre new` and the
/// documentation use. The keys by which a case holds several variants (variant.*, a_priori, fitted.*) are those of
/// case.hpp.
const std::vector<io::InputRow>& case_inputs();

/// The stages that `nacre new` takes: tables of a case other than [material].
std::vector<std::string> stage_tables();

/// A commented case with [material] and the tables named (none: synthesis and confinement), which `nacre check`
/// accepts. Throws io::InputError, with the nearest known name, for a table that is none.
std::string starting_case(const std::vector<std::string>& tables);

}  // namespace nacre::scenarios
