#pragma once
#include <cstdint>

#include "engine/inference/batch.hpp"

namespace nacre::inference {

/// A number with the interval that holds it in 95 % of all cases.
struct Interval {
  double value = 0, low = 0, high = 0;
};

/// Shares of the variance of one output: I. M. Sobol, Math. Comput. Simul. 55 (2001) 271.
struct SobolIndices {
  std::vector<Interval> first;  ///< of each parameter alone [1]
  std::vector<Interval> total;  ///< with all that it does together with others [1]
  double mean = 0, variance = 0;
  std::size_t used = 0;  ///< base samples of which every point could be computed
};

/// Points of Saltelli's sampling (Comput. Phys. Commun. 181 (2010) 259): for each of `count` base samples A, B and A
/// with one coordinate of B for each parameter; count (parameters + 2) points in the unit cube, base sample by base
/// sample.
std::vector<Point> saltelli_points(std::size_t parameters, std::size_t count, std::uint64_t seed);

/// Indices from one output at these points: first order after Saltelli 2010, total after Jansen 1999, each centred on
/// the mean; intervals from the scatter of 8 or 16 runs of consecutive base samples, with few base samples from a
/// bootstrap. A base sample with a value that is not finite is left out.
SobolIndices sobol_indices(std::span<const double> values, std::size_t parameters, std::uint64_t seed,
                           int resamples = 200);

}  // namespace nacre::inference
