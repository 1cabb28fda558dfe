#include "models/device/current_voltage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/device/at_rest.hpp"

namespace nacre::device {
namespace {

template <std::size_t Species>
CurrentVoltage steady_states(const Stack& stack, std::span<const double> biases, const MeshOptions& options,
                             std::span<const std::size_t> profiles) {
  OnMesh<Species> device(stack, options);
  AtRest<Species> at_rest(device);
  CurrentVoltage result;
  const auto outcome = at_rest.along(biases, [&](std::size_t i, auto& state) {
    result.points.push_back(at_rest.read(state));
    result.points.back().applied = biases[i];
    if (std::find(profiles.begin(), profiles.end(), i) != profiles.end())
      result.profiles.push_back(device.profile(state));
  });
  result.complete = outcome.complete;
  result.iterations = outcome.iterations;
  result.halvings = outcome.halvings;
  result.jumps = outcome.jumps;
  if (!outcome.complete) {
    result.message = end_of(outcome, device.mesh(), stack, DriftDiffusion<Species>::unknowns);
    if (!outcome.last.interrupted) result.message += ". A smaller step of the bias or a finer mesh may help";
  }
  return result;
}

template <std::size_t Species>
CurrentVoltage steady_currents(const Stack& stack, std::span<const double> currents, const MeshOptions& options) {
  OnMesh<Species> device(stack, options);
  AtRest<Species> at_rest(device);
  CurrentVoltage result;
  for (const double current : currents) {
    const auto outcome = at_rest.to_current(current);
    result.iterations += outcome.iterations, result.halvings += outcome.halvings;
    if (!outcome.complete) {
      result.complete = false;
      result.message = fmt::format("with {:.6g} A/m2: {}", current,
                                   end_of(outcome, device.mesh(), stack, DriftDiffusion<Species>::unknowns));
      break;
    }
    result.points.push_back(at_rest.read());
  }
  return result;
}

}  // namespace

CurrentVoltage at_currents(const Stack& stack, std::span<const double> currents, const MeshOptions& options) {
  if (const std::string problem = problem_of(stack, options); !problem.empty())
    return {.points = {}, .profiles = {}, .complete = false, .message = problem};
  if (mobile_species(stack) == 2) return steady_currents<2>(stack, currents, options);
  if (mobile_species(stack) == 1) return steady_currents<1>(stack, currents, options);
  return steady_currents<0>(stack, currents, options);
}

CurrentVoltage current_voltage(const Stack& stack, std::span<const double> biases, const MeshOptions& options,
                               std::span<const std::size_t> profiles) {
  if (const std::string problem = problem_of(stack, options); !problem.empty())
    return {.points = {}, .profiles = {}, .complete = false, .message = problem};
  if (mobile_species(stack) == 2) return steady_states<2>(stack, biases, options, profiles);
  if (mobile_species(stack) == 1) return steady_states<1>(stack, biases, options, profiles);
  return steady_states<0>(stack, biases, options, profiles);
}

Refined refine(double coarse, double fine) {
  if (std::abs(fine - coarse) > std::abs(fine) / 2) return {fine, std::abs(fine - coarse)};
  const double value = fine + (fine - coarse) / 3;
  return {value, std::abs(value - fine)};
}

}  // namespace nacre::device
