// Ageing of an LED, alone and with the device solved for as it ages; the circuit of an impedance. Floors: the course
// itself is some hundred evaluations of a closed form; a device that ages is four of its sweeps.
#include <benchmark/benchmark.h>

#include <cmath>

#include "models/device/ageing.hpp"
#include "models/device/equivalent_circuit.hpp"
#include "scenarios/case.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/support/places.hpp"

namespace {

using namespace nacre;

void ageing_course(benchmark::State& state) {
  const auto at = [](double growth) {
    const double loss = 0.25 * std::exp(growth);
    return device::Aged{5e26 * loss / (1 + loss), 1 / (1 + loss)};
  };
  for (auto _ : state) {
    const device::AgeingCourse course({1e-9, 1e25}, at, 2.5, 59);
    const auto light = [&](double growth, double) { return at(growth).light; };
    benchmark::DoNotOptimize(course.time_at(course.growth_at(light, 0.4)));
  }
}
BENCHMARK(ageing_course)->Unit(benchmark::kMicrosecond);

/// T95 and T50 of the LED of ren2024 at the current of 102 cd/m2, the fresh device's solution not counted.
void ageing_device(benchmark::State& state) {
  const scenarios::DataLibrary library({places::source("models/data")});
  const scenarios::Case source = scenarios::load_case(places::source("scenarios/cases/ren2024.toml"));
  for (const scenarios::Variant& one : source.variants) {
    if (one.name != "led_t") continue;
    const scenarios::Plan plan = scenarios::load_plan(one, library);
    for (auto _ : state) {
      scenarios::Pipeline pipeline(scenarios::ModelData(library).colour_table());
      const scenarios::Result result = pipeline.run(plan);
      if (!result.failures.empty()) state.SkipWithError(result.failures.front().message.c_str());
      state.SetIterationTime(result.ageing_seconds);
      state.counters["device_s"] = result.device_seconds;
    }
  }
}
BENCHMARK(ageing_device)->UseManualTime()->Unit(benchmark::kMillisecond);

void circuit_fit(benchmark::State& state) {
  const device::EquivalentCircuit led{2e-3, 0, {{0.15, 2e-6}, {0.06, 0.8}}, 0};
  std::vector<double> frequencies;
  std::vector<std::complex<double>> impedance;
  for (int i = 0; i < 60; ++i) {
    frequencies.push_back(std::pow(10, -2 + 9 * i / 59.0));
    // a distributed process beside, so that the fit has to try every arc
    impedance.push_back(led.impedance(frequencies.back()) +
                        0.02 / std::pow(std::complex<double>(1, frequencies.back() / 1e3), 0.7));
  }
  for (auto _ : state) benchmark::DoNotOptimize(device::fit_circuit(frequencies, impedance));
}
BENCHMARK(circuit_fit)->Unit(benchmark::kMillisecond);

}  // namespace
