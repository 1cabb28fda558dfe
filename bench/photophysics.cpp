#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "engine/units/constants.hpp"
#include "models/confinement/photophysics.hpp"
#include "models/confinement/platelet.hpp"
#include "scenarios/case.hpp"
#include "scenarios/data.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/support/places.hpp"

namespace {

using namespace nacre;

confinement::PhotophysicsInput input(double excitons) {
  confinement::PhotophysicsInput in;
  in.emitter = {.radiative_rate = 6e7,
                .capture_coefficient = 5e-19,
                .trap_release_rate = 2e7,
                .biexciton_lifetime = 24e-12,
                .biexciton_edge = 4.5e-9,
                .biexciton_exponent = 0.5,
                .trion_ratio = 4};
  in.trap_density = 3e16;
  in.excitons = excitons;
  return in;
}

struct Sizes {
  std::vector<double> edge, number;
};
Sizes sizes() {
  Sizes s;
  for (int i = -100; i <= 100; ++i) {
    s.edge.push_back((4.5 + 0.006 * 5 * i) * 1e-9);
    s.number.push_back(std::exp(-std::pow(0.05 * i, 2) / 2));
  }
  return s;
}

/// Yield, lifetimes and a decay curve of ten decades, 201 sizes; argument: mean excitons per crystal, in hundredths (0:
/// weak excitation). Budget: 0.5 ms.
void decay_curve(benchmark::State& state) {
  const auto in = input(static_cast<double>(state.range(0)) / 100);
  const Sizes s = sizes();
  for (auto _ : state) {
    const auto light = confinement::photophysics(in, s.edge, s.number);
    if (!light.complete) state.SkipWithError(light.message.c_str());
    benchmark::DoNotOptimize(light.plqy);
  }
}
BENCHMARK(decay_curve)->Arg(0)->Arg(10)->Arg(100)->Arg(300)->Arg(500)->Unit(benchmark::kMicrosecond);

void trap_density_of_yield(benchmark::State& state) {
  const auto in = input(0);
  const Sizes s = sizes();
  for (auto _ : state) benchmark::DoNotOptimize(confinement::trap_density_of_plqy(in, s.edge, s.number, 0.78));
}
BENCHMARK(trap_density_of_yield)->Unit(benchmark::kMicrosecond);

void platelet_exciton(benchmark::State& state) {
  const confinement::Bands bands{2.38 * units::constants::electron_volt, 0.117 * units::constants::electron_mass, 7.5,
                                 3 * units::constants::electron_volt, units::constants::electron_mass};
  for (auto _ : state) benchmark::DoNotOptimize(confinement::platelet(bands, 1.8e-9, 15e-9, 15e-9, 2.2).energy);
}
BENCHMARK(platelet_exciton)->Unit(benchmark::kMicrosecond);

/// All photophysics and all virtual instruments of a case of dots, their confinement left out.
void look_at(benchmark::State& state, const std::string& light, const std::string& instruments) {
  const scenarios::DataLibrary library({places::source("models/data")});
  const std::string text =
      "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nsource = \"given\"\nmean = \"5 nm\"\n"
      "standard_deviation = \"0.5 nm\"\n[confinement]\n[photophysics]\nemitter = \"caesium-lead-halide\"\n"
      "traps_per_crystal = 3\n" +
      light + "[instruments]\ntrpl.peak_counts = 10000\nabsorption.noise = 0.001\n" + instruments;
  const scenarios::Case source = scenarios::parse_case(io::Document::parse(text, "bench"), {});
  const auto plans = scenarios::load_plans(source.variants, library);
  const auto eye = scenarios::ModelData(library).colour_table();
  for (auto _ : state) {
    scenarios::Pipeline pipeline(eye);
    const scenarios::Result result = pipeline.run(plans.front());
    if (!result.failures.empty()) state.SkipWithError(result.failures.front().message.c_str());
    state.SetIterationTime(result.photophysics_seconds + result.instruments_seconds);
  }
}

/// Budget: 20 ms.
void photophysics_with_all_instruments(benchmark::State& state) {
  look_at(state, "", "");
}
BENCHMARK(photophysics_with_all_instruments)->UseManualTime()->Unit(benchmark::kMillisecond);

/// Strong excitation, charged crystals, four exponentials, a wide window of the absorption. Budget: 20 ms.
void heavy_photophysics_with_all_instruments(benchmark::State& state) {
  look_at(
      state, "excitons = 5\ncharged_share = 0.1\n",
      "trpl.components = 4\nbleach.strong = 5\nquenching.temperatures = 20\nabsorption.fitted_range = \"1.5 eV\"\n");
}
BENCHMARK(heavy_photophysics_with_all_instruments)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
