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

/// A layer of places that are no mesh: each is a node and owns a pitch of the line.
struct SiteLayer {
  double pitch;       ///< [m]
  std::size_t count;  ///< of sites, at least 1
};

/// What a node owns of a region where it is not the halves of its cells.
struct Site {
  std::size_t node;
  std::size_t region;
  double volume;  ///< per area [m]
};

/// Nodes on a line; interfaces between layers are nodes. A cell is what lies between two nodes, and belongs to one
/// layer (its region). An interface with a transfer law of its own is one cell or two between nodes at one place: cells
/// without width, each a region of its own, numbered from left to right after the layers.
struct Mesh {
  std::vector<double> x;            ///< nodes, ascending [m]
  std::vector<double> width;        ///< of cell i, between nodes i and i + 1 [m]; summed, not subtracted
  std::vector<std::size_t> region;  ///< layer of cell i
  std::size_t layers = 0;           ///< regions from this number on are interfaces
  std::vector<Site> sites = {};     ///< from left to right; empty: nodes own the adjacent half cells

  bool is_interface(std::size_t cell) const { return region[cell] >= layers; }
  std::size_t nodes() const { return x.size(); }
  std::size_t cells() const { return region.size(); }
};

/// A mesh of layers, graded towards every interface by the same smooth (hyperbolic tangent) map at any number of cells:
/// a result on it converges with the square of the cell number. `interfaces`: cells without width before each layer and
/// behind the last; none where empty.
Mesh layered_mesh(std::span<const Layer> layers, std::span<const std::size_t> interfaces = {});

/// Sites as nodes, and one node more at either end for the contacts, half a pitch away. Between layers, and between the
/// ends and the first and last site, lie interface cells with a width: `interfaces` of them (at least one) before each
/// layer and behind the last. A node amid two of them owns nothing.
Mesh site_mesh(std::span<const SiteLayer> layers, std::span<const std::size_t> interfaces);

/// Shares `nodes` nodes among layers: half evenly, half by thickness, at least 4 cells each.
std::vector<Layer> share_nodes(std::span<const double> thicknesses, std::size_t nodes, double end_spacing);

}  // namespace nacre::fvm
