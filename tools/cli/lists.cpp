#include "engine/io/input_listing.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/sweep/inputs.hpp"
#include "scenarios/version.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_inputs(bool markdown, bool sweep) {
  const auto& rows = sweep ? scenarios::sweep::sweep_inputs() : scenarios::case_inputs();
  print(markdown ? io::inputs_markdown(rows) : io::describe_inputs(rows));
  return exit_code::done;
}

int run_outputs(bool markdown) {
  print(markdown ? scenarios::outputs_markdown() : scenarios::describe_outputs());
  return exit_code::done;
}

int run_version() {
  print("nacre " + scenarios::program_version() + " (" + scenarios::git_hash() + ")\n");
  return exit_code::done;
}

}  // namespace nacre::cli
