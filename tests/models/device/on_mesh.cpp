#include "models/device/on_mesh.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/fvm/sweep.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

namespace {

/// Potential, levels and vacancies of the reference LED at 3 V on the nodes of the coarsest of meshes that divide one
/// another.
std::vector<fvm::Block<double, 4>> at_3_volts(std::size_t times) {
  device::OnMesh<1> led(support::reference_led(true), {66 * times + 1, 0.01});
  fvm::Newton<device::DriftDiffusion<1>> newton(led.system(), fvm::Newton<device::DriftDiffusion<1>>::Border::contents);
  auto u = led.start();
  std::vector<double> biases;
  for (int k = 0; k <= 30; ++k) biases.push_back(0.1 * k);
  const auto outcome = fvm::sweep(
      newton, u, led.contents(), biases, [&](double v) { led.set_bias(v); }, [](std::size_t, const auto&) {});
  REQUIRE(outcome.complete);
  std::vector<fvm::Block<double, 4>> nodes;
  for (std::size_t i = 0; i < u.nodes(); i += times) nodes.push_back(u.value[i]);
  return nodes;
}

}  // namespace

TEST_CASE("the reference LED converges with second order in every unknown") {
  const auto a = at_3_volts(8), b = at_3_volts(16), c = at_3_volts(32);
  REQUIRE(a.size() == 67);
  REQUIRE(c.size() == 67);
  for (std::size_t k = 0; k < 4; ++k) {
    double coarse = 0, fine = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      coarse = std::max(coarse, std::abs(a[i][k] - b[i][k]));
      fine = std::max(fine, std::abs(b[i][k] - c[i][k]));
    }
    CAPTURE(k, coarse, fine);
    // The flat level of the vacancies is near a change of sign of its error, which is a few 1e-6.
    if (k == device::vacancy)
      CHECK(fine < coarse / 3);
    else
      CHECK(std::log2(coarse / fine) == Approx(2).margin(0.1));
  }
}

TEST_CASE("equilibrium: flat levels, no current, and the contents that were given") {
  device::OnMesh<1> led(support::reference_led(true), {300, 0.01});
  fvm::Newton<device::DriftDiffusion<1>> newton(led.system(), fvm::Newton<device::DriftDiffusion<1>>::Border::contents);
  auto u = led.start();
  REQUIRE(newton.solve(u, {}, led.contents(), {}).converged);
  for (std::size_t i = 1; i < u.nodes(); ++i) {
    CHECK(std::abs(u.difference(i - 1, i)[device::electron]) < 1e-20);
    CHECK(std::abs(u.difference(i - 1, i)[device::hole]) < 1e-20);
  }
  const auto point = led.read(u);
  CHECK(std::abs(point.current) < 1e-30);
  CHECK(std::abs(point.radiative + point.traps) < 1e-30);
  CHECK(point.vacancies == Approx(3e16).epsilon(1e-12));
}

TEST_CASE("a profile shows an interface from both sides") {
  device::OnMesh<1> led(support::reference_led(true), {67, 0.1});
  const auto profile = led.profile(led.start());
  REQUIRE(profile.x.size() == led.mesh().nodes() + 2);
  const std::size_t at = 23;  // the last node of the first layer; the next entry is the same place in the second
  CHECK(profile.x[at] == profile.x[at + 1]);
  CHECK(profile.layer[at] == 0);
  CHECK(profile.layer[at + 1] == 1);
  CHECK(profile.vacancies[at] == 0);
  CHECK(profile.vacancies[at + 1] > 0);
}
