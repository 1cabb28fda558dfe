#include "models/confinement/elliott.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

using namespace nacre::confinement;

TEST_CASE("Sommerfeld factors: twice the step in two dimensions at the gap, one far above, 1/sqrt in three",
          "[elliott]") {
  CHECK(sommerfeld_factor(Freedom::two, 1, 1e-9) == Approx(2));
  CHECK(sommerfeld_factor(Freedom::two, 1, 1e9) == Approx(1).epsilon(2e-4));
  CHECK(sommerfeld_factor(Freedom::three, 1, 1e9) == Approx(1).epsilon(2e-4));
  const double near = 1e-6;
  CHECK(std::sqrt(near) * sommerfeld_factor(Freedom::three, 1, near) == Approx(2 * std::numbers::pi));
  CHECK(sommerfeld_factor(Freedom::three, 0, 1) == 1);
  CHECK(sommerfeld_factor(Freedom::two, 0, 1) == 1);
}

TEST_CASE("Bound states of the hydrogen atom in three and in two dimensions", "[elliott]") {
  CHECK(bound_state(Freedom::three, 0.03, 1) == Approx(0.03));
  CHECK(bound_state(Freedom::three, 0.03, 3) == Approx(0.03 / 9));
  CHECK(bound_state(Freedom::two, 0.03, 1) == Approx(0.12));
  CHECK(bound_state(Freedom::two, 0.03, 2) == Approx(0.03 / 2.25));
}

TEST_CASE("Without attraction Elliott's absorption is the density of states", "[elliott]") {
  const EnergyGrid grid{2.0, 1e-3, 1001};
  const auto three = elliott_absorption({Freedom::three, 2.3, 0, 0.01}, grid);
  const auto two = elliott_absorption({Freedom::two, 2.3, 0, 0.01}, grid);
  CHECK(three[600] == Approx(std::sqrt(0.3)).epsilon(1e-3));
  CHECK(two[600] == Approx(1).epsilon(1e-3));
  CHECK(two[300] == Approx(0.5).epsilon(0.05));
  CHECK(three[200] == Approx(0).margin(1e-9));
}

TEST_CASE("Broadening moves no area: lines and continuum against their integrals", "[elliott]") {
  const double gap = 2.3, rydberg = 0.04;
  const EnergyGrid grid{2.0, 5e-4, 1801};  // to 2.9 eV
  const auto alpha = elliott_absorption({Freedom::two, gap, rydberg, 0.02}, grid);
  double area = 0, lines = 0, continuum = 0;
  for (std::size_t i = 0; i < 1601; ++i) area += alpha[i] * 5e-4;  // to 2.8 eV, where it is flat
  for (int n = 1; n < 4000; ++n) lines += 4 * rydberg / std::pow(n - 0.5, 3);
  for (double e = 1e-5; e < 0.5; e += 2e-5) continuum += 2e-5 * sommerfeld_factor(Freedom::two, rydberg, e);
  CHECK(area == Approx(lines + continuum).epsilon(2e-3));
}
