#include "engine/io/input_listing.hpp"
#include "scenarios/inference/inputs.hpp"
#include "scenarios/inputs.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/sweep/inputs.hpp"
#include "scenarios/version.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

namespace {

const std::vector<io::InputRow>& rows_of(InputsOf of) {
  switch (of) {
    case InputsOf::sweeps:
      return scenarios::sweep::sweep_inputs();
    case InputsOf::fits:
      return scenarios::inference::fit_inputs();
    case InputsOf::designs:
      return scenarios::inference::design_inputs();
    case InputsOf::cases:
      break;
  }
  return scenarios::case_inputs();
}

}  // namespace

int run_inputs(bool markdown, InputsOf of) {
  const std::vector<io::InputRow>& rows = rows_of(of);
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
