#pragma once
#include <string>

namespace nacre::scenarios {

/// "0.1.0".
std::string program_version();
/// Of the sources that this program was built from; "unknown" outside a repository.
std::string git_hash();
/// Version of the layout of result files.
inline constexpr int result_schema = 1;

}  // namespace nacre::scenarios
