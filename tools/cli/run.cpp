#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/case_path.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/refinement.hpp"
#include "scenarios/store.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/summary.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

using scenarios::Case;
using scenarios::NumericalErrors;
using scenarios::Plan;
using scenarios::Result;

/// As a string of TOML.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

/// The case with what the command line lays over it.
Case load(const RunOptions& options) {
  std::vector<std::string> overrides = options.overrides;
  if (!options.from_state.empty()) overrides.push_back("device.programme.from=" + quoted(options.from_state));
  return load_with(options.file, overrides);
}

/// Found out before the run, not after it.
void require_output(const RunOptions& options) {
  if (options.output.empty()) return;
  std::error_code error;
  if (std::filesystem::equivalent(options.file, options.output, error)) {
    throw io::InputError({options.output, 0, 0}, "-o", "the case file itself", "another file for the result");
  }
  io::require_writable(options.output);
}

std::string label(const Plan& plan) {
  return plan.variant.empty() ? "" : plan.variant + ": ";
}

void complain_of(const Plan& plan) {
  for (const scenarios::Warning& warning : plan.warnings) complain(label(plan) + "warning: " + warning.text);
}

/// Warnings that were printed, and of how many more variants each would be true.
using Repeated = std::map<std::string, int>;

void complain_of(const Result& result, const std::string& during, Repeated& repeated) {
  for (const scenarios::Warning& warning : result.warnings) {
    const std::string text = during + "warning: " + warning.text;
    const auto [said, first] = repeated.try_emplace(text, 0);
    if (first)
      complain(label(result.plan) + text);
    else
      ++said->second;
  }
  for (const scenarios::Failure& failure : result.failures) {
    complain(label(result.plan) + during + std::string(name_of(failure.stage)) + ": " + failure.message);
  }
}

void tell_of(const Repeated& repeated) {
  for (const auto& [text, more] : repeated)
    if (more > 0) complain("and " + std::to_string(more) + (more == 1 ? " variant" : " variants") + " more: " + text);
}

/// What a run has come to.
struct Outcome {
  std::vector<Result> results;
  NumericalErrors errors;
  std::size_t finished = 0;  ///< variants
  bool failed = false;
};

/// A pitch is a length of the device: there is no finer one.
void say_what_stays(const Plan& plan) {
  if (plan.device && plan.device->stack.transport == device::Transport::sites)
    complain(label(plan) +
             "--refine: the pitch of sites is an input, a length of the device and not of a mesh; it stays, "
             "and no error is estimated for what depends on nothing else");
}

/// Computes a variant again, finer and finer; an interruption leaves it without an estimate.
void refine(const Plan& plan, scenarios::Pipeline& pipeline, const Interruption& interruption, Outcome& outcome,
            Repeated& repeated) {
  say_what_stays(plan);
  scenarios::Refinement refinement(outcome.results.back());
  Plan finer = plan;
  bool any = false;
  for (const scenarios::Finer what : scenarios::all_finer) {
    if (!scenarios::can_refine(finer, what)) continue;
    any = true;
    finer = scenarios::refined(std::move(finer), what);
    const Result result = pipeline.run(finer);
    if (interruption.signal() != 0) return;
    complain_of(result, "refined: ", repeated);
    outcome.failed = outcome.failed || !result.failures.empty();
    refinement.add(what, result);
  }
  if (!any) return complain(label(plan) + "nothing to refine without a synthesis, a device or a drift");
  outcome.errors[plan.variant] = refinement.errors();
}

Outcome compute(const std::vector<Plan>& plans, scenarios::Pipeline& pipeline, const Interruption& interruption,
                bool refining) {
  Outcome outcome;
  Repeated repeated;
  Progress progress;
  for (const Plan& plan : plans) {
    progress.show(label(plan) + "computing");
    outcome.results.push_back(pipeline.run(plan));
    const Result& result = outcome.results.back();
    complain_of(result, "", repeated);
    outcome.failed = outcome.failed || !result.failures.empty();
    if (result.failures.empty() || interruption.signal() == 0) ++outcome.finished;
    if (refining && result.failures.empty() && interruption.signal() == 0)
      refine(plan, pipeline, interruption, outcome, repeated);
    if (interruption.signal() != 0) break;
  }
  tell_of(repeated);
  return outcome;
}

/// A pipe may make the program wait for its reader, so only a file holds signals back.
void keep(const RunOptions& options, const Case& source, const Outcome& outcome, bool complete) {
  std::error_code error;
  const bool replaced = !complete && std::filesystem::is_regular_file(options.output, error);
  std::optional<SignalsHeld> held;
  if (!io::is_stream(options.output)) held.emplace();
  scenarios::store(options.output, source, outcome.results, outcome.errors);
  if (replaced) complain(options.output + ": what stood there was replaced by this result, which is not complete");
}

}  // namespace

Case load_with(const std::string& file, const std::vector<std::string>& overrides) {
  std::vector<scenarios::Override> set;
  for (const std::string& text : overrides) set.push_back(scenarios::parse_override(text));
  return scenarios::load_case(scenarios::case_path(file), set);
}

int run_case(const Global& global, const RunOptions& options) {
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const Case source = load(options);
  const std::vector<Plan> plans = scenarios::load_plans(source.variants, library);
  for (const Plan& plan : plans) complain_of(plan);
  const confinement::ColourTable eye = scenarios::ModelData(library).colour_table();
  require_output(options);
  const io::StreamHeld stream(options.output);

  const Interruption interruption;
  scenarios::Pipeline pipeline(eye, [&] { return interruption.signal() != 0; });
  const Outcome outcome = compute(plans, pipeline, interruption, options.refine);
  const bool complete = !outcome.failed && outcome.finished == plans.size();
  if (!options.output.empty()) keep(options, source, outcome, complete);
  print(options.json ? summary_json(source.title, outcome.results, outcome.errors)
                     : summary(outcome.results, outcome.errors));
  if (options.output.empty()) complain("no file was written: -o FILE.h5 keeps the whole result");
  if (interruption.signal() != 0) {
    const std::string begun = complete ? "" : ", and what was begun as far as it came";
    complain("interrupted after " + std::to_string(outcome.finished) + " of " + std::to_string(plans.size()) +
             " variants" + (options.output.empty() ? "" : "; these are kept" + begun));
    return exit_code::signalled + interruption.signal();
  }
  return outcome.failed ? exit_code::failed : exit_code::done;
}

}  // namespace nacre::cli
