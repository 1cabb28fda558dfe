#include "scenarios/inference/fit.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/io/whole_file.hpp"
#include "scenarios/inference/fit_text.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/search_progress.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

using namespace scenarios::inference;

/// Parameters that --profile names, or all.
void add_profiles(Fit& fit, const std::vector<std::string>& names) {
  const std::vector<Parameter>& all = fit.model.parameters();
  for (const std::string& name : names) {
    bool found = false;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (name != "all" && name != all[k].name) continue;
      found = true;
      if (std::find(fit.profiled.begin(), fit.profiled.end(), k) == fit.profiled.end()) fit.profiled.push_back(k);
    }
    if (found) continue;
    std::vector<std::string> known;
    for (const Parameter& p : all) known.push_back(p.name);
    const std::string near = io::nearest(name, known);
    throw io::InputError({"--profile", 0, 0}, "", "\"" + name + "\"",
                         near.empty() ? "the name of a parameter, or all" : "perhaps \"" + near + "\"");
  }
}

/// Only a record is replaced without being asked.
void require_record(const std::string& output) {
  std::error_code error;
  if (output.empty() || !std::filesystem::is_regular_file(output, error)) return;
  const std::string there = io::read_whole(output);
  if (there.empty() || there.starts_with("# Written by `nacre fit")) return;
  throw io::InputError({output, 0, 0}, "-o", "a file that is no record of a fit", "another name, or remove it first");
}

}  // namespace

int run_fit(const Global& global, const FitOptions& options) {
  const parallel::Workers workers = search_workers(options.backend, options.threads);
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  Fit fit = load_fit(options.file, library);
  add_profiles(fit, options.profiles);
  if (options.seed) fit.options.seed = *options.seed;
  Journal journal = journal_beside(options.output, fit.files(), options.resume,
                                   fit.fingerprint + "-" + std::to_string(fit.options.seed));
  require_record(options.output);
  const Interruption interruption(true);
  scenarios::inference::Progress progress;
  FitOutcome outcome;
  {
    const SearchProgress shown(progress, options.quiet);
    outcome =
        scenarios::inference::run_fit(fit, {workers, [&] { return interruption.signal() != 0; }}, journal, progress);
  }
  if (outcome.stopped) {
    complain("interrupted after " + std::to_string(outcome.evaluations) + " points" +
             (options.output.empty() ? "" : "; they are kept. Go on with --resume"));
    return interruption.signal() == SIGUSR1 ? exit_code::again : exit_code::signalled + interruption.signal();
  }
  print(options.json ? fit_json(fit, outcome) : fit_text(fit, outcome));
  if (outcome.found && !options.output.empty()) {
    const std::string record = record_text(fit, outcome);
    io::write_whole(options.output, {record.data(), record.size()});
    journal.remove();
  }
  return outcome.found ? exit_code::done : exit_code::failed;
}

}  // namespace nacre::cli
