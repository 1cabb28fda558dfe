#include "scenarios/reproduce.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/comparison_text.hpp"
#include "scenarios/store.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/search_progress.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

using scenarios::Reproduction;

void write(const std::filesystem::path& path, const std::string& text) {
  io::write_whole(path.string(), {text.data(), text.size()});
}

void make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw io::InputError({folder, 0, 0}, "", "a folder that cannot be made (" + error.message() + ")",
                         "a folder to write to");
  io::require_writable((std::filesystem::path(folder) / "targets.csv").string());
}

/// The results of both columns and the table in three forms.
void write_files(const std::filesystem::path& folder, const Reproduction& reproduction) {
  const SignalsHeld held;
  for (const scenarios::PaperRun& run : reproduction.runs) {
    scenarios::store((folder / (run.source.paper + ".h5")).string(), run.source, run.calibrated.results);
    scenarios::store((folder / (run.source.paper + "-a-priori.h5")).string(), run.source, run.a_priori.results);
  }
  write(folder / "targets.csv", scenarios::reproduction_csv(reproduction));
  write(folder / "targets.md", scenarios::reproduction_markdown(reproduction));
  write(folder / "targets.json", scenarios::reproduction_json(reproduction));
}

bool any_outside(const Reproduction& reproduction) {
  return std::any_of(reproduction.comparisons.begin(), reproduction.comparisons.end(),
                     [](const scenarios::Comparison& c) { return c.verdict == scenarios::Verdict::outside; });
}

}  // namespace

int run_reproduce(const Global& global, const ReproduceOptions& options) {
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  if (!options.folder.empty()) make_folder(options.folder);
  scenarios::Sampling sampling;
  if (options.samples) {
    sampling.samples = static_cast<std::uint64_t>(*options.samples);
    sampling.workers = search_workers("threads", options.threads);
  }
  const Reproduction reproduction = scenarios::reproduce(options.papers, library, sampling);
  print(options.json ? scenarios::reproduction_json(reproduction) : scenarios::reproduction_text(reproduction));
  if (!options.folder.empty()) write_files(options.folder, reproduction);
  for (const std::string& failure : reproduction.failures) complain(failure);
  const bool missed = options.strict && any_outside(reproduction);
  return reproduction.failures.empty() && !missed ? exit_code::done : exit_code::failed;
}

}  // namespace nacre::cli
