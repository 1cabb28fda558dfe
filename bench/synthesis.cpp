// Whole syntheses, and how their cost grows with the unknowns. The floor of one step of N unknowns: one factorisation
// and six solves of a five-diagonal band are bound by the latency of their dependent multiply-adds, about 0.03 us for
// each unknown at 3 GHz.
#include <benchmark/benchmark.h>

#include "models/synthesis/synthesis.hpp"
#include "tests/support/recipes.hpp"

namespace {

using namespace nacre::synthesis;

void follow(benchmark::State& state, const Recipe& recipe, Kind kind, const Options& options) {
  History history;
  for (auto _ : state) benchmark::DoNotOptimize(history = synthesise(recipe, kind, options));
  if (!history.complete) state.SkipWithError(history.message.c_str());
  state.counters["unknowns"] = history.effort.unknowns;
  state.counters["steps"] = history.effort.steps + history.effort.rejected;
  state.counters["mean_nm"] = history.mean_edge.back() * 1e9;
  state.counters["sd_nm"] = history.sd_edge.back() * 1e9;
}

void room_temperature(benchmark::State& state) {
  follow(state, nacre::support::reprecipitation(298.15), Kind::becker_doering, {});
}

void hot_injection_to_16_nm(benchmark::State& state) {
  Recipe recipe = nacre::support::hot_injection(5e-3);
  recipe.largest_edge = 16e-9;
  follow(state, recipe, Kind::becker_doering, {});
}

void linear_in_unknowns(benchmark::State& state) {
  const int unknowns = static_cast<int>(state.range(0));
  follow(state, nacre::support::reprecipitation(298.15), Kind::becker_doering, {.unknowns = unknowns});
}

void classical_nucleation(benchmark::State& state) {
  follow(state, nacre::support::reprecipitation(298.15), Kind::classical_nucleation, {});
}

void finke_watzky(benchmark::State& state) {
  Recipe recipe = nacre::support::reprecipitation(298.15);
  recipe.finke_watzky = {1e-3, 0.05};
  follow(state, recipe, Kind::finke_watzky, {});
}

}  // namespace

BENCHMARK(room_temperature)->Name("synthesis/becker_doering/298K_900s")->Unit(benchmark::kMillisecond);
BENCHMARK(hot_injection_to_16_nm)->Name("synthesis/becker_doering/hot_injection_grid_16nm")->Unit(benchmark::kMillisecond);
BENCHMARK(linear_in_unknowns)
    ->Name("synthesis/becker_doering/unknowns")
    ->Arg(250)
    ->Arg(500)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(classical_nucleation)->Name("synthesis/classical_nucleation")->Unit(benchmark::kMillisecond);
BENCHMARK(finke_watzky)->Name("synthesis/finke_watzky")->Unit(benchmark::kMillisecond);
