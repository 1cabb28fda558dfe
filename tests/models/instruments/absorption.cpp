#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/math/random.hpp"
#include "models/confinement/tauc.hpp"
#include "models/instruments/elliott_fit.hpp"
#include "models/instruments/line_and_step.hpp"
#include "models/instruments/noise.hpp"
#include "models/instruments/tauc_fit.hpp"
#include "models/instruments/urbach_fit.hpp"
#include "tests/models/instruments/pulls.hpp"

using namespace nacre::instruments;
namespace confinement = nacre::confinement;

namespace {

struct Spectrum {
  std::vector<double> energy, absorption;
};

template <class F>
Spectrum measured(F&& alpha, double from, double to, double noise, std::uint64_t seed = 3) {
  nacre::math::Random random(seed);
  Spectrum s;
  for (double e = from; e < to; e += 1e-3) {
    s.energy.push_back(e);
    s.absorption.push_back(alpha(e) + noise * random.normal());
  }
  return s;
}

}  // namespace

TEST_CASE("An Urbach fit recovers the tail, with noise within its error", "[instruments]") {
  const auto tail = [](double e) { return e < 2.4 ? std::exp((e - 2.4) / 0.035) : 1; };
  const Spectrum clean = measured(tail, 1.9, 2.8, 0);
  CHECK(urbach_fit(clean.energy, clean.absorption, 2.4, {0.01, 0.5}).energy == Approx(0.035).epsilon(1e-9));
  Pulls pulls;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Spectrum noisy = measured(tail, 1.9, 2.8, 2e-3, seed);
    const UrbachReading reading = urbach_fit(noisy.energy, noisy.absorption, 2.4, {0.05, 0.5});
    REQUIRE(reading.standard_error < 1e-3);
    CHECK(reading.points > 50);
    pulls.add((reading.energy - 0.035) / reading.standard_error);
  }
  pulls.check();
  CHECK(std::isnan(urbach_fit(clean.energy, clean.absorption, 1.0, {}).energy));
}

TEST_CASE("An Urbach fit of a tail that noise nearly covers is within its error, or none", "[instruments]") {
  const auto tail = [](double e) { return e < 2.4 ? std::exp((e - 2.4) / 0.035) : 1; };
  for (const double noise : {0.01, 0.02, 0.05}) {
    int read = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const Spectrum noisy = measured(tail, 1.9, 2.8, noise, seed);
      const UrbachReading reading = urbach_fit(noisy.energy, noisy.absorption, 2.4, {0.01, 0.3});
      if (std::isnan(reading.energy)) continue;
      ++read;
      CHECK(reading.standard_error < 0.34 * reading.energy);
      CHECK(reading.energy == Approx(0.035).margin(5 * reading.standard_error));
      CHECK(reading.energy == Approx(0.035).epsilon(0.6));
    }
    if (noise < 0.03) CHECK(read > 50);
  }
}

TEST_CASE("Noise is told from a curve's own bends", "[instruments]") {
  const auto line = [](double e) { return std::exp(-std::pow((e - 2.4) / 0.03, 2) / 2); };
  for (const double noise : {1e-5, 1e-3})
    CHECK(noise_of(measured(line, 2.0, 2.8, noise).absorption, 6) == Approx(noise).epsilon(0.2));
  CHECK(noise_of(measured(line, 2.0, 2.8, 0).absorption, 6) < 1e-8);
  CHECK(noise_of(std::vector{1.0, 2.0, 5.0}, 6) == 0);
}

TEST_CASE("A Tauc plot recovers the gap of a direct edge, with noise within its error", "[instruments]") {
  const auto edge = [](double e) { return std::sqrt(std::max(0.0, e - 2.31)) / e; };
  const Spectrum clean = measured(edge, 2.0, 2.7, 0);
  CHECK(tauc_fit(clean.energy, clean.absorption, 2.65).gap == Approx(2.31).margin(2e-5));
  for (const double noise : {2e-4, 2e-3}) {  // of a strength of 0.22
    Pulls pulls;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const Spectrum noisy = measured(edge, 2.0, 2.7, noise, seed);
      const TaucReading reading = tauc_fit(noisy.energy, noisy.absorption, 2.65);
      REQUIRE(reading.standard_error < 5e-3);
      CHECK(reading.points >= 5);
      pulls.add((reading.gap - 2.31) / reading.standard_error);
    }
    pulls.check();
  }
}

TEST_CASE("Without noise a Tauc plot of an exciton's line reads what the spectra report as their gap",
          "[instruments]") {
  const auto line = [](double e) { return std::exp(-std::pow((e - 2.8) / 0.072, 2) / 2) / e; };
  const Spectrum s = measured(line, 2.3, 3.2, 0);
  CHECK(tauc_fit(s.energy, s.absorption, 2.8).gap ==
        Approx(confinement::tauc_gap(s.energy, s.absorption, 2.8)).margin(2e-4));
  const Spectrum noisy = measured(line, 2.3, 3.2, 3e-3, 5);
  CHECK(tauc_fit(noisy.energy, noisy.absorption, 2.8).gap == Approx(2.8 - 0.072 * std::sqrt(2.0)).margin(0.01));
}

TEST_CASE("Nothing rises, or all of it drowns: no gap", "[instruments][bad]") {
  const Spectrum falling = measured([](double e) { return 1 / (e * e); }, 2.0, 2.7, 0);
  CHECK(std::isnan(tauc_fit(falling.energy, falling.absorption, 2.65).gap));
  const Spectrum drowned = measured([](double e) { return 1e-4 * (e - 2); }, 2.0, 2.7, 1.0);
  CHECK(std::isnan(tauc_fit(drowned.energy, drowned.absorption, 2.65).gap));
  CHECK(std::isnan(tauc_fit(falling.energy, falling.absorption, 1.0).gap));
}

TEST_CASE("Elliott's formula is recovered in three and in two dimensions, with noise", "[instruments]") {
  for (const confinement::Freedom freedom : {confinement::Freedom::three, confinement::Freedom::two}) {
    const bool flat = freedom == confinement::Freedom::two;
    const double rydberg = flat ? 0.03 : 0.045, binding = flat ? 4 * rydberg : rydberg;
    const confinement::EnergyGrid grid{2.0, 1e-3, 900};
    std::vector<double> energy, alpha = confinement::elliott_absorption({freedom, 2.4, rydberg, 0.05}, grid);
    nacre::math::Random random(11);
    const double top = *std::max_element(alpha.begin(), alpha.end());
    for (std::size_t i = 0; i < grid.count; ++i) {
      energy.push_back(grid.at(i));
      alpha[i] += 2e-3 * top * random.normal();
    }
    const ElliottReading reading = elliott_fit(energy, alpha, freedom, 2.4 - binding, 2.7);
    REQUIRE(reading.converged);
    CHECK(reading.binding == Approx(binding).epsilon(0.05));
    CHECK(reading.gap == Approx(2.4).margin(3e-3));
    CHECK(reading.width == Approx(0.05).epsilon(0.05));
  }
}

TEST_CASE("The asymmetric line is a Gaussian convolved with an exponential", "[instruments]") {
  LineAndStep edge;
  edge.line_area = 2;
  edge.line = 2.5;
  edge.line_width = 0.03;
  edge.step_width = 0.02;
  for (const double asymmetry : {0.002, 0.02, 0.2}) {
    edge.asymmetry = asymmetry;
    double area = 0;
    for (double e = 2; e < 6; e += 1e-3) area += 1e-3 * absorption_of(edge, e);
    CHECK(area == Approx(2).epsilon(1e-6));
    double convolved = 0;  // at 2.53
    for (double u = 5e-6; u < 30 * asymmetry; u += 1e-5)
      convolved += 1e-5 * std::exp(-u / asymmetry) / asymmetry * std::exp(-std::pow((0.03 - u) / 0.03, 2) / 2);
    CHECK(absorption_of(edge, 2.53) == Approx(2 * convolved / (0.03 * std::sqrt(2 * std::numbers::pi))).epsilon(1e-3));
  }
}

TEST_CASE("Line and step are recovered, with noise", "[instruments]") {
  LineAndStep edge;
  edge.line_area = 0.08;
  edge.line = 2.70;
  edge.line_width = 0.03;
  edge.asymmetry = 0.02;
  edge.step_height = 0.6;
  edge.step = 2.90;
  edge.step_width = 0.04;
  const Spectrum s = measured([&](double e) { return absorption_of(edge, e); }, 2.4, 3.2, 1e-3);
  const LineAndStep found = line_and_step_fit(s.energy, s.absorption, 2.71, 0.08, 3.15);
  REQUIRE(found.converged);
  CHECK(found.binding() == Approx(0.2).margin(0.01));
  CHECK(found.line == Approx(2.70).margin(3e-3));
  CHECK(found.residual < 2e-3);
}
