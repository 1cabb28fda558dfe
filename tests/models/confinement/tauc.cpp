#include "models/confinement/tauc.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using nacre::confinement::tauc_gap;

namespace {

struct Sampled {
  std::vector<double> energy, absorption;
};

/// alpha on 2 to 3.5 from E alpha(E).
template <class F>
Sampled sample(F&& strength) {
  Sampled s;
  for (double e = 2; e < 3.5; e += 0.001) {
    s.energy.push_back(e);
    s.absorption.push_back(strength(e) / e);
  }
  return s;
}

}  // namespace

TEST_CASE("A direct parabolic edge: the Tauc plot reads the gap", "[tauc]") {
  const Sampled s = sample([](double e) { return 7 * std::sqrt(std::max(0.0, e - 2.3104)); });
  CHECK(tauc_gap(s.energy, s.absorption, 3.4) == Approx(2.3104).margin(2e-5));
}

TEST_CASE("A Gaussian exciton at E_x: the Tauc plot reads E_x - sqrt(2) sigma", "[tauc]") {
  const double centre = 2.8, sigma = 0.072;
  const Sampled s = sample([&](double e) { return std::exp(-std::pow((e - centre) / sigma, 2) / 2); });
  CHECK(tauc_gap(s.energy, s.absorption, centre) == Approx(centre - std::sqrt(2.0) * sigma).margin(2e-3));
}

TEST_CASE("No rise below the highest energy: no gap", "[tauc]") {
  const Sampled s = sample([](double e) { return e < 3 ? 0.0 : 1.0; });
  CHECK(std::isnan(tauc_gap(s.energy, s.absorption, 2.9)));
  CHECK(std::isnan(tauc_gap(s.energy, s.absorption, 1.0)));
}
