#include "engine/math/quadrature.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using namespace nacre::math;

TEST_CASE("Gauss-Legendre nodes and weights are the tabulated ones", "[quadrature]") {  // DLMF table 3.5.2
  const Rule rule = gauss_legendre(5);
  CHECK(rule.nodes[2] == 0);
  CHECK(rule.nodes[4] == Approx(0.906179845938664).epsilon(1e-15));
  CHECK(rule.weights[2] == Approx(0.568888888888889).epsilon(1e-14));
  CHECK(rule.weights[0] == Approx(0.236926885056189).epsilon(1e-14));
  CHECK(gauss_legendre(1).weights[0] == Approx(2).epsilon(1e-15));
}

TEST_CASE("Gauss-Legendre is exact to degree 2n - 1 and not beyond", "[quadrature]") {
  for (const std::size_t n : {2u, 5u, 16u, 64u}) {
    const Rule rule = gauss_legendre(n);
    CHECK(std::accumulate(rule.weights.begin(), rule.weights.end(), 0.0) == Approx(2).epsilon(1e-14));
    const double even = static_cast<double>(2 * n - 2);
    CHECK(integrate(rule, [&](double x) { return std::pow(x, even); }) == Approx(2 / (even + 1)).epsilon(1e-12));
  }
  const Rule three = gauss_legendre(3);  // error of x^6: 2^7 (3!)^4 6!/(7 (6!)^3) = 8/175
  CHECK(2.0 / 7 - integrate(three, [](double x) { return std::pow(x, 6); }) == Approx(8.0 / 175).epsilon(1e-12));
}

TEST_CASE("Composite panels converge with order 2n", "[quadrature]") {
  const Rule rule = gauss_legendre(2);
  const auto error = [&](int panels) {
    std::vector<double> edges;
    for (int i = 0; i <= panels; ++i) edges.push_back(2.0 * i / panels);
    return std::abs(integrate(composite(rule, edges), [](double x) { return std::exp(x); }) - std::expm1(2.0));
  };
  CHECK(std::log2(error(8) / error(16)) == Approx(4).margin(0.05));
}

TEST_CASE("The cumulative matrix integrates polynomials of degree n - 1 exactly to every node", "[quadrature]") {
  const Rule rule = gauss_legendre(8);
  const std::vector<double> matrix = cumulative_matrix(rule);
  for (std::size_t i = 0; i < 8; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < 8; ++j) sum += matrix[i * 8 + j] * std::pow(rule.nodes[j], 7);
    CHECK(sum == Approx((std::pow(rule.nodes[i], 8) - 1) / 8).margin(1e-14));
  }
}
