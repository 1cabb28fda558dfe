#pragma once
#include <cstddef>
#include <vector>

namespace nacre::population {

/// Cluster sizes in monomer units: every size 1, 2, ... up to `discrete`, then steps that grow in proportion to the
/// size. Class i stands for clusters of size[i]; its cell reaches half way to its neighbours.
struct SizeGrid {
  std::vector<double> size;      ///< n of each class, size[0] = 1 [1]
  std::vector<double> width;     ///< of each cell: 1 where sizes are discrete [1]
  std::vector<double> distance;  ///< size[i+1] - size[i], one fewer than classes [1]

  std::size_t classes() const { return size.size(); }
};

/// A grid of `classes` classes that ends at `largest`, discrete up to `discrete`.
/// Discrete throughout when `classes` >= `largest`. Requires 2 <= discrete < classes.
SizeGrid hybrid_grid(int discrete, int classes, double largest);

}  // namespace nacre::population
