#include "scenarios/inference/sensitivity.hpp"

#include <cmath>
#include <filesystem>

#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/search_progress.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_sensitivity(const Global& global, const SensitivityOptions& options) {
  using namespace scenarios::inference;
  const parallel::Workers workers = search_workers("threads", options.threads);
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const NamedCase source{std::filesystem::path(options.file).stem().string(),
                         load_with(options.file, options.overrides)};
  const SensitivityAsked asked{options.outputs, options.parameters, static_cast<std::size_t>(options.morris),
                               static_cast<std::size_t>(options.sobol), options.seed};
  const Interruption interruption;
  scenarios::inference::Progress progress;
  SensitivityOutcome outcome;
  {
    const SearchProgress shown(progress, options.quiet);
    outcome = sensitivity(source, asked, library, {workers, [&] { return interruption.signal() != 0; }}, progress);
  }
  if (outcome.stopped) {
    complain("interrupted after " + std::to_string(outcome.evaluations) + " points");
    return exit_code::signalled + interruption.signal();
  }
  print(options.json ? sensitivity_json(outcome, asked) : sensitivity_text(outcome, asked));
  for (const OutputSensitivity& output : outcome.outputs)
    if (std::isfinite(output.value)) return exit_code::done;
  return exit_code::failed;
}

}  // namespace nacre::cli
