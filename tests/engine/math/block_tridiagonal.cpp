#include "engine/math/block_tridiagonal.hpp"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <random>

namespace {

using nacre::math::BlockTridiagonal;

/// One system as this solver and as a dense matrix of order M nodes + G.
template <int M, int G>
struct Pair {
  BlockTridiagonal<M, G> matrix;
  Eigen::MatrixXd dense;
};

/// Random blocks with small numbers on the diagonal, so that elimination without exchanges would lose digits; the rows span
/// `decades` decades.
template <int M, int G>
Pair<M, G> random_pair(std::size_t nodes, double decades) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-1, 1);
  const auto n = static_cast<Eigen::Index>(nodes), order = n * M;
  Pair<M, G> pair{BlockTridiagonal<M, G>(nodes), Eigen::MatrixXd::Zero(order + G, order + G)};
  for (Eigen::Index i = 0; i < n; ++i) {
    auto& node = pair.matrix.node(static_cast<std::size_t>(i));
    for (std::size_t r = 0; r < M; ++r) {
      const double scale = std::pow(10, decades * uniform(random));
      const Eigen::Index row = i * M + static_cast<Eigen::Index>(r);
      for (std::size_t c = 0; c < M; ++c) {
        const auto column = static_cast<Eigen::Index>(c);
        if (i > 0) pair.dense(row, (i - 1) * M + column) = node.lower[r][c] = scale * uniform(random);
        const double own = r == c ? 1e-10 : (r + 1) % M == c ? 4 : uniform(random);
        pair.dense(row, i * M + column) = node.diagonal[r][c] = scale * own;
        if (i + 1 < n) pair.dense(row, (i + 1) * M + column) = node.upper[r][c] = scale * uniform(random);
      }
      for (std::size_t g = 0; g < G; ++g)
        pair.dense(row, order + static_cast<Eigen::Index>(g)) = node.column[r][g] = scale * uniform(random);
    }
    for (std::size_t g = 0; g < G; ++g)
      for (std::size_t c = 0; c < M; ++c)
        pair.dense(order + static_cast<Eigen::Index>(g), i * M + static_cast<Eigen::Index>(c)) = node.foot[g][c] =
            1e6 * uniform(random);
  }
  for (std::size_t g = 0; g < G; ++g) {
    const auto at = order + static_cast<Eigen::Index>(g);
    pair.dense(at, at) = pair.matrix.corner()[g][g] = 3e6;
  }
  return pair;
}

/// The largest error of the solution for a right-hand side made from a known one.
template <int M, int G>
double error(std::size_t nodes, double decades) {
  auto pair = random_pair<M, G>(nodes, decades);
  const Eigen::VectorXd known = Eigen::VectorXd::Random(pair.dense.rows());
  const Eigen::VectorXd rhs = pair.dense * known;
  std::vector<std::array<double, M>> x(nodes);
  std::array<double, G> s{};
  Eigen::Index k = 0;
  for (auto& block : x)
    for (double& v : block) v = rhs[k++];
  for (double& v : s) v = rhs[k++];
  pair.matrix.scale_rows();
  REQUIRE(pair.matrix.factorise());
  pair.matrix.solve(x, s);
  double worst = 0;
  k = 0;
  for (const auto& block : x)
    for (double v : block) worst = std::max(worst, std::abs(v - known[k++]));
  for (double v : s) worst = std::max(worst, std::abs(v - known[k++]));
  return worst;
}

}  // namespace

TEST_CASE("a block-tridiagonal matrix finds the solution its right-hand side was made from") {
  const std::size_t nodes = GENERATE(1, 2, 3, 40);
  const double decades = GENERATE(0., 30.);
  CAPTURE(nodes, decades);
  CHECK(error<1, 0>(1, decades) < 1e-14);
  CHECK(error<2, 0>(nodes, decades) < 1e-10);
  CHECK(error<3, 1>(nodes, decades) < 1e-10);
  CHECK(error<4, 0>(nodes, decades) < 1e-10);
  CHECK(error<4, 1>(nodes, decades) < 1e-10);
}

TEST_CASE("a singular block is reported") {
  BlockTridiagonal<2> matrix(3);
  CHECK_FALSE(matrix.factorise());
}

TEST_CASE("a border that leaves the system singular is reported") {
  BlockTridiagonal<1, 1> matrix(1);
  matrix.node(0).diagonal[0][0] = matrix.node(0).column[0][0] = matrix.node(0).foot[0][0] = matrix.corner()[0][0] = 1;
  CHECK_FALSE(matrix.factorise());
}
