#include "models/device/drift_diffusion.hpp"

#include <catch2/catch.hpp>

#include "engine/fvm/sweep.hpp"
#include "tests/support/derivatives.hpp"
#include "tests/support/flat_levels.hpp"
#include "tests/support/full_led.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

TEST_CASE("drift-diffusion: derivatives agree with differences") {
  const device::DriftDiffusion<1> with(support::reference_led(true));
  const device::DriftDiffusion<0> without(support::reference_led(false));
  CHECK(support::DerivativeCheck<device::DriftDiffusion<1>>(with, {-150, 10, 20, -150}, 3).worst(3) < 1e-8);
  CHECK(support::DerivativeCheck<device::DriftDiffusion<0>>(without, {-150, 20, 10}, 3).worst(3) < 1e-8);
  CHECK(support::DerivativeCheck<device::DriftDiffusion<1>>(with, {-150, 10, 20, -150}, 3).worst_in_lanes(3) < 1e-12);
}

TEST_CASE("every optional term: derivatives agree with differences") {
  const auto stack = support::full_led();
  const device::DriftDiffusion<1> physics(stack);
  REQUIRE(physics.interfaces.size() == 5);
  // About the middle of the gap of the layers, and with one band or the other crowded.
  const auto centre = GENERATE(fvm::Block<double, 4>{-150, 10, 20, -150}, fvm::Block<double, 4>{-110, 25, 0, -110},
                               fvm::Block<double, 4>{-190, 0, 25, -190});
  support::DerivativeCheck<device::DriftDiffusion<1>> check(physics, centre, 3);
  CHECK(check.worst(8) < 1e-6);
  CHECK(check.worst_in_lanes(8) < 1e-12);
}

TEST_CASE("detailed balance of every optional term: no flux and no recombination where the levels are flat") {
  support::check_flat_levels(device::DriftDiffusion<1>(support::full_led()));
}

TEST_CASE("diffusion obeys the Einstein relation of the statistics: D = mobility kT/q times dln(eta)") {
  // Without a field, F = -D dn/dx with D/(mu kT/q) = n/(dn/d eta).
  const auto statistics = GENERATE(device::Statistics::boltzmann, device::Statistics::blakemore,
                                   device::Statistics::fermi_dirac, device::Statistics::gaussian);
  auto stack = support::reference_led(false);
  auto& layer = stack.layers[1];
  layer.statistics = statistics, layer.disorder = 0.1 * units::constants::electron_volt;
  const device::DriftDiffusion<0> physics(stack);
  const auto& l = physics.layers[1];
  for (double eta : {-4., 0., 3.}) {
    const double psi = eta - l.band_electron;
    const auto density = [&](double level) {
      return physics.storage(fvm::Block<double, 3>{psi, level, 0}, {1, 0})[device::electron];
    };
    constexpr double d = 1e-4, h = 1e-9;
    const auto f = physics.flux(fvm::Block<double, 3>{psi, 0, 0}, {psi, d, 0}, {0, d, 0}, {1, 0, h});
    const double diffusion = -f[device::electron] * h / (density(d) - density(0));
    const double slope = (density(-d) - density(d)) / (2 * d);
    CHECK(diffusion / l.diffusion_electron == Approx(density(0) / slope).epsilon(2e-4));
    if (statistics == device::Statistics::blakemore)
      CHECK(diffusion / l.diffusion_electron == Approx(1 + std::exp(eta)).epsilon(2e-4));
  }
}

TEST_CASE("a crowded band has at most its states, and Blakemore's n is the closed form") {
  auto stack = support::reference_led(false);
  stack.layers[1].statistics = device::Statistics::blakemore, stack.layers[1].crowding = 0.27;
  const device::DriftDiffusion<0> physics(stack);
  const auto electrons = [&](double eta) {
    return physics.storage(fvm::Block<double, 3>{eta - physics.layers[1].band_electron, 0, 0},
                           {1, 0})[device::electron];
  };
  for (double eta : {-30., -1., 0., 1., 600.})
    CHECK(electrons(eta) == Approx(2e24 / (std::exp(-eta) + 0.27)).epsilon(1e-12));
}

TEST_CASE("crowded vacancies: the closed form of the lattice gas, never more than its sites") {
  auto stack = support::reference_led(true);
  stack.layers[1].vacancies.site_density = 4e24;
  const device::DriftDiffusion<1> physics(stack);
  for (double x : {-20., -0.5, 0., 2., 29., 31., 600.}) {
    const double c = physics.storage(fvm::Block<double, 4>{-x, 0, 0, 0}, {1, 0})[device::vacancy];
    CHECK(c == Approx(4e24 / (1 + 3 * std::exp(-x))).epsilon(1e-12));
  }
}

TEST_CASE("detailed balance: no flux and no recombination where the levels are flat") {
  support::check_flat_levels(device::DriftDiffusion<1>(support::reference_led(true)), 3);
}

TEST_CASE("the Scharfetter-Gummel flux is drift in a strong field, diffusion without one, and odd under reflection") {
  const auto scharfetter_gummel = [](double log_a, double log_b, double drift, double level) {
    return device::scharfetter_gummel(1.0, log_a, log_b, math::bernoulli_pair(drift), level);
  };
  const double n = 3;
  CHECK(scharfetter_gummel(std::log(n), std::log(n), 50.0, -50.0) == Approx(50 * n).epsilon(1e-14));
  CHECK(scharfetter_gummel(std::log(n), std::log(2 * n), 0.0, std::log(2.)) == Approx(-n).epsilon(1e-14));
  for (double drift : {-3., -0.1, 0., 2.})
    for (double level : {-4., 0.5}) {
      const double ahead = scharfetter_gummel(1.0, 1 + drift + level, drift, level);
      const double back = scharfetter_gummel(1 + drift + level, 1.0, -drift, -level);
      CHECK(ahead == Approx(-back).epsilon(1e-13));
    }
}

TEST_CASE("the Scharfetter-Gummel flux keeps the digits of a level step far below round-off of the level") {
  CHECK(device::scharfetter_gummel(1.0, 5.0, 5.0, math::bernoulli_pair(0.0), 1e-30) ==
        Approx(-std::exp(5.) * 1e-30).epsilon(1e-14));
}

TEST_CASE("a state is elsewhere by its potential, not by a level of carriers") {
  using Physics = device::DriftDiffusion<1>;
  const fvm::State<Physics::unknowns> here(3);
  auto near = here, far = here;
  near.value[1][device::potential] = 0.9, near.value[2][device::hole] = -40;
  far.value[1][device::potential] = -1.1;
  CHECK_FALSE(fvm::is_elsewhere<Physics>(here, here));
  CHECK_FALSE(fvm::is_elsewhere<Physics>(here, near));
  CHECK(fvm::is_elsewhere<Physics>(here, far));
}
