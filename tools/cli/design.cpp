#include "scenarios/inference/design.hpp"

#include "engine/io/whole_file.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/search_progress.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {

int run_design(const Global& global, const DesignOptions& options) {
  using namespace scenarios::inference;
  const parallel::Workers workers = search_workers(options.backend, options.threads);
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const Design design = load_design(options.file, library);
  Journal journal = journal_beside(options.output, design.files(), options.resume, design.fingerprint);
  const Interruption interruption(true);
  scenarios::inference::Progress progress;
  DesignOutcome outcome;
  {
    const SearchProgress shown(progress, options.quiet);
    outcome = scenarios::inference::run_design(design, {workers, [&] { return interruption.signal() != 0; }}, journal,
                                               progress);
  }
  if (outcome.stopped) {
    complain("interrupted after " + std::to_string(outcome.evaluations) + " points" +
             (options.output.empty() ? "" : "; they are kept. Go on with --resume"));
    return interruption.signal() == SIGUSR1 ? exit_code::again : exit_code::signalled + interruption.signal();
  }
  print(options.json ? design_json(design, outcome) : design_text(design, outcome));
  if (!outcome.front.empty() && !options.output.empty()) {
    const std::string table = design_csv(design, outcome);
    io::write_whole(options.output, {table.data(), table.size()});
    journal.remove();
  }
  return outcome.is_feasible() ? exit_code::done : exit_code::failed;
}

}  // namespace nacre::cli
