#pragma once
#include <string>

namespace nacre::scenarios {

/// The file of a case: the path as it is given, or, where no such file is and it is a plain name ("peng2022"), the case
/// by that name among those that come with the program. Whether there is one its reader says.
std::string case_path(const std::string& given);

}  // namespace nacre::scenarios
