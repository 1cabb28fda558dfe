#include "tools/report/report.hpp"

#include <filesystem>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

void require_other_file(const std::string& input, const std::string& output) {
  std::error_code error;
  if (std::filesystem::equivalent(input, output, error))
    throw io::InputError({output, 0, 0}, "-o", "the file that is to be shown", "another file for the page");
}

}  // namespace

int run_report(const Global& global, const ReportOptions& options) {
  require_other_file(options.file, options.output);
  io::require_writable(options.output);
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const std::string page = report::report_page({options.file, options.measured, options.variants}, library);
  const SignalsHeld held;
  io::write_whole(options.output, {page.data(), page.size()});
  return exit_code::done;
}

}  // namespace nacre::cli
