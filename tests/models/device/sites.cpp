#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "models/device/charged_yield.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/drift_diffusion.hpp"
#include "models/device/injection.hpp"
#include "models/device/programme.hpp"
#include "tests/support/derivatives.hpp"
#include "tests/support/flat_levels.hpp"
#include "tests/support/site_led.hpp"

using namespace nacre;
using device::Stack;
using device::Transport;
using support::site_led;

namespace {

constexpr double q = units::constants::elementary_charge, eV = units::constants::electron_volt;

/// One layer, one carrier, ohmic contacts.
Stack resistor(double pitch, Transport transport) {
  Stack stack = support::reference_led(false);
  stack.layers = {stack.layers[0]};
  stack.layers[0].thickness = 100e-9, stack.layers[0].pitch = pitch;
  stack.carriers = device::Carriers::electrons;
  stack.left_work_function = stack.right_work_function = stack.layers[0].conduction_band + 0.2 * eV;
  stack.transport = transport;
  return stack;
}

double current(const Stack& stack, double bias) {
  std::vector<double> biases;
  for (int k = 0; k <= 10; ++k) biases.push_back(bias * k / 10);
  const auto curve = device::current_voltage(stack, biases);
  REQUIRE(curve.complete);
  return curve.points.back().current;
}

}  // namespace

TEST_CASE("on sites: derivatives agree with differences, in lanes and out of them") {
  Stack stack = site_led(true);
  stack.layers[0].poole_frenkel_electron = 1e-4;
  const device::DriftDiffusion<1> physics(stack);
  REQUIRE(physics.interfaces.size() == 5);
  support::DerivativeCheck<device::DriftDiffusion<1>> check(physics, {-150, 10, 20, -150}, 3);
  CHECK(check.worst(8) < 1e-6);
  CHECK(check.worst_in_lanes(8) < 1e-12);
}

TEST_CASE("on sites: no flux and no recombination where the levels are flat, to the last bit") {
  support::check_flat_levels(device::DriftDiffusion<1>(site_led(true)));
}

TEST_CASE("hops at equal levels obey detailed balance: rates up and down differ by exp(-dE/kT)") {
  // n_a alone, then n_b alone, over a step of 3 kT: with the same density, fluxes are exchange e^-3 and exchange.
  const double step = 3, nothing = -800;
  const auto alone = [&](double log_a, double log_b, double fall) {
    return device::hop<double>(2., log_a, log_b, fall, log_b - log_a - fall);
  };
  CHECK(alone(0, nothing, -step) / alone(0, nothing, step) == Approx(std::exp(-step)).epsilon(1e-12));
  CHECK(-alone(nothing, 0, -step) == Approx(alone(0, nothing, step)).epsilon(1e-12));
  CHECK(alone(0, nothing, step) == Approx(2.).epsilon(0.052));  // of Miller and Abrahams, but for the rounded corner
}

TEST_CASE("hops become drift and diffusion of the same mobility as the field falls") {
  // A uniform density: SG gives x, Miller-Abrahams 1 - exp(-x).
  for (double x : {1e-4, 1e-2, 0.1, 2.}) {
    const double hops = device::hop<double>(1., 0., 0., x, -x);
    CHECK(hops == Approx(-std::expm1(-x)).epsilon(0.052));
    CHECK(std::abs(hops / x - 1) < 3 * x);
  }
  // A whole device, below kT/q over all of it: second method is the continuum. Contacts are diffusive, so the sites' ends
  // make no difference beyond the pitch.
  const double exact = current(resistor(1e-9, Transport::continuum), 1e-3);
  const double coarse = current(resistor(4e-9, Transport::sites), 1e-3) / exact - 1;
  const double fine = current(resistor(1e-9, Transport::sites), 1e-3) / exact - 1;
  CHECK(std::abs(fine) < 5e-3);
  CHECK(std::abs(fine) < std::abs(coarse) / 2);
}

TEST_CASE("a device on sites carries no current at rest and closes its currents under bias") {
  const Stack stack = site_led();
  std::vector<double> biases;
  for (int k = 0; k <= 50; ++k) biases.push_back(0.1 * k);
  const auto curve = device::current_voltage(stack, biases);
  REQUIRE(curve.complete);
  CHECK(std::abs(curve.points.front().current) < 1e-12);
  for (const auto& point : curve.points) {
    const double lost =
        point.radiative + point.traps + point.auger + point.interfaces + point.leaked_holes + point.leaked_electrons;
    const double allowed = 1e-8 * std::max(std::abs(point.current), 1.);
    CHECK(std::abs(point.lowest_face - point.current) < allowed);
    CHECK(std::abs(point.highest_face - point.current) < allowed);
    CHECK(std::abs(lost - point.current) < allowed);
  }
  CHECK(curve.points.back().interfaces > 0);
  CHECK(curve.points.back().radiative > 0);
}

TEST_CASE("sites do not change with the options of a mesh") {
  const Stack stack = site_led();
  CHECK(device::device_mesh(stack, {.nodes = 50}).nodes() == device::device_mesh(stack, {.nodes = 999}).nodes());
  // 40 + 3 + 40 sites, two contacts, one place amid the junction that has dark recombination.
  CHECK(device::device_mesh(stack, {}).nodes() == 86);
}

TEST_CASE("a layer of one site is a layer") {
  Stack stack = site_led();
  stack.layers[1].pitch = 30e-9;
  stack.layers.insert(stack.layers.begin(), stack.layers.front());
  stack.layers.front().thickness = 1e-9, stack.layers.front().conduction_band += 0.1 * eV;
  stack.interfaces.insert(stack.interfaces.begin(), device::Interface{});
  const auto curve = device::current_voltage(stack, std::vector{0., 1., 2., 3., 4.}, {}, std::vector<std::size_t>{4});
  REQUIRE(curve.complete);
  CHECK(curve.points.back().current > 0);
  CHECK(curve.profiles.front().x.size() == 1 + 40 + 1 + 40);
}

TEST_CASE("vacancies on sites: kept at rest and in time") {
  const Stack stack = site_led(true);
  const double there = stack.layers[1].vacancies.density * stack.layers[1].thickness;
  const auto curve = device::current_voltage(stack, std::vector{0., 1., 2., 3.});
  REQUIRE(curve.complete);
  for (const auto& point : curve.points) CHECK(point.vacancies == Approx(there).epsilon(1e-11));
  const std::vector<device::ProgrammeStep> steps{{.value = 3, .hold = 100}};
  const auto in_time = device::follow(stack, 0., steps);
  REQUIRE(in_time.complete);
  CHECK(in_time.points.back().vacancies == Approx(there).epsilon(1e-11));
  CHECK(in_time.currents.back() == Approx(curve.points.back().current).epsilon(1e-3));
}

TEST_CASE("what sites cannot be is refused in words") {
  Stack stack = site_led();
  stack.layers[1].pitch = 0;
  CHECK_THAT(device::problem_of(stack), Catch::Matchers::Contains("pitch"));
  stack = site_led();
  stack.right_contact.velocity_hole = 1;
  CHECK_THAT(device::problem_of(stack), Catch::Matchers::Contains("sites"));
  stack = site_led();
  stack.interfaces[0].sheet_charge = 1e15;
  CHECK_THAT(device::problem_of(stack), Catch::Matchers::Contains("sheet_charge"));
}

TEST_CASE("a barrier under the image force injects onto sites what Scott and Malliaras say") {
  // The field is nearly uniform; J = 4 psi^2 N_0 q mu F e^-phi_B e^sqrt f through the first half pitch, and hops carry off
  // what comes.
  Stack stack = resistor(1e-9, Transport::sites);
  const auto& layer = stack.layers[0];
  const double voltage = units::constants::boltzmann * stack.temperature / q, barrier = 0.5;
  stack.left_work_function = stack.right_work_function = layer.conduction_band + barrier * eV;
  stack.left_contact.image_force = true;
  const double bias = 2;
  const double to_reduced =
      q / (4 * std::numbers::pi * layer.permittivity * units::constants::vacuum_permittivity * voltage * voltage);
  double field = bias / layer.thickness, lowering = 0;
  for (int i = 0; i < 50; ++i) {
    lowering = device::image_force_lowering(field * to_reduced);
    field = (bias - lowering * voltage) / layer.thickness;
  }
  const double density = layer.conduction_states * std::exp(-barrier / voltage + lowering);
  // Half a pitch of drift and diffusion into a site, from which hops go on in an even density.
  const double x = field * 1e-9 / voltage, half = x / 2, hops = device::hop<double>(1., 0., 0., x, -x);
  const double share = 1 / -std::expm1(-half) / (1 + x / (hops * std::expm1(half)));
  const double expected = share * q * layer.mobility_electron * field * density;
  CHECK(share == Approx(1).epsilon(0.3));
  CHECK(current(stack, bias) == Approx(expected).epsilon(0.01));
}

TEST_CASE("charges by chance: the yield is the direct sum over crystals, and an integral over the exciton's life") {
  const device::Excitons rates{.crystals = 1e24, .radiative = 6e7, .nonradiative = 2e7, .trion = 1e10, .biexciton = 4e10};
  const auto direct = [&](double charges, double excitons) {
    double sum = 0;
    for (int m = 0; m < 150; ++m)
      for (int j = 0; j < 60; ++j)
        sum += std::exp(m * std::log(charges) - charges - std::lgamma(m + 1.) + j * std::log(excitons) - excitons -
                        std::lgamma(j + 1.)) *
               rates.radiative / (rates.radiative + rates.nonradiative + m * rates.trion + j * rates.biexciton);
    return sum;
  };
  for (double charges : {1e-3, 0.3, 2., 16., 40.})
    for (double excitons : {1e-4, 0.5})
      CHECK(device::charged_yield(rates, charges, excitons) == Approx(direct(charges, excitons)).epsilon(1e-11));
  // y = int_0^inf k_r exp(-(k_r + k_nr) t) exp(-lam (1 - exp(-k_tr t))) dt, in s = exp(-k t) of the slow rate.
  const double slow = rates.radiative + rates.nonradiative, charges = 2;
  double integral = 0;
  constexpr int steps = 400000;
  for (int i = 0; i < steps; ++i) {
    const double s = (i + 0.5) / steps;
    integral += rates.radiative / slow * std::exp(charges * std::expm1(rates.trion / slow * std::log(s))) / steps;
  }
  CHECK(device::charged_yield(rates, charges) == Approx(integral).epsilon(1e-5));
  CHECK(device::charged_yield(rates, 0) == Approx(0.75).epsilon(1e-15));
  // A mean rate would lose far more.
  CHECK(device::charged_yield(rates, 2) > 10 * rates.radiative / (slow + 2 * rates.trion));
}
