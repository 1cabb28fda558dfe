#include "engine/population/size_grid.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::population {
namespace {

/// Steps 1 + ratio (n - discrete): they set out from the discrete grid's without a jump and end as geometric ones.
double end_of(double discrete, int steps, double ratio) {
  return ratio == 0 ? discrete + steps : discrete + std::expm1(steps * std::log1p(ratio)) / ratio;
}

double ratio_that_ends_at(double discrete, int steps, double largest) {
  double low = 0, high = 1;
  while (end_of(discrete, steps, high) < largest) high *= 2;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (end_of(discrete, steps, middle) < largest ? low : high) = middle;
  }
  return high;
}

}  // namespace

SizeGrid hybrid_grid(int discrete, int classes, double largest) {
  SizeGrid grid;
  const bool all_discrete = classes >= largest;
  const int steps = all_discrete ? 0 : classes - discrete;
  const double ratio = all_discrete ? 0 : ratio_that_ends_at(discrete, steps, largest);
  const int singles = all_discrete ? static_cast<int>(std::ceil(largest)) : discrete;
  for (int n = 1; n <= singles; ++n) grid.size.push_back(n);
  for (int k = 1; k <= steps; ++k) grid.size.push_back(end_of(discrete, k, ratio));

  const std::size_t m = grid.size.size();
  for (std::size_t i = 0; i + 1 < m; ++i) grid.distance.push_back(grid.size[i + 1] - grid.size[i]);
  for (std::size_t i = 0; i < m; ++i) {
    const double below = i == 0 ? 1 : grid.distance[i - 1];
    const double above = i + 1 == m ? below : grid.distance[i];
    grid.width.push_back(0.5 * (below + above));
  }
  return grid;
}

}  // namespace nacre::population
