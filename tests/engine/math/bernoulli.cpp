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

TEST_CASE("a dual number carries the slope of the Bernoulli function") {
  const auto x = nacre::math::Dual<2>::variable(1.3, 1);
  const auto b = bernoulli(2.0 * x);
  CHECK(b.value == bernoulli(2.6));
  CHECK(b.slope[0] == 0);
  CHECK(b.slope[1] == 2 * bernoulli_with_slope(2.6).slope);
}
