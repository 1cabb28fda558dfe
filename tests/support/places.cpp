#include "tests/support/places.hpp"

namespace nacre::places {

std::string source(const std::string& path) {
  return std::string(NACRE_ROOT) + "/" + path;
}

std::string program() {
  return NACRE_PROGRAM;
}

}  // namespace nacre::places
