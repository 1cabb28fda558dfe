// The reference LED from 0 to 4 V, held for 180 s, on 300 nodes: the own integrator and SUNDIALS IDA, both from the
// same state on the same finite volumes with the same block solver. Compare times at equal `error`: the largest
// relative error of the current a meter reads at twelve times from 1 ns to 180 s, against the own integrator at its
// tightest.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/fvm/newton.hpp"
#include "engine/fvm/transient.hpp"
#include "models/device/on_mesh.hpp"
#include "tests/support/ida_transient.hpp"
#include "tests/support/reference_led.hpp"

namespace {

using namespace nacre;
using Physics = device::DriftDiffusion<1>;
constexpr std::array times{1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1., 10., 180.};
using Currents = std::array<double, times.size()>;

/// What an integration gives.
struct Followed {
  Currents currents{};
  double vacancies = 0;
  long steps = 0;
  bool complete = true;
};

/// The LED at 4 V, and its state at rest at 0 V.
struct StepOfBias {
  device::OnMesh<1> led{support::reference_led(true), {}};
  fvm::State<4> rest = led.start();
  double vacancies = 0;

  StepOfBias() {
    fvm::Newton<Physics>(led.system(), fvm::Newton<Physics>::Border::contents).solve(rest, {}, led.contents(), {});
    vacancies = led.read(rest).vacancies;
    led.set_bias(4);
  }
  fvm::Transient<Physics> own(double tolerance) const { return {led.system(), {.tolerance = tolerance}}; }
};

Followed follow_with_nacre(const StepOfBias& problem, double tolerance) {
  Followed result;
  auto transient = problem.own(tolerance);
  result.complete = transient.start(problem.rest);
  double now = 0;
  for (std::size_t i = 0; i < times.size() && result.complete; now = times[i++]) {
    result.complete = transient.advance(now, times[i], [](double) {}) == fvm::TransientStatus::done;
    result.currents[i] = problem.led.terminal_current(transient.state());
  }
  result.vacancies = problem.led.read(transient.state()).vacancies;
  result.steps = transient.effort().steps;
  return result;
}

Followed follow_with_ida(const StepOfBias& problem, double tolerance) {
  Followed result;
  auto at_once = problem.own(1e-3);
  result.complete = at_once.start(problem.rest);
  support::IdaTransient<Physics> ida(problem.led.system(), tolerance, tolerance);
  result.complete = result.complete && ida.start(at_once.state());
  for (std::size_t i = 0; i < times.size() && result.complete; ++i) {
    result.complete = ida.advance(times[i]);
    result.currents[i] = problem.led.terminal_current(ida.state());
  }
  result.vacancies = problem.led.read(ida.state()).vacancies;
  result.steps = ida.steps();
  return result;
}

template <class Follow>
void compare(benchmark::State& state, Follow follow) {
  static const StepOfBias problem;
  static const Currents exact = follow_with_nacre(problem, 1e-6).currents;
  const double tolerance = std::pow(10, -static_cast<double>(state.range(0)));
  Followed result;
  for (auto _ : state) result = follow(problem, tolerance);
  if (!result.complete) state.SkipWithError("did not reach the end");
  double error = 0;
  for (std::size_t i = 0; i < times.size(); ++i) error = std::max(error, std::abs(result.currents[i] / exact[i] - 1));
  state.counters["error"] = error;
  state.counters["steps"] = static_cast<double>(result.steps);
  state.counters["content_drift"] = std::abs(result.vacancies / problem.vacancies - 1);
}

void nacre_transient(benchmark::State& state) {
  compare(state, follow_with_nacre);
}
void ida_transient(benchmark::State& state) {
  compare(state, follow_with_ida);
}

}  // namespace

// The argument is -log10 of the tolerance: nacre's in kT, IDA's relative and, in kT, absolute.
BENCHMARK(nacre_transient)->Name("peers/device/nacre")->DenseRange(1, 4)->Unit(benchmark::kMillisecond);
BENCHMARK(ida_transient)->Name("peers/device/ida")->DenseRange(3, 7)->Unit(benchmark::kMillisecond);
