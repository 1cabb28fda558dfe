#include "models/device/operating_point.hpp"

#include "models/device/crossing.hpp"

namespace nacre::device {

fvm::Mesh device_mesh(const Stack& stack, const MeshOptions& options) {
  std::vector<double> thicknesses;
  for (const Layer& layer : stack.layers) thicknesses.push_back(layer.thickness);
  return fvm::layered_mesh(fvm::share_nodes(thicknesses, options.nodes, options.end_spacing), interface_cells(stack));
}

}  // namespace nacre::device
