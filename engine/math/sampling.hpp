#pragma once
#include <cstdint>

namespace nacre::math {

/// Dimensions that the Sobol sequence has here.
inline constexpr int sobol_dimensions = 21;

/// Coordinate `dimension` of point `index` of the Sobol sequence with the direction numbers of Joe and Kuo (SIAM J.
/// Sci. Comput. 30 (2008) 2635, new-joe-kuo-6), in [0, 1). A seed other than 0 shifts the digits of every dimension at
/// random (a digital shift keeps the net). Any point at once: nothing is kept between calls. index < 2^32 and dimension
/// < sobol_dimensions, else std::out_of_range.
double sobol(std::uint64_t index, int dimension, std::uint64_t seed);

/// Coordinate `dimension` of point `index` of a Latin hypercube of `count` points, in [0, 1): every one of `count`
/// equal intervals of every dimension holds one point, at random within it. Any point at once: the order is a
/// permutation by hashing (A. Kensler, Correlated multi-jittered sampling, Pixar Technical Memo 13-01, 2013). index <
/// count < 2^32, else std::out_of_range.
double latin_hypercube(std::uint64_t index, std::uint64_t count, int dimension, std::uint64_t seed);

}  // namespace nacre::math
