#pragma once
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "engine/fvm/newton.hpp"

namespace nacre::fvm {

/// How a sweep ended.
struct SweepOutcome {
  bool complete = true;       ///< false: stopped before the end; every point before was handed over
  double reached = 0;         ///< last value of the parameter that was solved
  int iterations = 0;         ///< Newton steps, all told
  int halvings = 0;           ///< times that a step of the parameter had to be halved
  std::vector<double> jumps;  ///< values at which no step was small enough and the state settled elsewhere
  NewtonOutcome last;         ///< of the last iteration: where it was worst when it failed
};

/// Where a branch of steady states ends, the sweep ends.
struct NoSettling {
  template <class State>
  bool operator()(State&) const {
    return false;
  }
};

/// Whether a state is another one than it could have become in a step of the parameter that is next to nothing: an
/// unknown that does not evolve differs by more than one. (Of the others some may be scarce, and anywhere.)
template <Physics P>
bool is_elsewhere(const State<P::unknowns>& from, const State<P::unknowns>& to) {
  for (std::size_t i = 0; i < from.nodes(); ++i)
    for (std::size_t k = 0; k < P::unknowns; ++k)
      if (!P::evolves[k] && !(std::abs(to.value[i][k] - from.value[i][k]) <= 1)) return true;
  return false;
}

/// Follows steady states along a parameter: `set(value)` changes the physics, `keep(index, state)` receives the state
/// at each of `values`. u: a start for the first value, improved on the way. Steps are predicted linearly from the last
/// two states and halved, at most `deepest` times, where Newton fails. Where the branch ends (a fold: no state near
/// solves the next step, however small) `settle(state)` may let time pass until the state comes to rest on another one;
/// so it may where Newton fails from the start.
template <Physics P, class Set, class Keep, class Settle = NoSettling>
SweepOutcome sweep(Newton<P>& newton, State<P::unknowns>& u, std::span<const double> contents,
                   std::span<const double> values, Set set, Keep keep, const NewtonControls& controls = {},
                   int deepest = 12, Settle settle = {}) {
  constexpr std::size_t M = P::unknowns;
  SweepOutcome outcome;
  State<M> last, before;
  double at = 0, at_before = 0;
  bool started = false, has_slope = false;
  const auto predict = [&](double to) {
    u = last;
    const double share = has_slope ? (to - at) / (at - at_before) : 0;
    if (has_slope) u.global += share * (last.global - before.global);
    for (std::size_t i = 0; has_slope && i < u.nodes(); ++i)
      for (std::size_t k = 0; k < M; ++k)
        u.add(i, k, share * ((last.value[i][k] - before.value[i][k]) + (last.rest[i][k] - before.rest[i][k])));
  };
  const auto solve = [&] {
    outcome.last = newton.solve(u, {}, contents, controls);
    outcome.iterations += outcome.last.iterations;
    return outcome.last.converged;
  };
  const State<M> start = u;
  const auto jump = [&] {
    u = started ? last : start;
    if (outcome.last.interrupted) return false;
    if (!settle(u)) return outcome.last.interrupted = newton.is_interrupted(), false;
    if (!solve()) return false;
    if (started && is_elsewhere<P>(last, u)) outcome.jumps.push_back(at);
    return true;
  };
  for (std::size_t index = 0; index < values.size(); ++index) {
    double target = values[index];
    for (int depth = 0; !started || at != values[index];) {
      if (started) predict(target);
      set(target);
      const bool solved = solve(), jumped = !solved && (!started || depth == deepest) && jump();
      if (solved || jumped) {
        if (started && target != at) before = std::move(last), at_before = at, has_slope = !jumped;
        last = u, at = outcome.reached = target, started = true;
        target = values[index];
        if (jumped) depth = 0;
      } else if (!started || outcome.last.interrupted || ++depth > deepest) {
        outcome.complete = false;
        if (started) u = last;
        return outcome;
      } else {
        ++outcome.halvings;
        target = at + (target - at) / 2;
      }
    }
    keep(index, u);
  }
  return outcome;
}

}  // namespace nacre::fvm
