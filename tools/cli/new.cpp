#include <stdexcept>

#include "engine/io/input_error.hpp"
#include "scenarios/inputs.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_new(const NewOptions& options) {
  try {
    print(scenarios::starting_case(options.stages));
  } catch (const std::invalid_argument& error) {
    throw io::InputError({"nacre new", 0, 0}, "STAGE", "", error.what());
  }
  return exit_code::done;
}

}  // namespace nacre::cli
