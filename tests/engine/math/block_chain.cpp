#include "engine/math/bordered_chain.hpp"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <random>

namespace {

using nacre::math::BlockChain;
using nacre::math::BorderedChain;

/// One system as this solver and as the dense matrix of order M nodes + G that it stands for.
template <int M>
struct Pair {
  BorderedChain<M> bordered;
  Eigen::MatrixXd dense;
};

/// Random parts without a dominant diagonal; the last rows of the end nodes are conditions that name the flux there.
/// Rows span `decades` decades.
template <int M, int G>
Pair<M> random_pair(std::size_t nodes, double decades) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-1, 1);
  const auto n = static_cast<Eigen::Index>(nodes), order = n * M;
  Pair<M> pair{BorderedChain<M>(nodes, G), Eigen::MatrixXd::Zero(order + G, order + G)};
  BlockChain<M>& chain = pair.bordered.chain();
  const auto index = [](std::size_t node, std::size_t k) { return static_cast<Eigen::Index>(node * M + k); };
  std::array<double, M> scale{};
  for (double& s : scale) s = std::pow(10, decades * uniform(random));
  for (std::size_t i = 0; i < nodes; ++i) {
    auto& node = chain.node(i);
    node.fixed[M - 1] = i == 0 || i + 1 == nodes;
    for (std::size_t r = 0; r < M; ++r) {
      for (std::size_t c = 0; c < M; ++c) {
        pair.dense(index(i, r), index(i, c)) += node.own[r][c] = scale[r] * ((r + 1) % M == c ? 3 : uniform(random));
        for (int g = 0; g < G; ++g)
          pair.dense(order + g, index(i, c)) = pair.bordered.foot(static_cast<std::size_t>(g))[i][c] =
              1e6 * uniform(random);
      }
      for (int g = 0; g < G; ++g)
        pair.dense(index(i, r), order + g) = pair.bordered.column(static_cast<std::size_t>(g))[i][r] =
            scale[r] * uniform(random);
    }
  }
  for (std::size_t i = 0; i + 1 < nodes; ++i)
    for (std::size_t r = 0; r < M; ++r)
      for (std::size_t c = 0; c < M; ++c) {
        auto& cell = chain.cell(i);
        cell.step[r][c] = scale[r] * uniform(random), cell.left[r][c] = scale[r] * uniform(random);
        const double here = cell.left[r][c] - cell.step[r][c], next = cell.step[r][c];
        if (!chain.node(i).fixed[r])
          pair.dense(index(i, r), index(i, c)) += here, pair.dense(index(i, r), index(i + 1, c)) += next;
        if (!chain.node(i + 1).fixed[r])
          pair.dense(index(i + 1, r), index(i, c)) -= here, pair.dense(index(i + 1, r), index(i + 1, c)) -= next;
      }
  const auto name_flux = [&](auto& passing, std::size_t node, std::size_t i) {
    const auto& cell = chain.cell(i);
    for (std::size_t k = 0; k < M; ++k) {
      passing[M - 1][k] = scale[M - 1] / scale[k] * uniform(random);
      for (std::size_t c = 0; c < M; ++c) {
        pair.dense(index(node, M - 1), index(i, c)) += passing[M - 1][k] * (cell.left[k][c] - cell.step[k][c]);
        pair.dense(index(node, M - 1), index(i + 1, c)) += passing[M - 1][k] * cell.step[k][c];
      }
    }
  };
  name_flux(chain.first_flux(), 0, 0);
  name_flux(chain.last_flux(), nodes - 1, nodes - 2);
  for (int g = 0; g < G; ++g)
    for (int f = 0; f < G; ++f)
      pair.dense(order + g, order + f) = pair.bordered.corner()(g, f) = 3e6 * (f == g ? 1 : uniform(random));
  return pair;
}

/// The largest error of the solution for a right-hand side made from a known one.
template <int M, int G>
double error(std::size_t nodes, double decades) {
  auto pair = random_pair<M, G>(nodes, decades);
  const Eigen::VectorXd known = Eigen::VectorXd::Random(pair.dense.rows());
  const Eigen::VectorXd rhs = pair.dense * known;
  std::vector<std::array<double, M>> x(nodes);
  typename BorderedChain<M>::Globals s = BorderedChain<M>::Globals::Zero(G);
  Eigen::Index k = 0;
  for (auto& block : x)
    for (double& v : block) v = rhs[k++];
  for (double& v : s) v = rhs[k++];
  REQUIRE(pair.bordered.factorise());
  pair.bordered.solve(x, s);
  double worst = 0;
  k = 0;
  for (const auto& block : x)
    for (double v : block) worst = std::max(worst, std::abs(v - known[k++]));
  for (double v : s) worst = std::max(worst, std::abs(v - known[k++]));
  return worst;
}

}  // namespace

TEST_CASE("a chain of blocks finds the solution its right-hand side was made from") {
  const std::size_t nodes = GENERATE(3, 4, 40);
  const double decades = GENERATE(0., 20.);
  CAPTURE(nodes, decades);
  CHECK(error<2, 0>(nodes, decades) < 1e-10);
  CHECK(error<3, 1>(nodes, decades) < 1e-10);
  CHECK(error<4, 0>(nodes, decades) < 1e-10);
  CHECK(error<4, 3>(nodes, decades) < 1e-9);
  CHECK(error<6, 2>(nodes, decades) < 1e-9);
}

TEST_CASE("the level of a well-connected island keeps the digits of its leaks") {
  // Inside, conductances of 1; to the grounded ends, leaks of 1e-25 and 3e-25; a source of 1e-25 in the middle: u = 1/4
  // throughout.
  constexpr std::size_t nodes = 101;
  BlockChain<1> chain(nodes);
  chain.node(0).fixed[0] = chain.node(nodes - 1).fixed[0] = true;
  chain.node(0).own[0][0] = chain.node(nodes - 1).own[0][0] = 1;
  for (std::size_t i = 0; i + 1 < nodes; ++i) chain.cell(i).step[0][0] = i == 0 ? -1e-25 : i + 2 == nodes ? -3e-25 : -1;
  std::vector<std::array<double, 1>> x(nodes, {0.});
  x[nodes / 2][0] = 1e-25;
  REQUIRE(chain.factorise());
  chain.solve(x);
  for (std::size_t i = 1; i + 1 < nodes; ++i) CHECK(x[i][0] == Approx(0.25).epsilon(1e-14));
}

TEST_CASE("a singular block is reported") {
  BlockChain<2> chain(3);
  CHECK_FALSE(chain.factorise());
}

TEST_CASE("a border that leaves the chain singular is reported") {
  BorderedChain<1> bordered(1, 1);
  bordered.chain().make_condition(0, 0);
  bordered.chain().node(0).own[0][0] = bordered.column(0)[0][0] = bordered.foot(0)[0][0] = bordered.corner()(0, 0) = 1;
  CHECK_FALSE(bordered.factorise());
}
