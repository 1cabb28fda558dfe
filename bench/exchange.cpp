#include <benchmark/benchmark.h>

#include <vector>

#include "engine/units/constants.hpp"
#include "models/device/exchange/ensemble.hpp"
#include "models/device/exchange/exciton_hops.hpp"

namespace {

using namespace nacre;
using namespace nacre::device;

/// 180 s of exchange under carriers; classes x cells of composition.
void exchange(benchmark::State& state) {
  constexpr double eV = units::constants::electron_volt;
  const ExchangeLaw law{{1.75 * eV, 2.39 * eV, 0.08 * eV}, 84, 0.02 * eV, 1, {{0, 2}, {0.08 * eV, 6}}, 298.15};
  std::vector<SizeClass> classes;
  const auto count = static_cast<std::size_t>(state.range(0));
  for (std::size_t s = 0; s < count; ++s)
    classes.push_back({1.0 / static_cast<double>(count), (0.02 + 0.002 * static_cast<double>(s)) * eV});
  Ensemble ensemble(law, classes, 0.67, static_cast<int>(state.range(1)));
  const std::vector<Drive> drive{{0.9, 0.0119}};
  Exchanged done;
  for (auto _ : state) {
    ensemble.restart();
    done = ensemble.advance(180, drive);
    benchmark::DoNotOptimize(ensemble.iodide(0));
  }
  state.counters["steps"] = done.steps;
  state.counters["Newton"] = done.iterations;
}
/// Hops of excitons among classes x cells; the floor is a pass over three arrays.
void exciton_hops(benchmark::State& state) {
  const auto kinds = static_cast<std::size_t>(state.range(0) * state.range(1));
  const std::vector<double> made(kinds, 1.0 / static_cast<double>(kinds)), crystals(kinds, 1);
  std::vector<std::size_t> by_gap(kinds);
  for (std::size_t i = 0; i < kinds; ++i) by_gap[i] = 7 * i % kinds;  // in no order of memory
  std::vector<double> light;
  for (auto _ : state) {
    light = made;
    hop_downhill(light, crystals, by_gap, 5);
    benchmark::DoNotOptimize(light.data());
  }
}

BENCHMARK(exchange)->Args({3, 60})->Args({3, 120})->Args({9, 60})->Args({9, 120})->Unit(benchmark::kMicrosecond);
BENCHMARK(exciton_hops)->Args({3, 61})->Args({10, 121})->Unit(benchmark::kMicrosecond);

}  // namespace
