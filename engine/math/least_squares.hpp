#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace nacre::math {

/// Fills the residuals at given parameters; both spans keep their sizes.
using Residuals = std::function<void(std::span<const double> parameters, std::span<double> residuals)>;

/// Outcome of a least-squares fit.
struct LeastSquares {
  bool converged = false;
  std::vector<double> parameters;
  std::vector<double>
      standard_errors;    ///< from the scatter of the residuals; NaN where parameters cannot be told apart
  double chi_square = 0;  ///< sum of squared residuals
  int evaluations = 0;
};

/// Minimises the sum of `count` squared residuals from a start by Levenberg-Marquardt (MINPACK's, as Eigen has it) with
/// forward differences, until the sum or the parameters change by less than `tolerance` of themselves, or unconverged
/// after `most_steps` trials. A sum of at most `enough` ends it, too: of exact data there is always more to gain.
/// Residuals that are not finite end the fit unconverged. Needs count >= parameters >= 1.
LeastSquares least_squares(const Residuals& residuals, std::vector<double> start, std::size_t count,
                           double tolerance = 1e-10, int most_steps = 400, double enough = 0);

/// Slope and intercept of the straight line y = intercept + slope x with least squares, all points alike; >= 2 points.
struct Line {
  double slope = 0, intercept = 0;
  double slope_error = 0;  ///< standard error from the scatter; NaN for two points
};
Line straight_line(std::span<const double> x, std::span<const double> y);

}  // namespace nacre::math
