#include "models/device/operating_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/units/constants.hpp"
#include "models/device/crossing.hpp"

namespace nacre::device {
namespace {

/// Of the ions and the fixed charge; without any it has no end [m].
double debye_length(const Layer& layer, double temperature) {
  namespace constants = units::constants;
  double density = 0;
  for (const Vacancies& ions : {layer.vacancies, layer.cation_vacancies})
    density += ions.charge * ions.charge * ions.density;
  density = std::max(std::abs(layer.fixed_charge), density);
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

double unclosed(const OperatingPoint& p) {
  const double lost = p.radiative + p.traps + p.auger + p.interfaces + p.leaked_holes + p.leaked_electrons;
  double worst = 0;
  for (const double other : {p.current_left, p.lowest_face, p.highest_face, lost})
    worst = std::max(worst, std::abs(other - p.current) / std::max(std::abs(p.current), 1.0));
  return worst;
}

std::string problem_of(const Stack& stack, const MeshOptions& options) {
  const std::string problem = problem_of(stack);
  return problem.empty() ? problem_of_mesh(stack, options) : problem;
}

std::string problem_of_mesh(const Stack& stack, const MeshOptions& options) {
  if (stack.transport == Transport::sites) return "";  // a pitch is a length of the device, not of a mesh
  const fvm::Mesh mesh = device_mesh(stack, options);
  for (std::size_t i = 0; i < stack.layers.size(); ++i) {
    const double length = debye_length(stack.layers[i], stack.temperature), cell = finest_cell(mesh, i);
    if (!(cell > length)) continue;
    const double nodes = std::ceil(static_cast<double>(options.nodes) * cell / length);
    return fmt::format(
        "layer '{}': the Debye length of its vacancies and fixed charge is {:.2g} nm, its finest cell {:.2g} nm: "
        "{:.0f} nodes would do, or a smaller end_spacing",
        stack.layers[i].name, length * 1e9, cell * 1e9, nodes);
  }
  return "";
}

fvm::Mesh device_mesh(const Stack& stack, const MeshOptions& options) {
  if (stack.transport == Transport::sites) {
    std::vector<fvm::SiteLayer> sites;
    for (const Layer& layer : stack.layers)
      sites.push_back({layer.thickness / static_cast<double>(sites_of(layer)), sites_of(layer)});
    return fvm::site_mesh(sites, interface_cells(stack));
  }
  std::vector<double> thicknesses;
  for (const Layer& layer : stack.layers) thicknesses.push_back(layer.thickness);
  return fvm::layered_mesh(fvm::share_nodes(thicknesses, options.nodes, options.end_spacing), interface_cells(stack));
}

}  // namespace nacre::device
