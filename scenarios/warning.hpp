#pragma once
#include <string>

namespace nacre::scenarios {

/// Something beyond the range of its data.
struct Warning {
  std::string about;  ///< what, of which range, and what is done: the same for all variants and points that it concerns
  std::string text;   ///< the same with the number that was met
};

}  // namespace nacre::scenarios
