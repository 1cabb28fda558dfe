#include "models/synthesis/temperature.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using nacre::synthesis::TemperatureProgramme;

TEST_CASE("the pot relaxes to each bath in turn and is continuous between them") {
  const TemperatureProgramme programme(420, {{453, 2, 10}, {273.15, 25, 60}, {298.15, 0, 100}});
  CHECK(programme.at(0) == 420);
  CHECK(programme.at(4) == Approx(453 - 33 * std::exp(-2.0)));
  CHECK(programme.at(10 - 1e-9) == Approx(programme.at(10 + 1e-9)).epsilon(1e-9));
  const double left = 453 - 33 * std::exp(-5.0);
  CHECK(programme.at(35) == Approx(273.15 + (left - 273.15) * std::exp(-1.0)));
  CHECK(programme.at(71) == 298.15);
  CHECK(programme.end() == 170);
}

TEST_CASE("its slope matters only while the pot still differs from the bath") {
  const TemperatureProgramme programme(453, {{453, 5, 10}, {273.15, 2, 600}});
  CHECK(std::isinf(programme.time_scale(5)));
  CHECK(programme.time_scale(11) == 2);
  CHECK(std::isinf(programme.time_scale(500)));
}
