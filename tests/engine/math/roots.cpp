#include "engine/math/roots.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/math/minimum.hpp"

using namespace nacre::math;

TEST_CASE("Brent finds zeros to round-off", "[roots]") {
  const Root cosine = brent_root([](double x) { return std::cos(x) - x; }, 0, 1);
  REQUIRE(cosine.converged());
  CHECK(cosine.x == Approx(0.7390851332151607).epsilon(1e-15));
  const Root flat = brent_root([](double x) { return std::pow(x - 1, 9); }, 0.1, 3);  // bisection has to help
  REQUIRE(flat.converged());
  CHECK(flat.x == Approx(1).margin(0.03));
}

TEST_CASE("Brent is superlinear on a smooth function", "[roots]") {
  CHECK(brent_root([](double x) { return std::exp(x) - 2; }, 0, 1).iterations <= 9);
}

TEST_CASE("Newton stays in its bracket where plain Newton diverges", "[roots]") {
  const auto arctangent = [](double x) { return std::pair(std::atan(x), 1 / (1 + x * x)); };
  const Root root = newton_root(arctangent, -5, 40, 35);
  REQUIRE(root.converged());
  CHECK(std::abs(root.x) < 1e-15);
}

TEST_CASE("Zeros of spherical Bessel functions", "[roots]") {  // DLMF 10.21(xi): j_0, j_1, j_2
  const auto j1 = [](double x) { return std::sin(x) / (x * x) - std::cos(x) / x; };
  const auto j2 = [](double x) { return (3 / (x * x) - 1) * std::sin(x) / x - 3 * std::cos(x) / (x * x); };
  CHECK(brent_root([](double x) { return std::sin(x) / x; }, 2, 4).x == Approx(std::numbers::pi).epsilon(1e-15));
  CHECK(brent_root(j1, 4, 5).x == Approx(4.493409457909064).epsilon(1e-14));
  CHECK(brent_root(j2, 5, 6).x == Approx(5.763459196894550).epsilon(1e-14));
}

TEST_CASE("A bracket without a sign change, or with NaN, is refused", "[roots]") {
  CHECK(brent_root([](double x) { return x * x + 1; }, -1, 1).status == Root::Status::no_bracket);
  CHECK(brent_root([](double x) { return std::sqrt(x); }, -1, 1).status == Root::Status::no_bracket);
  CHECK(newton_root([](double x) { return std::pair(x * x + 1, 2 * x); }, -1, 1, 0).status == Root::Status::no_bracket);
}

TEST_CASE("Brent's minimum: position to the tolerance, value to its square", "[minimum]") {
  const auto morse = [](double x) { return std::pow(1 - std::exp(-(x - 2)), 2); };
  const Minimum found = brent_minimum(morse, 0, 9, 1, 1e-6);
  REQUIRE(found.converged);
  CHECK(std::abs(found.x - 2) < 2e-6);
  CHECK(found.value < 4e-12);
  const Minimum edge = brent_minimum([](double x) { return x; }, 1, 2, 1.5, 1e-6);
  CHECK(edge.x == Approx(1).margin(3e-6));
}
