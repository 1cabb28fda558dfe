#include "models/device/operating_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/units/constants.hpp"

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

/// Of the ions and the fixed charge; without any it has no end [m].
double debye_length(const Layer& layer, double temperature) {
  namespace constants = units::constants;
  const double charge = layer.vacancies.charge;
  const double density = std::max(std::abs(layer.fixed_charge), charge * charge * layer.vacancies.density);
  constexpr double q = constants::elementary_charge;
  return std::sqrt(layer.permittivity * constants::vacuum_permittivity * constants::boltzmann * temperature /
                   (q * q * density));
}

double finest_cell(const fvm::Mesh& mesh, std::size_t layer) {
  double finest = mesh.x.back();
  for (std::size_t c = 0; c < mesh.cells(); ++c)
    if (mesh.region[c] == layer) finest = std::min(finest, mesh.width[c]);
  return finest;
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

std::string problem_of(const Stack& stack, const MeshOptions& options) {
  if (const std::string problem = problem_of(stack); !problem.empty()) return problem;
  const fvm::Mesh mesh = device_mesh(stack, options);
  for (std::size_t i = 0; i < stack.layers.size(); ++i) {
    const double length = debye_length(stack.layers[i], stack.temperature), cell = finest_cell(mesh, i);
    if (!(cell > length)) continue;
    const double nodes = std::ceil(static_cast<double>(options.nodes) * cell / length);
    return fmt::format(
        "layer '{}': the Debye length of its vacancies and fixed charge is {:.2g} nm, its finest cell {:.2g} nm: take "
        "at "
        "least {:.0f} nodes, or a smaller end_spacing",
        stack.layers[i].name, length * 1e9, cell * 1e9, nodes);
  }
  return "";
}

fvm::Mesh device_mesh(const Stack& stack, const MeshOptions& options) {
  std::vector<double> thicknesses;
  for (const Layer& layer : stack.layers) thicknesses.push_back(layer.thickness);
  return fvm::layered_mesh(fvm::share_nodes(thicknesses, options.nodes, options.end_spacing));
}

}  // namespace nacre::device
