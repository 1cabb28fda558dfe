#include "models/confinement/disorder.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::electron_volt;

TEST_CASE("Cody's thermal disorder: the zero point when cold, in proportion to temperature when hot", "[disorder]") {
  Emitter emitter;
  emitter.urbach_scale = 0.011 * electron_volt;
  emitter.urbach_phonon = 0.0153 * electron_volt;
  emitter.urbach_per_density = 0.03 * electron_volt * 1e-18;
  CHECK(urbach_energy(emitter, 0, 1).thermal == Approx(0.0055 * electron_volt));
  const double hot = 1e5, quantum = 1.380649e-23 * hot / emitter.urbach_phonon;
  CHECK(urbach_energy(emitter, 0, hot).thermal == Approx(emitter.urbach_scale * quantum).epsilon(1e-4));
  const Urbach with = urbach_energy(emitter, 0.5e18, 300);
  CHECK(with.of_traps == Approx(0.015 * electron_volt));
  CHECK(with.total() == Approx(with.thermal + 0.015 * electron_volt));
}

TEST_CASE("The tail takes over where the edge is as steep as it: a Gaussian edge at sigma^2/E_U", "[disorder]") {
  const double centre = 2.5, sigma = 0.06, urbach = 0.03;
  std::vector<double> energy, absorption;
  for (double e = 1.9; e < 2.8; e += 1e-4) {
    energy.push_back(e);
    absorption.push_back(std::exp(-std::pow((e - centre) / sigma, 2) / 2));
  }
  const std::vector<double> tailed = with_urbach_tail(energy, absorption, centre, urbach);
  const double taken_over = centre - sigma * sigma / urbach;
  for (std::size_t i = 0; i + 1 < energy.size(); ++i) {
    if (energy[i] > taken_over + 2e-4) CHECK(tailed[i] == absorption[i]);
    if (energy[i] < taken_over - 2e-4)
      CHECK(std::log(tailed[i + 1] / tailed[i]) / 1e-4 == Approx(1 / urbach).epsilon(1e-6));
  }
  CHECK(with_urbach_tail(energy, absorption, centre, 0) == absorption);
}
