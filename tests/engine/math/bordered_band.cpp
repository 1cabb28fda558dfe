#include "engine/math/bordered_band.hpp"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <random>

namespace {

/// Fills a bordered band and the dense matrix it stands for with the same diagonally dominant random numbers.
template <int L, int U>
Eigen::MatrixXd fill(nacre::math::BorderedBand<L, U>& matrix, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform(-1, 1);
  const auto n = static_cast<Eigen::Index>(matrix.order());
  Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(n + 1, n + 1);
  matrix.set_zero();
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    for (Eigen::Index k = -L; k <= U; ++k)
      if (i + k >= 0 && i + k < n)
        dense(i, i + k) = matrix.band(row)[static_cast<std::size_t>(k + L)] = uniform(random) + (k == 0 ? 6 : 0);
    dense(i, n) = matrix.column(row) = uniform(random);
    dense(n, i) = matrix.row(row) = uniform(random);
  }
  dense(n, n) = matrix.corner() = 3;
  return dense;
}

template <int L, int U>
double residual(std::size_t order) {
  std::mt19937 random(7);
  nacre::math::BorderedBand<L, U> matrix(order);
  const Eigen::MatrixXd dense = fill(matrix, random);
  const Eigen::VectorXd rhs = Eigen::VectorXd::Random(dense.rows());
  std::vector<double> x(rhs.begin(), rhs.end());
  REQUIRE(matrix.factorise());
  matrix.solve(x);
  return (dense * Eigen::Map<Eigen::VectorXd>(x.data(), dense.rows()) - rhs).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("a bordered band solves its own equations") {
  const std::size_t order = GENERATE(1, 2, 3, 50, 1000);
  CHECK(residual<1, 1>(order) < 1e-12);
  CHECK(residual<2, 2>(order) < 1e-12);
  CHECK(residual<2, 1>(order) < 1e-12);
}

TEST_CASE("a singular band is reported, not divided by") {
  nacre::math::BorderedBand<1, 1> matrix(4);
  matrix.set_zero();
  matrix.corner() = 1;
  CHECK_FALSE(matrix.factorise());
}

TEST_CASE("a singular border is reported") {
  nacre::math::BorderedBand<1, 1> matrix(1);
  matrix.set_zero();
  matrix.band(0)[1] = matrix.column(0) = matrix.row(0) = matrix.corner() = 1;  // [1 1; 1 1]
  CHECK_FALSE(matrix.factorise());
}
