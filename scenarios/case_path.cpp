#include "scenarios/case_path.hpp"

#include <filesystem>

#include "engine/io/input_error.hpp"
#include "scenarios/data.hpp"

namespace nacre::scenarios {

std::string case_path(const std::string& given) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (given.empty() || given.find('/') != std::string::npos || fs::exists(given, error)) return given;
  try {
    const fs::path shipped = fs::path(shared_folder("cases")) / (given + ".toml");
    return fs::is_regular_file(shipped, error) ? shipped.string() : given;
  } catch (const io::InputError&) {
    return given;  // nothing is installed
  }
}

}  // namespace nacre::scenarios
