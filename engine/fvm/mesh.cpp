#include "engine/fvm/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nacre::fvm {
namespace {

/// d in 2 d/sinh(2 d) = ratio, the slope at the ends of [1 + tanh(d (2 s - 1))/tanh d]/2.
double stretching(double ratio) {
  double low = 0, high = 50;
  for (int i = 0; i < 100; ++i) {
    const double d = (low + high) / 2;
    (2 * d > ratio * std::sinh(2 * d) ? low : high) = d;
  }
  return (low + high) / 2;
}

/// Place of share s of the cells, as a share of the thickness, for s up to 1/2: in a form without cancellation near s =
/// 0.
double place(double s, double d) {
  if (d < 1e-6) return s;
  return std::sinh(2 * d * s) / (2 * std::sinh(d) * std::cosh(d * (1 - 2 * s)));
}

void append_layer(Mesh& mesh, const Layer& layer, std::size_t region) {
  const double d = stretching(layer.end_spacing), n = static_cast<double>(layer.cells);
  std::vector<double> width(layer.cells);
  for (std::size_t i = 0; 2 * i < layer.cells; ++i) {
    const double left = place(static_cast<double>(i) / n, d);
    const double right = 2 * i + 1 == layer.cells ? 1 - left : place(static_cast<double>(i + 1) / n, d);
    width[i] = width[layer.cells - 1 - i] = layer.thickness * (right - left);
  }
  for (double w : width) {
    mesh.x.push_back(mesh.x.back() + w);
    mesh.width.push_back(w);
    mesh.region.push_back(region);
  }
}

void append_interface(Mesh& mesh, std::size_t cells, std::size_t& region) {
  for (; cells > 0; --cells) {
    mesh.x.push_back(mesh.x.back());
    mesh.width.push_back(0);
    mesh.region.push_back(region++);
  }
}

}  // namespace

Mesh layered_mesh(std::span<const Layer> layers, std::span<const std::size_t> interfaces) {
  Mesh mesh;
  mesh.layers = layers.size();
  mesh.x.push_back(0);
  std::size_t interface = mesh.layers;
  for (std::size_t region = 0; region <= layers.size(); ++region) {
    if (!interfaces.empty()) append_interface(mesh, interfaces[region], interface);
    if (region < layers.size()) append_layer(mesh, layers[region], region);
  }
  return mesh;
}

Mesh site_mesh(std::span<const SiteLayer> layers, std::span<const std::size_t> interfaces) {
  Mesh mesh;
  mesh.layers = layers.size();
  mesh.x.push_back(0);
  std::size_t interface = mesh.layers;
  const auto add_cell = [&](double width, std::size_t region) {
    mesh.x.push_back(mesh.x.back() + width);
    mesh.width.push_back(width);
    mesh.region.push_back(region);
  };
  for (std::size_t gap = 0; gap <= layers.size(); ++gap) {
    const double before = gap > 0 ? layers[gap - 1].pitch : 0, behind = gap < layers.size() ? layers[gap].pitch : 0;
    for (std::size_t cell = 0; cell < interfaces[gap]; ++cell)
      add_cell((before + behind) / 2 / static_cast<double>(interfaces[gap]), interface++);
    if (gap == layers.size()) break;
    for (std::size_t site = 0; site < layers[gap].count; ++site) {
      if (site > 0) add_cell(layers[gap].pitch, gap);
      mesh.sites.push_back({mesh.x.size() - 1, gap, layers[gap].pitch});
    }
  }
  return mesh;
}

std::vector<Layer> share_nodes(std::span<const double> thicknesses, std::size_t nodes, double end_spacing) {
  const double total = std::accumulate(thicknesses.begin(), thicknesses.end(), 0.);
  const double cells = static_cast<double>(nodes) - 1, even = 0.5 / static_cast<double>(thicknesses.size());
  std::vector<Layer> layers;
  double share = 0;
  std::size_t used = 0;
  for (double t : thicknesses) {
    share += even + 0.5 * t / total;
    const auto upto = static_cast<std::size_t>(std::lround(cells * share));
    const std::size_t mine = std::max<std::size_t>(4, upto > used ? upto - used : 0);
    layers.push_back({t, mine, end_spacing});
    used += mine;
  }
  return layers;
}

}  // namespace nacre::fvm
