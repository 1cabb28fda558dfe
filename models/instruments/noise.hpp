#pragma once
#include <span>

namespace nacre::instruments {

/// Standard deviation of independent noise on a smooth curve: from the median of its differences of an even order,
/// which outliers leave alone. A higher order sees less of the curve's own bends. 0 for too few points.
double noise_of(std::span<const double> curve, int order = 2);

}  // namespace nacre::instruments
