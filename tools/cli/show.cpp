#include "scenarios/result_file.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_show(const std::string& file) {
  print(scenarios::describe_result(scenarios::open_result(file)));
  return exit_code::done;
}

int run_export(const std::string& file, const std::string& folder) {
  for (const std::string& path : scenarios::export_csv(scenarios::open_result(file), folder)) print(path + "\n");
  return exit_code::done;
}

}  // namespace nacre::cli
