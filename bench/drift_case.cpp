// A whole drift of yang2020, device solution and spectra included: a staircase of 40 voltages, and three minutes at 5
// V. Floor: the sweep of the bias, 60 steady states of 300 nodes, and 40 spectra of 500 points.
#include <benchmark/benchmark.h>

#include "scenarios/case.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/support/places.hpp"

namespace {

using namespace nacre;

void drift_case(benchmark::State& state, const std::string& variant, const std::vector<scenarios::Override>& set) {
  const scenarios::DataLibrary library({places::source("models/data")});
  const scenarios::Case source = scenarios::load_case(places::source("scenarios/cases/yang2020.toml"), set);
  for (const scenarios::Variant& one : source.variants) {
    if (one.name != variant) continue;
    const scenarios::Plan plan = scenarios::load_plan(one, library);
    for (auto _ : state) {
      scenarios::Pipeline pipeline(scenarios::ModelData(library).colour_table());
      const scenarios::Result result = pipeline.run(plan);
      if (!result.failures.empty()) state.SkipWithError(result.failures.front().message.c_str());
      state.counters["device_s"] = result.device_seconds;
      state.counters["drift_s"] = result.drift_seconds;
    }
  }
}
BENCHMARK_CAPTURE(drift_case, staircase_of_40, "sweep", {{"variant.sweep.drift.step.0.increment", "\"0.06 V\""}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(drift_case, hold, "hold", {})->Unit(benchmark::kMillisecond);

}  // namespace
