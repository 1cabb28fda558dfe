// What a fit costs beyond the runs of its model, and what a gradient by dual numbers costs beside the energy itself.
#include <benchmark/benchmark.h>

#include <cmath>

#include "engine/units/constants.hpp"
#include "models/confinement/emission_slopes.hpp"
#include "models/confinement/exciton_slopes.hpp"
#include "scenarios/inference/fit.hpp"
#include "scenarios/model_data.hpp"
#include "tests/support/places.hpp"

namespace {

namespace inference = nacre::scenarios::inference;

/// A whole fit of shipped constants from its start; the share of the time that is not spent in runs of the model.
void overhead(benchmark::State& state, const char* name) {
  const nacre::scenarios::DataLibrary library(nacre::scenarios::data_folders(""));
  const inference::Fit fit = inference::load_fit(nacre::places::source(std::string("scenarios/fits/") + name), library);
  double seconds = 0, in_model = 0, points = 0;
  for (auto _ : state) {
    inference::Journal journal;
    inference::Progress progress;
    const inference::FitOutcome outcome = run_fit(fit, {{nacre::parallel::Backend::serial, 1}, {}}, journal, progress);
    seconds += outcome.seconds;
    in_model += outcome.evaluation_seconds;
    points += static_cast<double>(outcome.evaluations);
  }
  state.counters["overhead_%"] = 100 * (seconds - in_model) / seconds;
  state.counters["points"] = points / static_cast<double>(state.iterations());
}

nacre::confinement::Bands bands() {
  namespace constant = nacre::units::constants;
  return {2.36 * constant::electron_volt, 0.117 * constant::electron_mass, 7.5, 3 * constant::electron_volt,
          constant::electron_mass};
}

void exciton(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(nacre::confinement::exciton(bands(), 2e-9).energy);
}

/// The energy with its derivatives by five properties of the bands and the radius.
void exciton_slopes(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(nacre::confinement::exciton_slopes(bands(), 2e-9).gap);
}

/// The spectra of an ensemble as a case computes them, and the derivatives of its peak.
struct Ensemble {
  nacre::confinement::OpticsInput input;
  std::vector<double> edges, weights;
  nacre::confinement::ColourTable eye;
  Ensemble() {
    namespace constant = nacre::units::constants;
    input.bands = bands();
    input.shape = nacre::confinement::Shape::sphere;
    input.line = {0.06 * constant::electron_volt, 0, 0, 0.05};
    for (int i = -50; i <= 50; ++i) {
      edges.push_back(4e-9 + 1e-11 * i);
      weights.push_back(std::exp(-i * i / 800.0));
    }
    eye = nacre::scenarios::ModelData(nacre::scenarios::DataLibrary(nacre::scenarios::data_folders(""))).colour_table();
  }
};

void ensemble(benchmark::State& state) {
  const Ensemble one;
  for (auto _ : state)
    benchmark::DoNotOptimize(nacre::confinement::compute(one.input, one.edges, one.weights, one.eye).pl_peak);
}

void peak_slopes(benchmark::State& state) {
  const Ensemble one;
  const double peak = nacre::confinement::compute(one.input, one.edges, one.weights, one.eye).pl_peak;
  for (auto _ : state)
    benchmark::DoNotOptimize(nacre::confinement::peak_slopes(one.input, one.edges, one.weights, peak)->gap);
}

}  // namespace

BENCHMARK(exciton)->Name("slopes/exciton_alone")->Unit(benchmark::kMicrosecond);
BENCHMARK(exciton_slopes)->Name("slopes/exciton_with_six")->Unit(benchmark::kMicrosecond);
BENCHMARK(ensemble)->Name("slopes/ensemble_alone")->Unit(benchmark::kMicrosecond);
BENCHMARK(peak_slopes)->Name("slopes/six_of_its_peak")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(overhead, kinetics, "peng2022_kinetics.toml")->Name("fit/kinetics")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(overhead, surface, "ye2022_surface.toml")->Name("fit/surface")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(overhead, sizing, "mapbbr3_sizing.toml")->Name("fit/sizing")->Unit(benchmark::kMillisecond);
