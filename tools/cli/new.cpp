#include "scenarios/inputs.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_new(const NewOptions& options) {
  print(scenarios::starting_case(options.stages));
  return exit_code::done;
}

}  // namespace nacre::cli
