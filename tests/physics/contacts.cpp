// Contacts and interfaces against the answers of a uniform field with few carriers, where resistances add up:
// F = (e^-phi_left - e^-phi_right)/(sum of 1/(velocity density) + integral of dx/(D N e^(psi + chi))).
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/units/constants.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "models/device/injection.hpp"
#include "tests/support/electron_only.hpp"
#include "tests/support/insulator.hpp"

using namespace nacre;
using device::Stack, device::Transfer;
using support::closed_current, support::electron_only, support::insulator, support::steps;
namespace constants = units::constants;

namespace {

constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = support::few_temperature,
                 barrier = support::few_barrier;
constexpr double q = constants::elementary_charge, thermal_voltage = constants::boltzmann * temperature / q;

}  // namespace

TEST_CASE("a contact of finite surface velocity is a resistance in series with drift and diffusion") {
  const double velocity = GENERATE(1e-4, 1e-2, 1.), bias = GENERATE(-1., 0.5, 2.);
  CAPTURE(velocity, bias);
  Stack stack = electron_only();
  stack.left_contact.velocity_electron = velocity;
  const double v = bias / thermal_voltage, D = 1e-9 * thermal_voltage;
  // N e^(psi + chi) = n_0 e^(v x/L), psi rising from left to right.
  const double n_0 = 1e26 * std::exp(-barrier / thermal_voltage);
  const double resistance = 1 / (velocity * n_0) + 100 * nm / (D * n_0) * (1 - std::exp(-v)) / v;
  CHECK(closed_current(stack, bias) == Approx(q * (1 - std::exp(-v)) / resistance).epsilon(1e-4));
}

TEST_CASE("carriers cross an interface over the higher band edge at their velocity, and no faster") {
  const auto transfer = GENERATE(Transfer::thermionic, Transfer::hopping);
  const double step = GENERATE(-0.2, 0.15), bias = GENERATE(-0.4, 0.6), dipole = GENERATE(0., 0.1);
  const auto statistics = GENERATE(device::Statistics::boltzmann, device::Statistics::blakemore);
  CAPTURE(step, bias, dipole);
  Stack stack = electron_only();
  stack.layers = {insulator(60 * nm), insulator(40 * nm)};
  stack.layers[1].conduction_band = (3 + step) * eV;
  stack.layers[1].conduction_states = 1e25;
  for (auto& layer : stack.layers) layer.statistics = statistics;
  stack.interfaces = {{.transfer_electron = transfer, .velocity_electron = 1e-3, .dipole = dipole}};
  const double v = bias / thermal_voltage, field = (v - dipole / thermal_voltage) / (100 * nm);
  // Potential from the left metal on, with the dipole between the layers; band edges in kT.
  const double at_left = 60 * nm * field, at_right = at_left + dipole / thermal_voltage;
  const double over = std::min(at_left + 3 / thermal_voltage, at_right + (3 + step) / thermal_voltage);
  const double metal = (3 + barrier) / thermal_voltage;
  const auto layer_resistance = [&](double from, double chi, double states, double thickness) {
    const double n = states * std::exp(from + chi / thermal_voltage - metal), u = field * thickness;
    return thickness / (1e-9 * thermal_voltage * n) * (1 - std::exp(-u)) / u;
  };
  const double resistance = 1 / (1e-3 * 1e25 * std::exp(over - metal)) + layer_resistance(0, 3, 1e26, 60 * nm) +
                            layer_resistance(at_right, 3 + step, 1e25, 40 * nm);
  CHECK(closed_current(stack, bias) == Approx(q * (1 - std::exp(-v)) / resistance).epsilon(1e-3));
}

TEST_CASE("a fast transfer is no transfer law at all") {
  Stack stack = electron_only();
  stack.layers = {insulator(60 * nm), insulator(40 * nm)};
  stack.layers[1].conduction_band = 2.9 * eV;
  const double without = closed_current(stack, 1);
  stack.interfaces = {{.transfer_electron = Transfer::thermionic, .velocity_electron = 1e6}};
  CHECK(closed_current(stack, 1) == Approx(without).epsilon(1e-6));
}

TEST_CASE("electrons and holes recombine across an interface with k (n p - equilibrium)") {
  // Fast carriers, each kept in its layer by the other's band: both levels flat up to the interface. Gap of the pair:
  // 1.7 eV.
  const bool electrons_on_the_left = GENERATE(true, false);
  device::Layer of_electrons = insulator(60 * nm), of_holes = insulator(40 * nm);
  of_electrons.conduction_band = 3.2 * eV, of_electrons.valence_band = 5.8 * eV;
  of_holes.conduction_band = 2.5 * eV, of_holes.valence_band = 4.9 * eV;
  of_electrons.mobility_electron = of_holes.mobility_hole = 1e-2;
  Stack stack{.layers = {of_electrons, of_holes},
              .left_work_function = 3.6 * eV,
              .right_work_function = 4.5 * eV,
              .temperature = temperature,
              .interfaces = {{.cross_recombination = 1e-28}}};
  double bias = 0.6;
  if (!electrons_on_the_left) {
    std::swap(stack.layers[0], stack.layers[1]);
    std::swap(stack.left_work_function, stack.right_work_function);
    bias = -bias;
  }
  const auto result = device::current_voltage(stack, steps(bias, 10));
  REQUIRE(result.message == "");
  const auto& p = result.points.back();
  const double exact = q * 1e-28 * 1e52 * std::exp(-1.7 / thermal_voltage) * std::expm1(0.6 / thermal_voltage);
  CHECK(p.interfaces == Approx(exact).epsilon(1e-3));
  CHECK(p.current == Approx(p.interfaces + p.leaked_holes + p.leaked_electrons).epsilon(1e-9));
  CHECK(std::abs(result.points.front().interfaces) < 1e-30);
}

TEST_CASE("a dipole lifts the potential, a sheet of charge bends it, and the displacement goes through") {
  Stack stack = electron_only();
  stack.layers = {insulator(20 * nm), insulator(30 * nm)};
  stack.layers[1].permittivity = 7;
  stack.interfaces = {{.dipole = 0.2, .sheet_charge = -1e16}};
  const auto result = device::hold(stack, 0, 1, std::vector<double>{1.}, {.mesh = {}, .tolerance = 1e-3});
  REQUIRE(result.message == "");
  // Field strengths from  F_1 20 nm + F_2 30 nm + 0.2 V = 1 V  (potential rising) and  7 F_2 - 3 F_1 = -sheet.
  const double sheet = -q * 1e16 / constants::vacuum_permittivity;
  const double second = (0.8 * 3 / (20 * nm) - sheet) / (7 + 3 * 30. / 20);
  const double first = (7 * second + sheet) / 3;
  const auto& profile = result.profile;
  std::size_t at = 0;
  while (profile.layer[at + 1] == 0) ++at;
  CHECK(profile.x[at] == profile.x[at + 1]);
  CHECK(profile.potential[at + 1] - profile.potential[at] == Approx(0.2).epsilon(1e-7));
  CHECK(profile.potential[at] - profile.potential.front() == Approx(20 * nm * first).epsilon(1e-4));
}

TEST_CASE("the lowering of a barrier by the image force: limits, and its slope") {
  using device::image_force_lowering;
  CHECK(image_force_lowering(-1.) == 0);
  CHECK(image_force_lowering(0.) == 0);
  for (double f : {0.3, 1., 20., 300.}) {
    const double root = std::sqrt(f), psi = (1 + root - std::sqrt(1 + 2 * root)) / f;
    CHECK(image_force_lowering(f) == Approx(root + std::log(4 * psi * psi)).margin(5e-4));
    const double h = 1e-5 * f, difference = (image_force_lowering(f + h) - image_force_lowering(f - h)) / (2 * h);
    CHECK(image_force_lowering(math::Dual<1>::variable(f, 0)).slope[0] == Approx(difference).epsilon(1e-6));
  }
}

TEST_CASE("a barrier under the image force injects what Scott and Malliaras say, on every mesh") {
  // J = 4 psi^2 N_0 q mu F e^-phi_B e^sqrt f, in the field that the device has: its voltage less the lowering.
  const std::size_t nodes = GENERATE(50, 150, 600);
  const double bias = GENERATE(1., 4., 15.);
  Stack stack = electron_only();
  stack.left_contact.image_force = true;
  const double to_reduced = q / (4 * std::numbers::pi * 3 * constants::vacuum_permittivity * thermal_voltage);
  double field = bias / (100 * nm), lowering = 0;
  for (int i = 0; i < 50; ++i) {
    lowering = device::image_force_lowering(field * to_reduced / thermal_voltage);
    field = (bias - lowering * thermal_voltage) / (100 * nm);
  }
  const double f = field * to_reduced / thermal_voltage, root = std::sqrt(f);
  const double psi = (1 + root - std::sqrt(1 + 2 * root)) / f;
  const double exact = 4 * psi * psi * 1e26 * q * 1e-9 * field * std::exp(-barrier / thermal_voltage + root);
  CHECK(closed_current(stack, bias, {nodes, 0.01}) == Approx(exact).epsilon(0.01));
}

TEST_CASE("the image force does nothing to a contact that extracts, and drives no current at rest") {
  Stack stack = electron_only();
  const double without = closed_current(stack, -2);
  stack.left_contact.image_force = true;
  CHECK(closed_current(stack, -2) == Approx(without).epsilon(1e-9));
  for (double right : {3.2, 4.}) {
    stack.right_work_function = right * eV;
    CHECK(std::abs(closed_current(stack, 0.)) < 1e-20);
  }
}

TEST_CASE("holes are injected over an image-force barrier as electrons are") {
  Stack electrons = electron_only();
  electrons.left_contact.image_force = true;
  Stack holes = electrons;
  holes.carriers = device::Carriers::holes;
  holes.left_work_function = holes.right_work_function = (6 - barrier) * eV;
  CHECK(closed_current(holes, -4) == Approx(-closed_current(electrons, 4)).epsilon(1e-9));
  std::swap(holes.left_contact, holes.right_contact);
  CHECK(closed_current(holes, 4) == Approx(closed_current(electrons, 4)).epsilon(1e-9));
}
