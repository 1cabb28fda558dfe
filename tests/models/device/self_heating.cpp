// Self-heating against closed forms.
#include "models/device/self_heating.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace nacre::device;

TEST_CASE("a resistor whose conductance rises with temperature warms up as the closed form says", "[self_heating]") {
  // J V = P (1 + a dT): dT = R P/(1 - a R P), and no steady state from a R P = 1 on
  const double ambient = 298, a = 0.02;
  for (const double rp : {0.1, 1.0, 10.0, 30.0, 40.0}) {
    const Warmed warmed = self_heated([&](double t) { return 1e4 * (1 + a * (t - ambient)); }, ambient, rp / 1e4, 500);
    CHECK_FALSE(warmed.runs_away);
    CHECK(warmed.temperature - ambient == Approx(rp / (1 - a * rp)).epsilon(1e-10));
  }
  for (const double rp : {49.0, 50.0, 60.0}) {  // 49: at 2750 K
    const Warmed warmed = self_heated([&](double t) { return 1e4 * (1 + a * (t - ambient)); }, ambient, rp / 1e4, 500);
    CHECK(warmed.runs_away);
    CHECK(std::isnan(warmed.temperature));
  }
}

TEST_CASE("of two steady states of an activated current the cold one is taken, up to where both meet",
          "[self_heating]") {
  // P = P_0 exp(b dT): b dT exp(-b dT) = b R P_0, solvable below 1/e
  const double ambient = 298, b = 0.05;
  const auto at = [&](double brp) {
    return self_heated([&](double t) { return 1e4 * std::exp(b * (t - ambient)); }, ambient, brp / b / 1e4, 400);
  };
  for (const double x : {0.01, 0.3, 0.9})
    CHECK(b * (at(x * std::exp(-x)).temperature - ambient) == Approx(x).epsilon(1e-9));
  CHECK(at(1.01 / std::exp(1.)).runs_away);
}

TEST_CASE("no heat, no warmth; and heat spreads into glass", "[self_heating]") {
  CHECK(self_heated([](double) { return 0.; }, 300, 1, 400).temperature == 300);
  CHECK(self_heated([](double) { return 5.; }, 300, 0, 400).temperature == 300);
  // a disc of 1 mm radius on a half space of 1 W/(m K): 250 K/W
  CHECK(spreading_resistance(M_PI * 1e-6, 1) / (M_PI * 1e-6) == Approx(250));
}
