#include "models/device/on_mesh.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/fvm/sweep.hpp"
#include "models/device/current_voltage.hpp"
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

TEST_CASE(
    "a profile holds the recombination that the operating point sums, layer by layer, and the field of the bias") {
  const auto stack = support::reference_led(true);
  const std::vector<double> biases{0, 0.5, 1, 1.5, 2, 2.5, 3};
  const auto result = device::current_voltage(stack, biases, {300, 0.01}, std::vector<std::size_t>{2, 6});
  REQUIRE(result.profiles.size() == 2);
  const auto& point = result.points.back();
  const device::Profile& at_3_volts = result.profiles.back();
  std::vector<double> emitted(3, 0), trapped(3, 0);
  double drop = 0;
  for (std::size_t i = 0; i + 1 < at_3_volts.x.size(); ++i) {
    const double width = at_3_volts.x[i + 1] - at_3_volts.x[i];
    const double half = units::constants::elementary_charge * width / 2;
    emitted[at_3_volts.layer[i]] += half * (at_3_volts.radiative[i] + at_3_volts.radiative[i + 1]);
    trapped[at_3_volts.layer[i]] += half * (at_3_volts.traps[i] + at_3_volts.traps[i + 1]);
    drop += width * (at_3_volts.field[i] + at_3_volts.field[i + 1]) / 2;
  }
  REQUIRE(point.emitting.size() == 3);
  for (std::size_t l = 0; l < 3; ++l) CHECK(point.emitting[l] == Approx(emitted[l]).epsilon(1e-10));
  CHECK(point.emitting[0] + point.emitting[1] + point.emitting[2] == Approx(point.radiative).epsilon(1e-12));
  CHECK(trapped[1] == Approx(point.traps).epsilon(1e-10));
  // Built in: 5.1 - 2.8 V. The field is second order, so not the last digit.
  CHECK(drop == Approx(2.3 - 3).epsilon(1e-3));
}
