#include "engine/io/input_error.hpp"
#include "scenarios/case_path.hpp"
#include "scenarios/load.hpp"
#include "scenarios/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

/// Loads everything that a run would, in both columns, and runs nothing.
std::string checked(const std::string& path, const scenarios::DataLibrary& library) {
  const scenarios::Case source = scenarios::load_case(scenarios::case_path(path));
  for (const scenarios::Plan& plan : scenarios::load_plans(source.variants, library)) {
    for (const scenarios::Warning& warning : plan.warnings) {
      complain(path + ": " + plan.variant + (plan.variant.empty() ? "" : ": ") + "warning: " + warning.text);
    }
  }
  scenarios::load_plans(source.a_priori, library);
  std::vector<std::string> names;
  for (const scenarios::Variant& variant : source.variants) {
    if (!variant.name.empty()) names.push_back(variant.name);
  }
  return path + ": ok" + (names.empty() ? "" : "; variants " + scenarios::joined(names)) + "\n";
}

}  // namespace

int run_check(const Global& global, const CheckOptions& options) {
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  int code = exit_code::done;
  for (const std::string& file : options.files) {
    try {
      print(checked(file, library));
    } catch (const io::InputError& error) {
      complain(error.what());
      code = exit_code::wrong_input;
    }
  }
  return code;
}

}  // namespace nacre::cli
