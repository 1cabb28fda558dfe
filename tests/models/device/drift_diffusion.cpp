#include "models/device/drift_diffusion.hpp"

#include <catch2/catch.hpp>

#include "tests/support/derivatives.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

TEST_CASE("drift-diffusion: derivatives agree with differences") {
  const device::DriftDiffusion<1> with(support::reference_led(true));
  const device::DriftDiffusion<0> without(support::reference_led(false));
  CHECK(support::DerivativeCheck<device::DriftDiffusion<1>>(with, {-150, 10, 20, -150}, 3).worst(3) < 1e-8);
  CHECK(support::DerivativeCheck<device::DriftDiffusion<0>>(without, {-150, 20, 10}, 3).worst(3) < 1e-8);
}

TEST_CASE("detailed balance: no flux and no recombination where the levels are flat") {
  const device::DriftDiffusion<1> physics(support::reference_led(true));
  const fvm::Block<double, 4> a{-150, 7, 7, -149}, b{-148, 7, 7, -149}, step{2, 0, 0, 0};
  for (std::size_t region = 0; region < 3; ++region) {
    const auto f = physics.flux(a, b, step, {region, 0, 1e-9});
    const auto r = physics.reaction(a, {region, 0});
    for (std::size_t k : {device::electron, device::hole, device::vacancy}) CHECK(f[k] == 0);
    CHECK(r[device::electron] == 0);
    CHECK(r[device::hole] == 0);
  }
}

TEST_CASE("the Scharfetter-Gummel flux is drift in a strong field, diffusion without one, and odd under reflection") {
  using device::scharfetter_gummel;
  const double n = 3;
  CHECK(scharfetter_gummel(1.0, std::log(n), std::log(n), 50.0, -50.0) == Approx(50 * n).epsilon(1e-14));
  CHECK(scharfetter_gummel(1.0, std::log(n), std::log(2 * n), 0.0, std::log(2.)) == Approx(-n).epsilon(1e-14));
  for (double drift : {-3., -0.1, 0., 2.})
    for (double level : {-4., 0.5}) {
      const double ahead = scharfetter_gummel(1.0, 1.0, 1 + drift + level, drift, level);
      const double back = scharfetter_gummel(1.0, 1 + drift + level, 1.0, -drift, -level);
      CHECK(ahead == Approx(-back).epsilon(1e-13));
    }
}

TEST_CASE("the Scharfetter-Gummel flux keeps the digits of a level step far below round-off of the level") {
  CHECK(device::scharfetter_gummel(1.0, 5.0, 5.0, 0.0, 1e-30) == Approx(-std::exp(5.) * 1e-30).epsilon(1e-14));
}
