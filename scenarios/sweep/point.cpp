#include <algorithm>
#include <exception>
#include <memory>

#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/sweep/run.hpp"

namespace nacre::scenarios::sweep {
namespace {

/// The stage that failed and why, or what is missing among the numbers that are kept.
std::string reason_of(const Result& result, const std::string& missing) {
  if (result.failures.empty()) return missing;
  const Failure& first = result.failures.front();
  return std::string(name_of(first.stage)) + ": " + first.message;
}

/// What of a point lies beyond its data, each once, sorted.
std::vector<std::string> warnings_of(const Result& result) {
  std::vector<std::string> all;
  for (const std::vector<Warning>* warnings : {&result.plan.warnings, &result.warnings}) {
    for (const Warning& warning : *warnings)
      if (std::find(all.begin(), all.end(), warning.about) == all.end()) all.push_back(warning.about);
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// A pipeline remembers what it computed, so each point has one of its own: memory must not grow, and no point may see
/// another one.
void compute(const Sweep& sweep, const DataLibrary& library, const confinement::ColourTable& eye, Record& record) {
  const std::vector<double> coordinates = sweep.space.coordinates(record.id);
  std::copy(coordinates.begin(), coordinates.end(), record.values.begin());
  const Plan plan = load_plan(sweep.point(coordinates), library);
  const Result result = Pipeline(eye).run(plan);
  const std::span<double> kept = std::span(record.values).subspan(coordinates.size());
  record.reason = reason_of(result, sweep.kept.extract(result, kept));
  record.warnings = warnings_of(result);
  record.status = record.reason.empty() ? Status::ok : Status::failed;
}

}  // namespace

Compute compute_points(const Sweep& sweep, const DataLibrary& library, std::size_t workers) {
  const auto libraries = std::make_shared<std::vector<DataLibrary>>(workers, library);
  const auto eye = std::make_shared<const confinement::ColourTable>(ModelData(library).colour_table());
  return [&sweep, libraries, eye](std::size_t worker, Record& record) {
    try {
      compute(sweep, libraries->at(worker), *eye, record);
    } catch (const std::exception& error) {
      record.status = Status::failed;
      record.reason = error.what();
    }
  };
}

}  // namespace nacre::scenarios::sweep
