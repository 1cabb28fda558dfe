#pragma once
#include <optional>

#include "engine/inference/least_squares.hpp"

namespace nacre::inference {

/// One value of a parameter, with all others fitted anew.
struct ProfilePoint {
  double at = 0;      ///< of the parameter, in its range [1]
  double misfit = 0;  ///< smallest sum of squares there [1]
};

/// Profile likelihood of one parameter.
struct Profile {
  std::vector<ProfilePoint> points;        ///< ascending
  std::optional<double> low68, high68;     ///< where the misfit has risen by 1; none: not within the bounds
  std::optional<double> low95, high95;     ///< by 3.84
  bool low_cut = false, high_cut = false;  ///< the walk ended beside what cannot be computed, before a bound
  std::optional<ProfilePoint> deeper;      ///< the lowest point, when it lies noticeably below the optimum
  std::optional<ProfilePoint> again;  ///< the lowest point beyond a limit that lies below it again: a second region
};

/// Steps parameter `k` away from an optimum on both sides, each time with all others fitted anew from the last, until
/// the misfit has risen by 4 or the bounds are reached. Steps grow while the misfit is flat. Where it crosses a limit
/// is then found by root finding to a hundredth of the width of the interval, each time with all others fitted anew.
/// `error` is the linear standard error, which sets the first steps. `scale` as in covariance(): misfits are divided by
/// it.
Profile profile(const Batch& residuals, const LeastSquares& best, std::size_t k, double error, double scale,
                const SearchOptions& options);

}  // namespace nacre::inference
