#include "scenarios/version.hpp"

#include "git_hash.hpp"

namespace nacre::scenarios {

std::string program_version() {
  return NACRE_VERSION;
}

std::string git_hash() {
  return NACRE_GIT_HASH;
}

}  // namespace nacre::scenarios
