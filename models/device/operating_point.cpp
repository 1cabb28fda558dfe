#include "models/device/operating_point.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace nacre::device {
namespace {

/// A datum that must be a positive number.
using Datum = std::pair<const char*, double>;

std::string problem_of(const Layer& layer) {
  const auto complain = [&](const std::string& what) { return "layer '" + layer.name + "': " + what; };
  const std::array needed{Datum{"thickness", layer.thickness},
                          Datum{"permittivity", layer.permittivity},
                          Datum{"conduction_states", layer.conduction_states},
                          Datum{"valence_states", layer.valence_states},
                          Datum{"mobility_electron", layer.mobility_electron},
                          Datum{"mobility_hole", layer.mobility_hole}};
  for (const auto& [name, value] : needed)
    if (!(value > 0) || !std::isfinite(value)) return complain(std::string(name) + " must be a positive number");
  if (!(layer.valence_band > layer.conduction_band)) return complain("valence_band must lie below conduction_band");
  if (layer.traps.density > 0 && !(layer.traps.capture_electron > 0 && layer.traps.capture_hole > 0))
    return complain("traps need a capture coefficient for electrons and for holes");
  if (layer.vacancies.density > 0 && !(layer.vacancies.mobility > 0)) return complain("vacancies need a mobility");
  if (layer.vacancies.density > 0 && layer.vacancies.charge == 0) return complain("vacancies need a charge");
  return "";
}

}  // namespace

std::string problem_of(const Stack& stack) {
  if (stack.layers.empty()) return "the stack has no layer";
  if (!(stack.temperature > 0)) return "temperature must be a positive number";
  std::size_t with_vacancies = 0;
  for (const Layer& layer : stack.layers) {
    if (const std::string problem = problem_of(layer); !problem.empty()) return problem;
    with_vacancies += layer.vacancies.density > 0;
  }
  // One content is conserved: layers with vacancies would need one each.
  if (with_vacancies > 1) return "vacancies in more than one layer: not supported, keep them to one";
  return "";
}

fvm::Mesh device_mesh(const Stack& stack, const MeshOptions& options) {
  std::vector<double> thicknesses;
  for (const Layer& layer : stack.layers) thicknesses.push_back(layer.thickness);
  return fvm::layered_mesh(fvm::share_nodes(thicknesses, options.nodes, options.end_spacing));
}

}  // namespace nacre::device
