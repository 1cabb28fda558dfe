#include "models/device/hold.hpp"

#include <fmt/format.h>

#include "models/device/at_rest.hpp"

namespace nacre::device {
namespace {

template <std::size_t Species>
Hold follow(const Stack& stack, double from, double to, std::span<const double> times, const HoldOptions& options) {
  using Physics = DriftDiffusion<Species>;
  OnMesh<Species> device(stack, options.mesh);
  AtRest<Species> at_rest(device);
  Hold result;
  const auto rest = at_rest.along(way_to(from), [](std::size_t, const auto&) {});
  const auto& u = at_rest.state();
  result.vacancies_before = device.read(u).vacancies;
  device.set_bias(to);
  fvm::Transient<Physics> transient(device.system(), controls_for(options.tolerance));
  result.complete = rest.complete && transient.start(u);
  if (!result.complete) {
    result.message = rest.complete ? fmt::format("the bias of {:.6g} V cannot be applied", to)
                                   : fmt::format("no steady state beyond {:.6g} V to start from", rest.reached);
    return result;
  }
  double now = 0;
  for (double time : times) {
    if (transient.advance(now, time, [](double) {}) != fvm::TransientStatus::done) {
      result.complete = false;
      result.message = device.system().is_interrupted()
                           ? fmt::format("after {:.6g} s it was interrupted", now)
                           : fmt::format("no step of time is small enough after {:.6g} s", now);
      break;
    }
    now = time;
    result.times.push_back(now);
    result.currents.push_back(device.terminal_current(transient.state()));
  }
  result.last = device.read(transient.state());
  result.profile = device.profile(transient.state());
  const auto& effort = transient.effort();
  result.steps = effort.steps, result.rejected = effort.rejected;
  result.not_converged = effort.not_converged, result.iterations = effort.iterations;
  result.matrices = effort.matrices;
  return result;
}

}  // namespace

Hold hold(const Stack& stack, double from, double to, std::span<const double> times, const HoldOptions& options) {
  if (const std::string problem = problem_of(stack); !problem.empty()) {
    Hold none;
    none.complete = false, none.message = problem;
    return none;
  }
  Stack bare = stack;
  bare.circuit = {};
  switch (species_in_time(stack)) {
    case 1:
      return follow<1>(bare, from, to, times, options);
    case 2:
      return follow<2>(bare, from, to, times, options);
    case 3:
      return follow<3>(bare, from, to, times, options);
    case 5:
      return follow<5>(bare, from, to, times, options);
    default:
      return follow<0>(bare, from, to, times, options);
  }
}

}  // namespace nacre::device
