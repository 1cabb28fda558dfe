#pragma once
#include <cstdint>

#include "engine/inference/batch.hpp"

namespace nacre::inference {

/// Elementary effects of one parameter over its whole range: M. D. Morris, Technometrics 33 (1991) 161.
struct Effect {
  double mean = 0;      ///< sign and size [output/range]
  double mean_abs = 0;  ///< importance, mu* of Campolongo 2007 [output/range]
  double spread = 0;    ///< standard deviation: curvature and interaction [output/range]
};

/// `count` random trajectories of parameters + 1 points on a grid of `levels` (even) values, one parameter changing by
/// levels/(2 (levels - 1)) of its range at a time.
std::vector<Point> morris_points(std::size_t parameters, std::size_t count, int levels, std::uint64_t seed);

/// Effects from one output at these points. Steps with a value that is not finite are left out.
std::vector<Effect> morris_effects(std::span<const double> values, const std::vector<Point>& points);

}  // namespace nacre::inference
