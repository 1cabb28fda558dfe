#include "engine/math/random.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using nacre::math::Random;

TEST_CASE("Random numbers are those of SplitMix64, the same for a seed", "[random]") {
  Random random(1234567);
  CHECK(random.bits() == 6457827717110365317u);  // published test vector
  CHECK(random.bits() == 3203168211198807973u);
  Random again(5), same(5);
  for (int i = 0; i < 10; ++i) CHECK(again.uniform() == same.uniform());
}

TEST_CASE("Moments of uniform, normal and Poisson numbers", "[random]") {
  Random random(7);
  const int count = 200000;
  double uniform = 0, normal = 0, square = 0;
  for (int i = 0; i < count; ++i) {
    const double u = random.uniform(), g = random.normal();
    REQUIRE((u > 0 && u < 1));
    uniform += u, normal += g, square += g * g;
  }
  CHECK(uniform / count == Approx(0.5).margin(0.004));
  CHECK(normal / count == Approx(0).margin(0.012));
  CHECK(square / count == Approx(1).margin(0.02));
  for (const double mean : {0.0, 0.3, 12.0, 29.9, 30.1, 4000.0}) {
    double first = 0, second = 0;
    for (int i = 0; i < 40000; ++i) {
      const double k = random.poisson(mean);
      first += k, second += k * k;
    }
    first /= 40000, second /= 40000;
    INFO(mean);
    CHECK(first == Approx(mean).margin(5 * std::sqrt(mean / 40000)));
    CHECK(second - first * first == Approx(mean).epsilon(0.05));
  }
}
