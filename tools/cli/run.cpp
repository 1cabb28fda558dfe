#include <cmath>
#include <filesystem>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
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

Case load(const RunOptions& options) {
  std::vector<scenarios::Override> overrides;
  for (const std::string& text : options.overrides) overrides.push_back(scenarios::parse_override(text));
  return scenarios::load_case(options.file, overrides);
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

/// How far each scalar moves when the numerics are refined.
std::map<std::string, double> differences(const Result& result, const Result& finer) {
  std::map<std::string, double> errors;
  for (const scenarios::OutputRow& row : scenarios::outputs()) {
    if (!row.is_scalar()) continue;
    const double error = std::abs(scenarios::scalar(row, finer) - scenarios::scalar(row, result));
    if (std::isfinite(error)) errors[row.name] = error;
  }
  return errors;
}

void complain_of(const Result& result, const std::string& during) {
  for (const scenarios::Failure& failure : result.failures) {
    complain(label(result.plan) + during + std::string(name_of(failure.stage)) + ": " + failure.message);
  }
}

}  // namespace

int run_case(const Global& global, const RunOptions& options) {
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const Case source = load(options);
  const std::vector<Plan> plans = scenarios::load_plans(source.variants, library);
  scenarios::Pipeline pipeline(scenarios::ModelData(library).colour_table());
  require_output(options);

  const Interruption interruption;
  std::vector<Result> results;
  NumericalErrors errors;
  bool failed = false;
  {
    Progress progress;
    for (const Plan& plan : plans) {
      progress.show(label(plan) + "computing");
      results.push_back(pipeline.run(plan));
      complain_of(results.back(), "");
      failed = failed || !results.back().failures.empty();
      if (options.refine && !plan.synthesis) complain(label(plan) + "nothing to refine without a synthesis");
      if (options.refine && plan.synthesis && results.back().failures.empty()) {
        const Result finer = pipeline.run(scenarios::refined(plan));
        complain_of(finer, "refined: ");
        failed = failed || !finer.failures.empty();
        errors[plan.variant] = differences(results.back(), finer);
      }
      if (interruption.signal() != 0) break;
    }
  }
  if (!options.output.empty()) {
    const SignalsHeld held;
    scenarios::store(options.output, source, results, errors);
  }
  print(options.json ? summary_json(source.title, results, errors) : summary(results, errors));
  if (interruption.signal() != 0) {
    complain("interrupted after " + std::to_string(results.size()) + " of " + std::to_string(plans.size()) +
             " variants; these are kept");
    return exit_code::signalled + interruption.signal();
  }
  return failed ? exit_code::failed : exit_code::done;
}

}  // namespace nacre::cli
