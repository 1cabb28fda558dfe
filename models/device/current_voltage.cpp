#include "models/device/current_voltage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/fvm/sweep.hpp"
#include "models/device/on_mesh.hpp"

namespace nacre::device {
namespace {

constexpr std::array equations{"Poisson", "electrons", "holes", "vacancies"};

/// The cell of a layer, not of an interface, that is nearest to a node.
std::size_t layer_cell(const fvm::Mesh& mesh, std::size_t node) {
  std::size_t cell = std::min(node, mesh.cells() - 1);
  while (cell > 0 && mesh.is_interface(cell)) --cell;
  while (mesh.is_interface(cell)) ++cell;
  return cell;
}

template <std::size_t Vacancies>
CurrentVoltage steady_states(const Stack& stack, std::span<const double> biases, const MeshOptions& options,
                             std::span<const std::size_t> profiles) {
  OnMesh<Vacancies> device(stack, options);
  fvm::Newton<DriftDiffusion<Vacancies>> newton(device.system(),
                                                fvm::Newton<DriftDiffusion<Vacancies>>::Border::contents);
  auto u = device.start();
  CurrentVoltage result;
  const auto outcome = fvm::sweep(
      newton, u, device.contents(), biases, [&](double bias) { device.set_bias(bias); },
      [&](std::size_t i, const auto& state) {
        result.points.push_back(device.read(state));
        if (std::find(profiles.begin(), profiles.end(), i) != profiles.end())
          result.profiles.push_back(device.profile(state));
      });
  result.complete = outcome.complete;
  result.iterations = outcome.iterations;
  result.halvings = outcome.halvings;
  if (!outcome.complete) {
    const std::size_t region = device.mesh().region[layer_cell(device.mesh(), outcome.last.node)];
    result.message = fmt::format(
        "no steady state beyond {:.6g} V: {} in layer '{}' at {:.4g} nm (node {}) changed by {:.2g} kT in the last "
        "iteration. A smaller step of the bias or a finer mesh may help",
        outcome.reached, equations[outcome.last.equation], stack.layers[region].name,
        device.mesh().x[outcome.last.node] * 1e9, outcome.last.node, outcome.last.change);
  }
  return result;
}

}  // namespace

CurrentVoltage current_voltage(const Stack& stack, std::span<const double> biases, const MeshOptions& options,
                               std::span<const std::size_t> profiles) {
  if (const std::string problem = problem_of(stack, options); !problem.empty())
    return {.points = {}, .profiles = {}, .complete = false, .message = problem};
  for (const Layer& layer : stack.layers)
    if (layer.vacancies.density > 0) return steady_states<1>(stack, biases, options, profiles);
  return steady_states<0>(stack, biases, options, profiles);
}

Refined refine(double coarse, double fine) {
  const double value = fine + (fine - coarse) / 3;
  return {value, std::abs(value - fine)};
}

}  // namespace nacre::device
