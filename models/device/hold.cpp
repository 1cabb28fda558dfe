#include "models/device/hold.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "engine/fvm/sweep.hpp"
#include "engine/fvm/transient.hpp"
#include "models/device/on_mesh.hpp"

namespace nacre::device {
namespace {

/// From 0 V in tenths of a volt.
std::vector<double> way_to(double bias) {
  std::vector<double> way;
  const int steps = static_cast<int>(std::ceil(std::abs(bias) / 0.1));
  for (int k = 0; k <= steps; ++k) way.push_back(steps == 0 ? 0 : bias * k / steps);
  return way;
}

/// Long steps of the fourth order pay below this tolerance; they change so much that old matrices serve less.
fvm::TransientControls controls_for(double tolerance) {
  if (tolerance > 3e-4) return {.tolerance = tolerance};
  return {.tolerance = tolerance, .slowest = 0.3, .method = &fvm::kennedy_carpenter};
}

template <std::size_t Vacancies>
Hold follow(const Stack& stack, double from, double to, std::span<const double> times, const HoldOptions& options) {
  using Physics = DriftDiffusion<Vacancies>;
  OnMesh<Vacancies> device(stack, options.mesh);
  fvm::Newton<Physics> newton(device.system(), fvm::Newton<Physics>::Border::contents);
  auto u = device.start();
  Hold result;
  const auto rest = fvm::sweep(
      newton, u, device.contents(), way_to(from), [&](double bias) { device.set_bias(bias); },
      [](std::size_t, const auto&) {});
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
      result.message = fmt::format("no step of time is small enough after {:.6g} s", now);
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
  for (const Layer& layer : stack.layers)
    if (layer.vacancies.density > 0) return follow<1>(stack, from, to, times, options);
  return follow<0>(stack, from, to, times, options);
}

}  // namespace nacre::device
