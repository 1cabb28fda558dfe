#pragma once
#include <Eigen/Core>
#include <string>
#include <vector>

namespace nacre::inference {

/// A combination of parameters that the data do not fix.
struct Ridge {
  std::vector<std::size_t> parameters;  ///< that take part, the strongest first
  double known = 0;  ///< standard error along it that the data alone would give, in ranges; infinite: none at all [1]
};

/// How well data fix parameters, each counted in its range (the unit cube).
struct Covariance {
  Eigen::MatrixXd matrix;  ///< within the bounds: a direction that the data leave open has the variance of its range
  Eigen::VectorXd error;   ///< standard errors: its diagonal's roots [1]
  Eigen::VectorXd alone;   ///< standard errors with all other parameters held [1]
  Eigen::MatrixXd correlation;  ///< of the matrix [1]
  std::vector<Ridge> ridges;    ///< directions that the data leave open, and pairs that they hardly tell apart
};

/// Linear error analysis of a least-squares optimum: the inverse of J^T J, times `scale` (1 for residuals in standard
/// deviations; misfit over degrees of freedom when only their ratios are known). Along a direction in which the data
/// know less than the bounds do (a uniform distribution over the range has the variance 1/12), the bounds' variance is
/// taken and the direction is listed; so are pairs with a correlation beyond 0.99.
Covariance covariance(const Eigen::MatrixXd& jacobian, double scale = 1);

/// What a ridge means, in one sentence: "omega and n_sites cannot be told apart by these targets: ...".
std::string sentence(const Ridge& ridge, const Covariance& covariance, const std::vector<std::string>& names);

}  // namespace nacre::inference
