#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/device/equilibrium.hpp"
#include "models/device/on_mesh.hpp"
#include "models/device/solver.hpp"

namespace nacre::device {

/// From 0 V in tenths of a volt.
inline std::vector<double> way_to(double bias) {
  std::vector<double> way{0};
  const int count = static_cast<int>(std::ceil(std::abs(bias) / 0.1));
  for (int k = 1; k <= count; ++k) way.push_back(bias * k / count);
  return way;
}

/// Why steady states end with a voltage [V]: interrupted, or none beyond it, and where the last iteration was worst.
std::string end_of(const fvm::SweepOutcome& outcome, const fvm::Mesh& mesh, const Stack& stack, std::size_t unknowns);

/// Where an iteration was worst, in words: the equation, its layer and place. `unknowns`: of a node.
std::string place_of(const fvm::NewtonOutcome& outcome, const fvm::Mesh& mesh, const Stack& stack,
                     std::size_t unknowns);

/// Steady states of a device, with the circuit around it. Goes on from the state that it reached last.
template <std::size_t Species>
class AtRest {
 public:
  using Physics = DriftDiffusion<Species>;
  using Newton = fvm::Newton<Physics>;
  using State = typename OnMesh<Species>::State;

  explicit AtRest(OnMesh<Species>& device)
      : device_(device),
        newton_(device.system(), Newton::Border::contents),
        driven_(device.system(), Newton::Border::both),
        state_(device.start()) {}

  const State& state() const { return state_; }

  /// Along voltages of the source, the first of them at or near 0 V or where the last call ended; `keep(index, state)`
  /// gets each.
  template <class Keep>
  fvm::SweepOutcome along(std::span<const double> voltages, Keep keep) {
    if (device_.physics().circuit.is_ideal())
      return fvm::sweep(
          newton_, state_, device_.contents(), voltages, [&](double v) { device_.set_bias(v); }, keep, {}, deepest,
          [&](State& u) { return settle(u, false); });
    return fvm::sweep(
        driven_, state_, device_.contents(), voltages,
        [&](double v) {
          device_.set_drive({Source::voltage, v});
        },
        keep, {}, deepest, [&](State& u) { return settle(u, true); });
  }

  /// Reads a state at rest; where the sums of its current disagree, after one more iteration. A change that is nothing
  /// to the levels may be much to the current of a layer that conducts well.
  OperatingPoint read(State& u);
  OperatingPoint read() { return read(state_); }

  /// To a current of the source [A/m2]. The voltage goes up or down in tenths of a volt until the current is passed;
  /// from there on both are unknown. The last outcome tells why not.
  fvm::SweepOutcome to_current(double current);

 private:
  static constexpr int deepest = 12;

  /// Without bias there is one state, which is found from anywhere; else lets time pass until even ions are at rest.
  bool settle(State& u, bool driven) const;
  /// What the current at a voltage lacks or has too much.
  double excess(double voltage, double current, fvm::SweepOutcome& outcome);

  OnMesh<Species>& device_;
  Newton newton_, driven_;
  State state_;
};

template <std::size_t Species>
bool AtRest<Species>::settle(State& u, bool driven) const {
  const bool unbiased = driven ? device_.physics().drive.value == 0 : device_.physics().bias == 0;
  if (State found = u; unbiased && equilibrate(device_, found)) return u = std::move(found), true;
  constexpr double at_rest = 1e10;  // s
  fvm::Transient<Physics> transient(device_.system(), {.tolerance = 0.1, .most_steps = 2000}, driven);
  const bool settled = transient.start(u) && transient.advance(0, at_rest, [](double) {}) == fvm::TransientStatus::done;
  u = transient.state();
  return settled;
}

template <std::size_t Species>
OperatingPoint AtRest<Species>::read(State& u) {
  constexpr double enough = 1e-9;
  const OperatingPoint point = device_.read(u);
  if (!(unclosed(point) > enough)) return point;
  State finer = u;
  (device_.physics().driven ? driven_ : newton_)
      .solve(finer, {}, device_.contents(), {.tolerance = 0, .iterations = 1});
  const OperatingPoint again = device_.read(finer);
  if (!(unclosed(again) < unclosed(point))) return point;
  u = std::move(finer);
  return again;
}

template <std::size_t Species>
double AtRest<Species>::excess(double voltage, double current, fvm::SweepOutcome& outcome) {
  const std::array way{device_.bias(state_), voltage};
  const auto step = fvm::sweep(
      newton_, state_, device_.contents(), way, [&](double v) { device_.set_bias(v); },
      [](std::size_t, const auto&) {});
  outcome.complete = outcome.complete && step.complete, outcome.last = step.last;
  outcome.iterations += step.iterations, outcome.halvings += step.halvings;
  state_.global = voltage / device_.physics().thermal_voltage;
  return device_.terminal_current(state_) + voltage / device_.physics().circuit.shunt - current;
}

template <std::size_t Species>
fvm::SweepOutcome AtRest<Species>::to_current(double current) {
  constexpr double step = 0.1, highest = 100;
  fvm::SweepOutcome outcome;
  double low = device_.bias(state_);
  const bool up = excess(low, current, outcome) < 0;
  double high = low;
  do {
    low = high, high += up ? step : -step;
    const double beyond = excess(high, current, outcome);
    if (!outcome.complete || std::abs(high) > highest) return outcome.reached = low, outcome.complete = false, outcome;
    if ((beyond < 0) != up) break;
  } while (true);
  // The current is convex where it matters: from beyond, Newton's iteration runs down to it.
  double at = high;
  for (int trial = 0; trial < 40; ++trial) {
    State u = state_;
    device_.set_drive({Source::current, current});
    outcome.last = driven_.solve(u, {}, device_.contents(), {});
    outcome.iterations += outcome.last.iterations;
    if (outcome.last.converged) {
      state_ = std::move(u), outcome.reached = device_.bias(state_);
      return outcome;
    }
    if (outcome.last.interrupted) break;
    device_.set_bias(at);
    at = (low + high) / 2;
    ((excess(at, current, outcome) < 0) == up ? low : high) = at;
    if (!outcome.complete) break;
  }
  return outcome.reached = low, outcome.complete = false, outcome;
}

}  // namespace nacre::device
