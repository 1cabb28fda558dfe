#pragma once
#include <Eigen/Core>
#include <string>

#include "engine/inference/batch.hpp"

namespace nacre::inference {

/// How a local search runs.
struct SearchOptions {
  int iterations = 60;      ///< at most
  double tolerance = 1e-9;  ///< relative change of the sum of squares, or of the point, at which it ends [1]
  Point steps;              ///< of central differences, as a share of each range; empty: 1e-3
};

/// Where a least-squares search ended.
struct LeastSquares {
  Point at;
  std::vector<double> residuals;
  Eigen::MatrixXd jacobian;  ///< of the residuals at the end; rows: residuals, columns: parameters
  double misfit = 0;         ///< sum of squared residuals [1]
  int iterations = 0;
  bool converged = false;
  std::string message;  ///< why it ended
};

/// Smallest sum of squared residuals within the unit cube, from a start, by the trust-region Levenberg-Marquardt method
/// of Ceres with derivatives by central differences; all points of a Jacobian are one batch. Points that cannot be
/// computed count as worse than any other. converged = false with a message when the start or every step from it
/// cannot be computed, or the iterations do not suffice. A parameter whose entry in `held` is true keeps its start; its
/// column of the Jacobian is zero.
LeastSquares least_squares(const Batch& residuals, const Point& start, const SearchOptions& options = {},
                           const std::vector<bool>& held = {});

/// Derivatives by central differences within the unit cube; one-sided at its faces and beside points that cannot be
/// computed; zero where `held` is true. Empty when neither side can be computed.
Eigen::MatrixXd jacobian(const Batch& model, const Point& at, const std::vector<double>& there, const Point& steps,
                         const std::vector<bool>& held = {});

}  // namespace nacre::inference
