// A whole device case: read, every point of the sweep, light, spectra and profiles. The solver alone is in device.cpp.
#include <benchmark/benchmark.h>

#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/support/places.hpp"

namespace {

using namespace nacre::scenarios;

/// The reference LED with vacancies: 51 points, 300 nodes, three profiles, spectra of 1401 wavelengths.
void reference_case(benchmark::State& state) {
  const DataLibrary library(data_folders(""));
  const auto eye = ModelData(library).colour_table();
  const std::string path = nacre::places::source("scenarios/cases/led_reference.toml");
  double seconds = 0;
  for (auto _ : state) {
    const Case source = load_case(path);
    const Result result = Pipeline(eye).run(load_plan(source.variants.front(), library));
    if (!result.failures.empty()) state.SkipWithError(result.failures.front().message.c_str());
    seconds = result.device_seconds;
  }
  state.counters["device_ms"] = 1e3 * seconds;
}
BENCHMARK(reference_case)->Name("device/case/reference")->Unit(benchmark::kMillisecond);

}  // namespace
