// The reference LED: steady currents, a step of the bias, and what their parts cost.
#include <benchmark/benchmark.h>

#include "models/device/at_rest.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "tests/support/full_led.hpp"
#include "tests/support/site_led.hpp"

namespace {

using namespace nacre;

std::vector<double> tenths_of_volts() {
  std::vector<double> biases;
  for (int k = 0; k <= 50; ++k) biases.push_back(0.1 * k);
  return biases;
}

/// 51 points from 0 to 5 V. Budget: 50 ms with vacancies on 300 nodes.
template <bool Vacancies>
void current_voltage(benchmark::State& state) {
  const auto stack = support::reference_led(Vacancies);
  const auto biases = tenths_of_volts();
  device::CurrentVoltage result;
  for (auto _ : state)
    result = device::current_voltage(stack, biases, {static_cast<std::size_t>(state.range(0)), 0.01});
  if (!result.complete) state.SkipWithError(result.message.c_str());
  state.counters["newton_steps"] = result.iterations;
  state.counters["A_per_m2_at_5V"] = result.points.back().current;
}
BENCHMARK(current_voltage<false>)
    ->Name("device/current_voltage/without_vacancies")
    ->Arg(300)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(current_voltage<true>)
    ->Name("device/current_voltage/with_vacancies")
    ->Arg(100)
    ->Arg(300)
    ->Arg(1000)
    ->Arg(3000)
    ->Arg(10000)
    ->Unit(benchmark::kMillisecond);

/// From 0 to 4 V, held for 180 s, on 300 nodes; the argument is the tolerance in 1e-5 kT. Budget: 100 ms at a relative
/// tolerance of 1e-4, which is 1e-2 kT for levels of 100 kT.
void step_and_hold(benchmark::State& state) {
  const auto stack = support::reference_led(true);
  const std::vector<double> times{180.};
  device::Hold result;
  for (auto _ : state)
    result = device::hold(stack, 0, 4, times, {.mesh = {}, .tolerance = 1e-5 * static_cast<double>(state.range(0))});
  if (!result.complete) state.SkipWithError(result.message.c_str());
  state.counters["steps"] = result.steps;
  state.counters["rejected"] = result.rejected;
  state.counters["newton_steps"] = result.iterations;
  state.counters["matrices"] = result.matrices;
}
BENCHMARK(step_and_hold)->Name("device/step_and_hold")->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

/// The same with every optional term: three statistics, junctions and contacts with laws of their own.
void every_term(benchmark::State& state) {
  const auto stack = support::full_led();
  const auto biases = tenths_of_volts();
  device::CurrentVoltage result;
  for (auto _ : state) result = device::current_voltage(stack, biases, {300, 0.01});
  if (!result.complete) state.SkipWithError(result.message.c_str());
  state.counters["newton_steps"] = result.iterations;
}
BENCHMARK(every_term)->Name("device/current_voltage/every_term")->Unit(benchmark::kMillisecond);

/// The plain LED with electron traps that hold charge in its electron transport layer.
device::Stack led_with_traps() {
  auto stack = support::reference_led(true);
  device::Layer& electrons = stack.layers[0];
  electrons.traps = {.density = 2e23,
                     .level = electrons.conduction_band + 0.9 * units::constants::electron_volt,
                     .capture_electron = 1e-17,
                     .capture_hole = 1e-17,
                     .charge = -1};
  return stack;
}

/// Admittance at 60 frequencies about one steady state that is there already, with the assembly of its matrices. With
/// traps, whose occupation is one more unknown, room is kept for a second species of ions. Budget: 10 ms.
template <bool Traps>
void impedance(benchmark::State& state) {
  constexpr std::size_t species = Traps ? 5 : 1;
  device::OnMesh<species> led(Traps ? led_with_traps() : support::reference_led(true),
                              {static_cast<std::size_t>(state.range(0)), 0.01});
  device::AtRest<species> at_rest(led);
  if (!at_rest.along(device::way_to(3), [](std::size_t, const auto&) {}).complete)
    state.SkipWithError("no steady state");
  fvm::SmallSignal<device::DriftDiffusion<species>> signal(led.system());
  for (auto _ : state) {
    signal.about(at_rest.state());
    double frequency = 1e-2;
    for (int k = 0; k < 60; ++k, frequency *= 1.42) benchmark::DoNotOptimize(signal.admittance(6.28 * frequency));
  }
}
BENCHMARK(impedance<false>)->Name("device/impedance/60_frequencies")->Arg(90)->Arg(300)->Unit(benchmark::kMillisecond);
BENCHMARK(impedance<true>)->Name("device/impedance/charged_traps")->Arg(90)->Arg(300)->Unit(benchmark::kMillisecond);

/// 51 points behind a series resistance, whose voltage is one more unknown.
void behind_a_resistance(benchmark::State& state) {
  auto stack = support::reference_led(true);
  stack.circuit.series = 1e-3;
  const auto biases = tenths_of_volts();
  device::CurrentVoltage result;
  for (auto _ : state) result = device::current_voltage(stack, biases, {300, 0.01});
  if (!result.complete) state.SkipWithError(result.message.c_str());
  state.counters["newton_steps"] = result.iterations;
}
BENCHMARK(behind_a_resistance)->Name("device/current_voltage/series_resistance")->Unit(benchmark::kMillisecond);

/// 51 points of an LED on some 90 sites, with dark recombination at a junction and excitons on charged crystals.
/// Budget: 15 ms.
void on_sites(benchmark::State& state) {
  const auto stack = support::site_led();
  const auto biases = tenths_of_volts();
  device::CurrentVoltage result;
  for (auto _ : state) result = device::current_voltage(stack, biases);
  if (!result.complete) state.SkipWithError(result.message.c_str());
  state.counters["newton_steps"] = result.iterations;
}
BENCHMARK(on_sites)->Name("device/current_voltage/sites")->Unit(benchmark::kMillisecond);

/// 51 points.
void charged_traps(benchmark::State& state) {
  const auto stack = led_with_traps();
  const auto biases = tenths_of_volts();
  device::CurrentVoltage result;
  for (auto _ : state) result = device::current_voltage(stack, biases, {300, 0.01});
  if (!result.complete) state.SkipWithError(result.message.c_str());
  state.counters["newton_steps"] = result.iterations;
}
BENCHMARK(charged_traps)->Name("device/current_voltage/charged_traps")->Unit(benchmark::kMillisecond);

/// Assembly of the balances alone and with all derivatives (budget: three times), on 300 nodes: of the plain LED and
/// with every term.
template <bool WithDerivatives, bool EveryTerm>
void assembly(benchmark::State& state) {
  device::OnMesh<1> led(EveryTerm ? support::full_led() : support::reference_led(true), {});
  led.set_bias(3);
  const auto u = led.start();
  fvm::System<device::DriftDiffusion<1>>::Matrix matrix(led.mesh().nodes());
  fvm::System<device::DriftDiffusion<1>>::Values storage(led.mesh().nodes()), balance(led.mesh().nodes());
  for (auto _ : state) {
    if constexpr (WithDerivatives)
      led.system().linearise(u, 1, 1, matrix, storage, balance);
    else
      led.system().balance(u, balance), led.system().storage(u, storage);
    benchmark::DoNotOptimize(balance.data());
  }
}
BENCHMARK(assembly<false, false>)->Name("device/assembly/values")->Unit(benchmark::kMicrosecond);
BENCHMARK(assembly<true, false>)->Name("device/assembly/with_derivatives")->Unit(benchmark::kMicrosecond);
BENCHMARK(assembly<false, true>)->Name("device/assembly/every_term/values")->Unit(benchmark::kMicrosecond);
BENCHMARK(assembly<true, true>)->Name("device/assembly/every_term/with_derivatives")->Unit(benchmark::kMicrosecond);

}  // namespace
