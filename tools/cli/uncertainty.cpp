#include "scenarios/inference/uncertainty.hpp"

#include <filesystem>

#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/search_progress.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_uncertainty(const Global& global, const UncertaintyOptions& options) {
  using namespace scenarios::inference;
  const parallel::Workers workers = search_workers("threads", options.threads);
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const NamedCase source{std::filesystem::path(options.file).stem().string(),
                         load_with(options.file, options.overrides)};
  const Interruption interruption;
  scenarios::inference::Progress progress;
  UncertaintyOutcome outcome;
  {
    const SearchProgress shown(progress, options.quiet);
    outcome = uncertainty(source, options.outputs, static_cast<std::uint64_t>(options.samples), options.seed, library,
                          {workers, [&] { return interruption.signal() != 0; }}, progress);
  }
  if (outcome.stopped) {
    complain("interrupted after " + std::to_string(progress.evaluations) + " of " + std::to_string(options.samples) +
             " samples");
    return exit_code::signalled + interruption.signal();
  }
  print(options.json ? uncertainty_json(outcome) : uncertainty_text(outcome));
  return outcome.failed == outcome.samples ? exit_code::failed : exit_code::done;
}

}  // namespace nacre::cli
