#pragma once
#include <cstdint>

namespace nacre::math {

/// Coordinate `dimension` of point `index` of `count` quasi-random points in [0, 1): a Sobol sequence with a digital
/// shift as far as its dimensions go, beyond them a Latin hypercube. Put first what matters most. index < count < 2^32,
/// else std::out_of_range.
double quasi_random(std::uint64_t index, std::uint64_t count, int dimension, std::uint64_t seed);

/// The standard normal quantile of a probability in (0, 1): P. J. Acklam's rational approximation with one step of
/// Halley's method, to round-off.
double normal_quantile(double probability);

}  // namespace nacre::math
