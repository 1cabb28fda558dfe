#include "models/device/at_rest.hpp"

namespace nacre::device {
namespace {

constexpr std::array equations{"Poisson", "electrons", "holes", "vacancies", "cation vacancies"};

/// The layer, not the interface, that is nearest to a node.
std::size_t layer_at(const fvm::Mesh& mesh, std::size_t node) {
  if (!mesh.sites.empty()) {
    const auto site = std::find_if(mesh.sites.begin(), mesh.sites.end(),
                                   [&](const fvm::Site& s) { return s.node >= node; });
    return site == mesh.sites.end() ? mesh.sites.back().region : site->region;
  }
  std::size_t cell = std::min(node, mesh.cells() - 1);
  while (cell > 0 && mesh.is_interface(cell)) --cell;
  while (mesh.is_interface(cell)) ++cell;
  return mesh.region[cell];
}

}  // namespace

std::string end_of(const fvm::SweepOutcome& outcome, const fvm::Mesh& mesh, const Stack& stack, std::size_t unknowns) {
  if (outcome.last.interrupted) return fmt::format("at {:.6g} V it was interrupted", outcome.reached);
  return fmt::format("no steady state beyond {:.6g} V: {}", outcome.reached,
                     place_of(outcome.last, mesh, stack, unknowns));
}

std::string place_of(const fvm::NewtonOutcome& outcome, const fvm::Mesh& mesh, const Stack& stack,
                     std::size_t unknowns) {
  if (outcome.equation >= unknowns)
    return fmt::format("the circuit's voltage changed by {:.2g} kT/q in the last iteration", outcome.change);
  if (outcome.singular)
    return fmt::format("the equations cannot be solved: {} in layer '{}' at {:.4g} nm (node {}) {}",
                       equations[outcome.equation], stack.layers[layer_at(mesh, outcome.node)].name,
                       mesh.x[outcome.node] * 1e9, outcome.node,
                       std::isfinite(outcome.change) ? "are the farthest from balance" : "are beyond all numbers");
  return fmt::format("{} in layer '{}' at {:.4g} nm (node {}) changed by {:.2g} kT in the last iteration",
                     equations[outcome.equation], stack.layers[layer_at(mesh, outcome.node)].name,
                     mesh.x[outcome.node] * 1e9, outcome.node, outcome.change);
}

}  // namespace nacre::device
