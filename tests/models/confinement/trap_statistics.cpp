#include "models/confinement/trap_statistics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/math/quadrature.hpp"

using namespace nacre::confinement;

TEST_CASE("Poisson classes keep the share and the mean, few or many traps", "[traps]") {
  for (const double mean : {0.0, 1e-6, 0.3, 2.0, 17.5, 400.0}) {
    double share = 0, first = 0, second = 0;
    for (const TrapClass& c : poisson_classes(mean)) {
      share += c.share;
      first += c.share * c.traps;
      second += c.share * c.traps * c.traps;
    }
    INFO(mean);
    CHECK(share == Approx(1));
    CHECK(first == Approx(mean).epsilon(1e-6).margin(1e-12));
    CHECK(second - first * first == Approx(mean).epsilon(0.02).margin(1e-12));  // grouping takes a little of the spread
  }
  CHECK(poisson_classes(400).size() <= 48);
}

TEST_CASE("The mean time of Poisson-trapped crystals is the integral of the closed-form decay", "[traps]") {
  // <exp(-(k + m c) t)> = exp(-k t - mean (1 - exp(-c t))) (Infelta, Gratzel, Thomas 1974)
  const double rate = 0.7, capture = 0.45;
  const nacre::math::Rule rule = nacre::math::gauss_legendre(200);
  for (const double mean : {0.2, 3.0, 30.0}) {
    double time = 0, moment = 0;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      const double t = 30 * (1 + rule.nodes[i]), w = 30 * rule.weights[i];
      const double decay = std::exp(-rate * t - mean * -std::expm1(-capture * t));
      time += w * decay;
      moment += w * t * decay;
    }
    const PoissonMeans means = poisson_means(mean, rate, capture);
    CHECK(means.time == Approx(time).epsilon(1e-9));
    CHECK(means.square == Approx(moment).epsilon(1e-9));
  }
}
