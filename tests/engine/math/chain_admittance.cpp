#include "engine/math/chain_admittance.hpp"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <random>

namespace {

using namespace nacre;
using Complex = std::complex<double>;

/// The admittance that a chain of random parts shows to its last node, from the dense system of all others, column by
/// column; the first node's last row is a condition that names the flux there.
template <int M>
double worst(std::size_t nodes, double w) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> uniform(-1, 1);
  constexpr auto order = static_cast<std::size_t>(M);
  math::BlockChain<M> chain(nodes);
  std::vector<math::SmallMatrix<M>> storage(nodes);
  const auto fill = [&](auto& matrix) {
    for (std::size_t r = 0; r < order; ++r)
      for (std::size_t c = 0; c < order; ++c) matrix[r][c] = uniform(random) + (r == c ? 2 : 0);
  };
  for (std::size_t i = 0; i < nodes; ++i) {
    fill(chain.node(i).own), fill(storage[i]);
    if (i + 1 < nodes) fill(chain.cell(i).step), fill(chain.cell(i).left);
  }
  fill(chain.first_flux());
  chain.node(0).fixed[order - 1] = true;
  storage[0][order - 1] = typename math::SmallMatrix<M>::Row{};

  const auto n = static_cast<Eigen::Index>((nodes - 1) * order);
  Eigen::MatrixXcd dense = Eigen::MatrixXcd::Zero(n, n), last = Eigen::MatrixXcd::Zero(n, M);
  const auto index = [](std::size_t node, std::size_t k) { return static_cast<Eigen::Index>(node * order + k); };
  // Adds a flux (through cell i, row f) times a weight to a row.
  const auto add_flux = [&](Eigen::Index row, std::size_t i, std::size_t f, double weight) {
    const auto& [step, left] = chain.cell(i);
    for (std::size_t c = 0; c < order; ++c) {
      dense(row, index(i, c)) += weight * (left[f][c] - step[f][c]);
      (i + 2 == nodes ? last(row, static_cast<Eigen::Index>(c)) : dense(row, index(i + 1, c))) += weight * step[f][c];
    }
  };
  for (std::size_t i = 0; i + 1 < nodes; ++i)
    for (std::size_t r = 0; r < order; ++r) {
      const bool fixed = chain.node(i).fixed[r];
      for (std::size_t c = 0; c < order; ++c)
        dense(index(i, r), index(i, c)) += Complex(chain.node(i).own[r][c], fixed ? 0 : w * storage[i][r][c]);
      if (fixed) {
        for (std::size_t f = 0; f < order; ++f) add_flux(index(i, r), 0, f, chain.first_flux()[r][f]);
        continue;
      }
      add_flux(index(i, r), i, r, 1);
      if (i > 0) add_flux(index(i, r), i - 1, r, -1);
    }
  const Eigen::MatrixXcd inner = dense.partialPivLu().solve(-last);

  math::ComplexMatrix<M> seen;
  REQUIRE(math::admittance_of_chain<M>(chain, storage, w, seen));
  double worst = 0;
  const auto& [step, left] = chain.cell(nodes - 2);
  for (std::size_t r = 0; r < order; ++r)
    for (std::size_t c = 0; c < order; ++c) {
      Complex flux = step[r][c];
      for (std::size_t k = 0; k < order; ++k)
        flux += (left[r][k] - step[r][k]) * inner(index(nodes - 2, k), static_cast<Eigen::Index>(c));
      worst = std::max(worst, std::abs(seen.at(r, c) - flux));
    }
  return worst;
}

}  // namespace

TEST_CASE("the admittance of a chain is that of the dense complex system") {
  for (const double w : {0., 0.3, 50.}) {
    CAPTURE(w);
    CHECK(worst<1>(2, w) < 1e-12);
    CHECK(worst<3>(7, w) < 1e-10);
    CHECK(worst<4>(12, w) < 1e-10);
    CHECK(worst<5>(6, w) < 1e-10);
  }
}
