#include "engine/units/constants.hpp"

#include <catch2/catch.hpp>
#include <numbers>

namespace c = nacre::units::constants;

// Each number on the right is a CODATA 2018 value of its own (Rev. Mod. Phys. 93, 025010), not used in the code.
TEST_CASE("constants agree with other recommended values", "[units]") {
  const double pi = std::numbers::pi;
  const double coulomb = 4 * pi * c::vacuum_permittivity;
  const double charge2 = c::elementary_charge * c::elementary_charge;
  const double bohr_radius = coulomb * c::reduced_planck * c::reduced_planck / (c::electron_mass * charge2);
  const double fine_structure = charge2 / (coulomb * c::reduced_planck * c::speed_of_light);
  const double rydberg =
      c::electron_mass * charge2 * charge2 / (2 * coulomb * coulomb * c::reduced_planck * c::reduced_planck);
  CHECK(bohr_radius == Approx(5.29177210903e-11).epsilon(1e-9));
  CHECK(1 / fine_structure == Approx(137.035999084).epsilon(1e-9));
  CHECK(rydberg == Approx(2.1798723611035e-18).epsilon(1e-9));
  CHECK(c::electron_mass * c::speed_of_light * c::speed_of_light / c::electron_volt == Approx(510998.95).epsilon(1e-9));
}

TEST_CASE("derived exact constants", "[units]") {
  CHECK(c::gas_constant == Approx(8.31446261815324).epsilon(1e-15));
  CHECK(c::avogadro * c::elementary_charge == Approx(96485.33212331).epsilon(1e-12));  // Faraday
  CHECK(c::boltzmann / c::electron_volt == Approx(8.617333262145e-5).epsilon(1e-12));  // k in eV/K
  CHECK(c::reduced_planck == Approx(1.054571817646156e-34).epsilon(1e-14));
  const double pi = std::numbers::pi;
  const double k2 = c::boltzmann * c::boltzmann;
  const double c2 = c::speed_of_light * c::speed_of_light;
  const double h3 = c::planck * c::planck * c::planck;
  CHECK(2 * pi * pi * pi * pi * pi * k2 * k2 / (15 * h3 * c2) ==
        Approx(5.670374419e-8).epsilon(1e-9));  // Stefan-Boltzmann
}
