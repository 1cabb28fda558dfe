#include "engine/inference/covariance.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

namespace nacre::inference {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double of_bounds = 1.0 / 12;  // variance of a uniform distribution over the range
constexpr double takes_part = 0.2;      // of the largest entry of a direction
constexpr double hardly_apart = 0.99;   // correlation
constexpr double nothing = 1e-10;       // eigenvalue relative to the largest: round-off

std::vector<std::size_t> participants(const VectorXd& direction) {
  std::vector<std::size_t> list;
  const double largest = direction.cwiseAbs().maxCoeff();
  for (Index k = 0; k < direction.size(); ++k) {
    if (std::abs(direction[k]) > takes_part * largest) list.push_back(static_cast<std::size_t>(k));
  }
  std::sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(direction[static_cast<Index>(a)]) > std::abs(direction[static_cast<Index>(b)]);
  });
  return list;
}

bool contains(const std::vector<Ridge>& ridges, std::size_t a, std::size_t b) {
  const auto has = [](const Ridge& ridge, std::size_t k) {
    return std::find(ridge.parameters.begin(), ridge.parameters.end(), k) != ridge.parameters.end();
  };
  return std::any_of(ridges.begin(), ridges.end(), [&](const Ridge& ridge) { return has(ridge, a) && has(ridge, b); });
}

void add_pairs(Covariance& result) {
  for (Index a = 0; a < result.correlation.rows(); ++a) {
    for (Index b = a + 1; b < result.correlation.cols(); ++b) {
      const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
      if (std::abs(result.correlation(a, b)) > hardly_apart && !contains(result.ridges, i, j))
        result.ridges.push_back({{i, j}, std::max(result.error[a], result.error[b])});
    }
  }
}

}  // namespace

Covariance covariance(const MatrixXd& jacobian, double scale) {
  const MatrixXd normal = jacobian.transpose() * jacobian / std::max(scale, 1e-300);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(normal);
  VectorXd variance = solver.eigenvalues();
  const double largest = variance.size() > 0 ? std::max(variance.maxCoeff(), 0.0) : 0;
  Covariance result;
  for (Index k = 0; k < variance.size(); ++k) {
    const double eigenvalue = variance[k];
    const bool known = eigenvalue > nothing * largest && eigenvalue > 0;
    const double own = known ? 1 / eigenvalue : std::numeric_limits<double>::infinity();
    if (own > of_bounds) result.ridges.push_back({participants(solver.eigenvectors().col(k)), std::sqrt(own)});
    variance[k] = std::min(own, of_bounds);
  }
  result.matrix = solver.eigenvectors() * variance.asDiagonal() * solver.eigenvectors().transpose();
  result.error = result.matrix.diagonal().cwiseMax(0).cwiseSqrt();
  result.alone = normal.diagonal().cwiseMax(1 / of_bounds).cwiseInverse().cwiseSqrt();
  const VectorXd inverse = result.error.cwiseMax(1e-300).cwiseInverse();
  result.correlation = inverse.asDiagonal() * result.matrix * inverse.asDiagonal();
  add_pairs(result);
  return result;
}

std::string sentence(const Ridge& ridge, const Covariance& covariance, const std::vector<std::string>& names) {
  std::vector<std::size_t> order = ridge.parameters;
  std::sort(order.begin(), order.end());
  std::string list;
  for (std::size_t i = 0; i < order.size(); ++i)
    list += (i == 0 ? "" : i + 1 == order.size() ? " and " : ", ") + names[order[i]];
  if (order.size() == 1) return list + " is not determined by these targets: within its bounds they hardly change.";
  std::string text = list + " cannot be told apart by these targets";
  if (order.size() == 2) {
    char number[64];
    const double rho = covariance.correlation(static_cast<Index>(order[0]), static_cast<Index>(order[1]));
    std::snprintf(number, sizeof number, " (correlation %+.3f)", rho);
    if (std::abs(rho) > 0.9) text += number;  // less is no line of its own, but what the bounds leave
  }
  return text +
         ": along a line through them the targets hardly change. Hold one, or add a target that tells them apart.";
}

}  // namespace nacre::inference
