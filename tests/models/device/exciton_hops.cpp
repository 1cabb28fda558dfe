#include "models/device/exchange/exciton_hops.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/math/random.hpp"

using nacre::device::hop_downhill;

namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("Excitons of two kinds share as rates of hops and emission say", "[exciton_hops]") {
  std::vector<double> light{0.2, 0.8};
  hop_downhill(light, std::vector<double>{3, 1}, std::vector<std::size_t>{0, 1}, 5);
  CHECK(light[1] == Approx(0.8 / (1 + 5 * 0.75)).epsilon(1e-14));
  CHECK(sum(light) == Approx(1).epsilon(1e-14));
}

TEST_CASE("Hops keep the light, change nothing without any, and end at the smallest gap", "[exciton_hops]") {
  const std::vector<double> made{0.1, 0.3, 0.05, 0.35, 0.2}, crystals{0.3, 0.1, 0.2, 0.25, 0.15};
  const std::vector<std::size_t> by_gap{3, 0, 4, 2, 1};
  std::vector<double> none = made, some = made, many = made;
  hop_downhill(none, crystals, by_gap, 0);
  hop_downhill(some, crystals, by_gap, 2.5);
  hop_downhill(many, crystals, by_gap, 1e12);
  for (std::size_t i = 0; i < made.size(); ++i) CHECK(none[i] == Approx(made[i]).epsilon(1e-14));
  CHECK(sum(some) == Approx(1).epsilon(1e-14));
  CHECK(many[3] == Approx(1).epsilon(1e-10));
}

TEST_CASE("A random walk of excitons ends where the steady state says", "[exciton_hops]") {
  // gaps fall with the index
  const std::vector<double> made{0.4, 0.3, 0.2, 0.1}, crystals{0.1, 0.2, 0.3, 0.4};
  const double hops = 3;
  std::vector<double> light = made, counted(made.size(), 0);
  hop_downhill(light, crystals, std::vector<std::size_t>{3, 2, 1, 0}, hops);
  nacre::math::Random random(11);
  const auto drawn = [&](const std::vector<double>& shares) {
    double left = random.uniform();
    std::size_t i = 0;
    while (i + 1 < shares.size() && (left -= shares[i]) > 0) ++i;
    return i;
  };
  constexpr int excitons = 40000;
  for (int n = 0; n < excitons; ++n) {
    std::size_t at = drawn(made);
    while (random.uniform() < hops / (1 + hops)) at = std::max(at, drawn(crystals));  // a hop before it emits
    counted[at] += 1. / excitons;
  }
  for (std::size_t i = 0; i < made.size(); ++i)
    CHECK(std::abs(counted[i] - light[i]) < 5 * std::sqrt(light[i] / excitons));
}
