#include "models/device/at_rest.hpp"

#include "engine/units/constants.hpp"

namespace nacre::device {
namespace {

constexpr std::array equations{"Poisson", "electrons", "holes", "vacancies", "cation vacancies"};

/// Behind the ions come the traps.
const char* name_of(std::size_t equation, const Stack& stack) {
  return equation < vacancy + mobile_species(stack) ? equations[equation] : "traps";
}

/// The layer, not the interface, that is nearest to a node.
std::size_t layer_at(const fvm::Mesh& mesh, std::size_t node) {
  if (!mesh.sites.empty()) {
    const auto site =
        std::find_if(mesh.sites.begin(), mesh.sites.end(), [&](const fvm::Site& s) { return s.node >= node; });
    return site == mesh.sites.end() ? mesh.sites.back().region : site->region;
  }
  std::size_t cell = std::min(node, mesh.cells() - 1);
  while (cell > 0 && mesh.is_interface(cell)) --cell;
  while (mesh.is_interface(cell)) ++cell;
  return mesh.region[cell];
}

/// In words, whether the stack is so cold that carriers of a layer may be too few for numbers: those of both kinds are
/// tied to each other by recombination, and what ties them to the rest of the device is beyond the digits.
std::string coldness_of(const Stack& stack) {
  constexpr double few = 200;  // kT; e^-200 of the states
  const auto widest = std::max_element(stack.layers.begin(), stack.layers.end(), [](const Layer& a, const Layer& b) {
    return a.valence_band - a.conduction_band < b.valence_band - b.conduction_band;
  });
  const double gap =
      (widest->valence_band - widest->conduction_band) / (units::constants::boltzmann * stack.temperature);
  if (!(gap > few)) return "";
  return fmt::format(
      ". At {:.4g} K the gap of layer '{}' is {:.0f} kT, whose carriers may be too few for the digits of "
      "numbers; a higher temperature may help",
      stack.temperature, widest->name, gap);
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
    return fmt::format("the equations cannot be solved: {} in layer '{}' at {:.4g} nm (node {}) {}{}",
                       name_of(outcome.equation, stack), stack.layers[layer_at(mesh, outcome.node)].name,
                       mesh.x[outcome.node] * 1e9, outcome.node,
                       std::isfinite(outcome.change) ? "are the farthest from balance" : "are beyond all numbers",
                       coldness_of(stack));
  return fmt::format("{} in layer '{}' at {:.4g} nm (node {}) changed by {:.2g} kT in the last iteration",
                     name_of(outcome.equation, stack), stack.layers[layer_at(mesh, outcome.node)].name,
                     mesh.x[outcome.node] * 1e9, outcome.node, outcome.change);
}

}  // namespace nacre::device
