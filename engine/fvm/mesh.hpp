#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace nacre::fvm {

/// One layer of a one-dimensional mesh.
struct Layer {
  double thickness;    ///< [m]
  std::size_t cells;   ///< at least 1
  double end_spacing;  ///< slope of the map from cell number to place at both ends over its mean: 1 is uniform, 0.01
                       ///< makes cells at the interfaces about a hundred times finer than the average; in (0, 1]
};

/// Nodes on a line; interfaces between layers are nodes. A cell is what lies between two nodes, and belongs to one
/// layer (its region). An interface with a transfer law of its own is one cell or two between nodes at one place: cells
/// without width, each a region of its own, numbered from left to right after the layers.
struct Mesh {
  std::vector<double> x;            ///< nodes, ascending [m]
  std::vector<double> width;        ///< of cell i, between nodes i and i + 1 [m]; summed, not subtracted
  std::vector<std::size_t> region;  ///< layer of cell i
  std::size_t layers = 0;           ///< regions from this number on are interfaces

  bool is_interface(std::size_t cell) const { return region[cell] >= layers; }
  std::size_t nodes() const { return x.size(); }
  std::size_t cells() const { return region.size(); }
};

/// A mesh of layers, graded towards every interface by the same smooth (hyperbolic tangent) map at any number of cells:
/// a result on it converges with the square of the cell number. `interfaces`: cells without width before each layer and
/// behind the last; none where empty.
Mesh layered_mesh(std::span<const Layer> layers, std::span<const std::size_t> interfaces = {});

/// Shares `nodes` nodes among layers: half evenly, half by thickness, at least 4 cells each.
std::vector<Layer> share_nodes(std::span<const double> thicknesses, std::size_t nodes, double end_spacing);

}  // namespace nacre::fvm
