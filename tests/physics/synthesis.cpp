// The synthesis against its reference problem (three independent codes agree on the first number to 1e-4), a finer
// grid, and what thermodynamics demands. Reference numbers: docs/theory/synthesis.md.
#include "models/synthesis/synthesis.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/recipes.hpp"

using namespace nacre::synthesis;
using nacre::support::hot_injection;
using nacre::support::reprecipitation;

namespace {

History run(const Recipe& recipe, const Options& options = {}) {
  const History history = synthesise(recipe, Kind::becker_doering, options);
  INFO(history.message);
  REQUIRE(history.complete);
  return history;
}

Options discrete(int sizes) {
  return {.relative_tolerance = 1e-4, .discrete_sizes = 60, .unknowns = sizes + 1};
}

}  // namespace

TEST_CASE("the reference problem at 298.15 K, on every size") {
  Recipe recipe = reprecipitation(298.15);
  recipe.largest_edge = std::cbrt(1600 * recipe.formula_volume);
  const History history = run(recipe, discrete(1600));
  CHECK(history.mean_edge.back() * 1e9 == Approx(4.0526).epsilon(1e-4));
  CHECK(history.sd_edge.back() * 1e9 == Approx(0.9847).epsilon(2e-4));
}

// The last mean was printed as 14.8 from a coarse grid; 300 000 discrete sizes give 14.680.
TEST_CASE("the reference hot injection over its supply times") {
  struct Published {
    double supply_time, mean;
  };
  for (const Published p :
       {Published{0.5e-3, 7.1}, {1.8e-3, 7.1}, {5e-3, 7.3}, {20e-3, 8.3}, {50e-3, 10.0}, {200e-3, 14.68}}) {
    Recipe recipe = hot_injection(p.supply_time);
    recipe.largest_edge = 45e-9;
    CHECK(run(recipe).mean_edge.back() * 1e9 == Approx(p.mean).margin(0.06));
  }
}

TEST_CASE("the hybrid grid stands for 17 000 discrete sizes", "[slow]") {
  Recipe recipe = hot_injection(5e-3);  // ends at 7.3 nm: nothing reaches 16 nm on either grid
  recipe.largest_edge = 16e-9;
  const int sizes = static_cast<int>(std::pow(recipe.largest_edge, 3) / recipe.formula_volume);
  CHECK(sizes > 17000);
  const History every = run(recipe, discrete(sizes + 1));
  const History hybrid = run(recipe);
  CHECK(every.effort.unknowns > 17000);
  CHECK(hybrid.effort.unknowns <= 500);
  CHECK(hybrid.mean_edge.back() == Approx(every.mean_edge.back()).epsilon(0.0005));
  CHECK(hybrid.sd_edge.back() == Approx(every.sd_edge.back()).epsilon(0.001));
  CHECK(hybrid.skewness.back() == Approx(every.skewness.back()).margin(0.01));
}

TEST_CASE("the spread converges at second order at least in the width of the classes", "[slow]") {
  const Recipe recipe = hot_injection(50e-3);
  const auto error = [&](int unknowns) {
    Options fine{.relative_tolerance = 1e-5, .discrete_sizes = 30, .unknowns = 2400};
    static const double exact = run(recipe, fine).sd_edge.back();
    return std::abs(
        run(recipe, {.relative_tolerance = 1e-5, .discrete_sizes = 30, .unknowns = unknowns}).sd_edge.back() - exact);
  };
  CHECK(std::log2(error(120) / error(240)) > 1.8);
  CHECK(std::log2(error(120) / error(480)) > 3.6);
}

TEST_CASE("mass is conserved to 1e-12 over a whole hot injection, quench included") {
  CHECK(run(hot_injection(50e-3)).effort.mass_drift < 1e-12);
  CHECK(run(reprecipitation(190)).effort.mass_drift < 1e-12);
}

TEST_CASE("the result does not depend on the tolerance beyond what it promises") {
  const Recipe recipe = hot_injection(50e-3);
  const History usual = run(recipe), tight = run(recipe, {.relative_tolerance = 1e-6});
  CHECK(usual.mean_edge.back() == Approx(tight.mean_edge.back()).epsilon(3e-5));
  CHECK(usual.sd_edge.back() == Approx(tight.sd_edge.back()).epsilon(1e-4));
  CHECK(usual.supersaturation.back() == Approx(tight.supersaturation.back()).epsilon(0.02));
}

TEST_CASE("colder is smaller, because solubility falls on cooling") {
  double last = 0;
  for (const double temperature : {190.0, 220.0, 250.0, 273.0, 298.15, 333.0}) {
    const double mean = run(reprecipitation(temperature)).mean_edge.back();
    CHECK(mean > last);
    last = mean;
  }
}

TEST_CASE("without a heat of solution nothing nucleates at 190 K") {
  Recipe recipe = reprecipitation(190);
  recipe.kinetics.solution_enthalpy = 0;
  CHECK(run(recipe).yield.back() < 1e-6);
}

TEST_CASE(
    "the insoluble set is stable at room temperature, the cold sample survives warming, the labile set does neither") {
  const double rt = run(reprecipitation(298.15)).mean_edge.back();
  CHECK(run(reprecipitation(298.15, 4500)).mean_edge.back() == Approx(rt).epsilon(0.01));
  Recipe warmed = reprecipitation(190);
  const double cold = run(warmed).mean_edge.back();
  warmed.baths.push_back({.temperature = 298.15, .time_constant = 60, .duration = 3600});
  CHECK(run(warmed).mean_edge.back() < cold + 0.15e-9);

  Recipe labile = warmed;
  labile.kinetics = {0.04925, std::log(1.88e-5), 36000, std::log(2.46e-5), 23100, 0.5e-9};
  labile.supply_time = 4.9e-3;
  CHECK(run(labile).mean_edge.back() > cold + 0.8e-9);
}
