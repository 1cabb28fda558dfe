#include "engine/math/bernoulli.hpp"

#include <catch2/catch.hpp>

using nacre::math::bernoulli;
using nacre::math::bernoulli_with_slope;

namespace {

/// x/(e^x - 1) and its derivative in 80 bits, by the closed forms.
struct Exact {
  long double value, slope;
};
Exact exact(long double x) {
  const long double e = std::expm1(x);
  return {x / e, (e - x * std::exp(x)) / (e * e)};
}

}  // namespace

TEST_CASE("the Bernoulli function and its slope agree with 80-bit arithmetic") {
  // Below 1e-2 the closed form of the slope cancels even in 80 bits.
  for (double x = 1e-2; x < 600; x *= 1.07)
    for (double at : {x, -x}) {
      const auto b = bernoulli_with_slope(at);
      const Exact e = exact(at);
      CAPTURE(at);
      CHECK(std::abs(b.value - static_cast<double>(e.value)) <= 1e-15 * static_cast<double>(e.value));
      CHECK(std::abs(b.slope - static_cast<double>(e.slope)) <=
            2e-15 * std::abs(static_cast<double>(e.slope)) + 1e-300);
    }
}

TEST_CASE("the Bernoulli function near zero and far out") {
  CHECK(bernoulli(0.0) == 1);
  CHECK(bernoulli_with_slope(0).slope == -0.5);
  CHECK(bernoulli(1e-9) == Approx(1 - 0.5e-9).epsilon(1e-16));
  CHECK(bernoulli(800.0) == 0);
  CHECK(bernoulli_with_slope(800).slope == 0);
  CHECK(bernoulli(-800.0) == 800);
  CHECK(bernoulli_with_slope(-800).slope == -1);
}

TEST_CASE("B(-x) = B(x) + x") {
  for (double x = 1e-6; x < 100; x *= 1.5) CHECK(bernoulli(-x) == Approx(bernoulli(x) + x).epsilon(4e-16));
}

TEST_CASE("the pair B(x), B(-x) has the values and slopes of both") {
  using nacre::math::bernoulli_pair, nacre::math::Lanes;
  for (double x : {-700., -3., -0.4, -1e-8, 0., 1e-8, 0.4, 3., 700.}) {
    CAPTURE(x);
    const auto pair = bernoulli_pair(x);
    CHECK(pair.of == Approx(bernoulli(x)).epsilon(1e-15));
    CHECK(pair.of_opposite == Approx(bernoulli(-x)).epsilon(1e-15));
    const auto dual = bernoulli_pair(nacre::math::Dual<1>::variable(x, 0));
    CHECK(dual.of.slope[0] == Approx(bernoulli_with_slope(x).slope).epsilon(1e-14));
    CHECK(dual.of_opposite.slope[0] == Approx(-bernoulli_with_slope(-x).slope).epsilon(1e-14));
    const auto lanes = bernoulli_pair(Lanes(x));
    CHECK(lanes.of[1] == Approx(bernoulli(x)).epsilon(2e-15));
    CHECK(lanes.opposite().of[2] == Approx(bernoulli(-x)).epsilon(2e-15));
  }
}

TEST_CASE("a dual number carries the slope of the Bernoulli function") {
  const auto x = nacre::math::Dual<2>::variable(1.3, 1);
  const auto b = bernoulli(2.0 * x);
  CHECK(b.value == bernoulli(2.6));
  CHECK(b.slope[0] == 0);
  CHECK(b.slope[1] == 2 * bernoulli_with_slope(2.6).slope);
}
