#include "tools/python/runs.hpp"

#include <algorithm>
#include <thread>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/case_path.hpp"
#include "scenarios/comparison_text.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/reproduce.hpp"
#include "scenarios/store.hpp"
#include "scenarios/sweep/merge.hpp"
#include "scenarios/sweep/run.hpp"
#include "scenarios/sweep/sweep.hpp"
#include "tools/python/interruptible.hpp"

namespace nacre::python {
namespace {

using namespace scenarios;

std::string label(const Plan& plan) {
  return plan.variant.empty() ? "" : plan.variant + ": ";
}

Run compute(const std::string& path, const std::vector<Override>& overrides, const std::string& data,
            const std::function<bool()>& stop) {
  const DataLibrary library(data_folders(data));
  Run run{load_case(case_path(path), overrides), {}, {}};
  const std::vector<Plan> plans = load_plans(run.source.variants, library);
  Pipeline pipeline(ModelData(library).colour_table(), stop);
  for (const Plan& plan : plans) {
    run.results.push_back(pipeline.run(plan));
    for (const Warning& warning : plan.warnings) run.warnings.push_back(label(plan) + warning.text);
    for (const Warning& warning : run.results.back().warnings) run.warnings.push_back(label(plan) + warning.text);
    if (stop()) break;
  }
  return run;
}

void compute_sweep(const std::string& path, const std::string& output, int threads, bool resume, bool fresh,
                   const std::string& data, const std::function<bool()>& stop) {
  const DataLibrary library(data_folders(data));
  const sweep::Sweep swept = sweep::load_sweep(path, library);
  io::require_writable(output);
  if (resume && sweep::is_merged(output, sweep::plan_of(swept).identity, sweep::Accept::same)) return;
  if (fresh) sweep::remove_parts(output);
  const sweep::PlanFile plan = sweep::plan_of(swept);
  const std::string folder = sweep::parts_of(output);
  sweep::open_parts(folder, plan, sweep::Accept::same);
  const sweep::Holdings holdings = sweep::take_stock(folder, plan.identity, sweep::Accept::same, stop);
  if (!resume && holdings.count > 0)
    throw io::InputError({folder, 0, 0}, "", "points of this sweep that are computed already",
                         "resume=True to go on, or fresh=True to begin anew");
  parallel::Workers workers;
  workers.count = threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const auto slots = static_cast<std::size_t>(workers.count);
  sweep::Recorder recorder(folder, plan.identity, swept.layout, slots);
  sweep::Tally tally;
  sweep::run_points(sweep::loop_of(workers), {}, holdings, swept.layout.width(),
                    sweep::compute_points(swept, library, slots), stop, recorder, tally);
  if (stop()) return;
  sweep::merge(output, false, false, stop);
  sweep::remove_parts(output);
}

}  // namespace

Run run_case(const std::string& path, const std::vector<std::pair<std::string, std::string>>& overrides,
             const std::string& data) {
  std::vector<Override> changes;
  for (const auto& [key, value] : overrides) changes.push_back(parse_override(key + "=" + value));
  return interruptible([&](const std::function<bool()>& stop) { return compute(path, changes, data, stop); });
}

std::vector<std::string> failures_of(const Result& result) {
  std::vector<std::string> lines;
  for (const Failure& failure : result.failures)
    lines.push_back(label(result.plan) + std::string(name_of(failure.stage)) + ": " + failure.message);
  return lines;
}

void save(const Run& run, const std::string& path) {
  interruptible([&](const std::function<bool()>&) {
    store(path, run.source, run.results);
    return true;
  });
}

void run_sweep(const std::string& path, const std::string& output, int threads, bool resume, bool fresh,
               const std::string& data) {
  interruptible([&](const std::function<bool()>& stop) {
    compute_sweep(path, output, threads, resume, fresh, data, stop);
    return true;
  });
}

std::pair<std::string, std::string> reproduce(const std::vector<std::string>& papers, const std::string& data) {
  return interruptible([&](const std::function<bool()>& stop) {
    const DataLibrary library(data_folders(data));
    const Reproduction reproduction = scenarios::reproduce(papers, library, {0, 1, {}, stop});
    return std::pair(reproduction_json(reproduction), headline(tally(reproduction.comparisons)));
  });
}

}  // namespace nacre::python
