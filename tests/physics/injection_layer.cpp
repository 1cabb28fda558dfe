// A layer on the metal of a contact against closed forms: dipoles, tunnelling in series with drift, capacitors in
// series, Schottky's barrier.
#include "models/device/injection_layer.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

#include "engine/units/constants.hpp"
#include "models/device/admittance.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "models/device/injection.hpp"
#include "tests/support/derivatives.hpp"
#include "tests/support/electron_only.hpp"
#include "tests/support/flat_levels.hpp"
#include "tests/support/insulator.hpp"
#include "tests/support/site_led.hpp"

using namespace nacre;
using device::InjectionLayer, device::Stack;
using support::closed_current, support::electron_only, support::insulator, support::steps;
namespace constants = units::constants;

namespace {

constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = support::few_temperature,
                 barrier = support::few_barrier;
constexpr double q = constants::elementary_charge, thermal_voltage = constants::boltzmann * temperature / q;
constexpr double length = 100 * nm, mobility = 1e-9;

}  // namespace

TEST_CASE("dipoles of a layer change the work function by the share of the metal that it covers") {
  const auto behind = [](double thickness) { return device::work_function_behind(4.28, -1.4, 0.2, thickness); };
  CHECK(behind(0) == 4.28);
  CHECK(behind(0.2 * std::numbers::ln2) == Approx(4.28 - 0.7));
  CHECK(behind(100) == Approx(2.88));
  // On a bare metal: in proportion to what arrives.
  CHECK((behind(1e-6) - 4.28) / 1e-6 == Approx(-1.4 / 0.2).epsilon(1e-5));
}

TEST_CASE("a contact supplies Richardson's current, and of it what tunnels through its layer") {
  // 1.2017e6 A/(m2 K2) T^2 exp(-barrier/kT), whatever the states.
  const InjectionLayer open{.thickness = 1 * nm}, closed{.thickness = 2 * nm, .attenuation = 3e9};
  for (double states : {1e24, 1e27})
    CHECK(device::supply_velocity(open, states, temperature) * states * q ==
          Approx(1.2017e6 * temperature * temperature).epsilon(1e-4));
  CHECK(device::supply_velocity(closed, 1e26, temperature) / device::supply_velocity(open, 1e26, temperature) ==
        Approx(std::exp(-6)));
  CHECK(std::isinf(device::supply_velocity({}, 1e26, temperature)));
}

TEST_CASE(
    "a layer that electrons tunnel through is a resistance in series with drift and diffusion, on every mesh and on "
    "sites") {
  const auto transport = GENERATE(device::Transport::continuum, device::Transport::sites);
  const std::size_t nodes = GENERATE(50, 600);
  const double bias = GENERATE(-2., 0.5, 4.), attenuation = GENERATE(5e9, 9e9, 14e9);
  CAPTURE(static_cast<int>(transport), nodes, bias, attenuation);
  Stack stack = electron_only(transport);
  stack.layers[0].pitch = 1 * nm;
  InjectionLayer& layer = stack.left_contact.layer;
  // As an insulator it is as good as not there: the field is bias over length.
  layer = {.thickness = 1 * nm, .permittivity = 1e9, .attenuation = attenuation};
  const double without = closed_current(electron_only(transport), bias, {nodes, 0.01}),
               n_0 = 1e26 * std::exp(-barrier / thermal_voltage);
  const double velocity = device::supply_velocity(layer, 1e26, temperature);
  // F = n_0 (1 - e^-v)/(1/velocity + the rest), and what the rest alone lets through is known.
  const double driven = q * n_0 * (1 - std::exp(-bias / thermal_voltage));
  CHECK(closed_current(stack, bias, {nodes, 0.01}) ==
        Approx(1 / (1 / without + 1 / (driven * velocity))).epsilon(1e-3));
  // In a field that is large the rest is 1/(mobility field); hops are slower there, so this is of the continuum.
  if (bias == 4. && transport == device::Transport::continuum)
    CHECK(closed_current(stack, bias, {nodes, 0.01}) ==
          Approx(q * n_0 / (1 / velocity + length / (mobility * bias))).epsilon(5e-3));
  std::swap(stack.left_contact, stack.right_contact);
  CHECK(closed_current(stack, -bias, {nodes, 0.01}) ==
        Approx(1 / (1 / -without - 1 / (driven * velocity))).epsilon(1e-3));
}

TEST_CASE("the voltage falls over device and layer as over capacitors in series") {
  const auto transport = GENERATE(device::Transport::continuum, device::Transport::sites);
  Stack stack = electron_only(transport);
  stack.left_contact.layer = {.thickness = 20 * nm, .permittivity = 9};
  stack.right_contact.layer = {.thickness = 5 * nm, .permittivity = 2};
  const double in_series = length / 3 + 20 * nm / 9 + 5 * nm / 2;
  const auto held = device::hold(stack, 0, 1, std::vector<double>{1.}, {.mesh = {}, .tolerance = 1e-3});
  REQUIRE(held.message == "");
  const auto& potential = held.profile.potential;
  const double inner =
      (held.profile.x.back() - held.profile.x.front()) / 3;  // of sites: between the first and the last
  CHECK(potential.back() - potential.front() == Approx(inner / in_series).epsilon(1e-6));

  const double frequency = 1e9;
  const auto answer = device::small_signal(stack, std::vector<double>{0.}, std::vector<double>{frequency});
  REQUIRE(answer.message == "");
  CHECK(answer.admittance[0].imag() / (2 * std::numbers::pi * frequency) ==
        Approx(constants::vacuum_permittivity / in_series).epsilon(1e-6));
}

TEST_CASE("a layer moves the image and the top of the barrier as electrostatics says") {
  using device::image_force_lowering;
  for (double spacing : {0.01, 0.05, 0.2})
    for (double f : {1., 10., 100., 1000.}) {
      // -(2 sqrt of the well against the field), by hand: the largest of -1/(4 (y + spacing)) - f y over y >= 0 [kT,
      // r_c].
      double top = -1 / (4 * spacing);
      for (double y = 0; y < 2; y += 1e-4) top = std::max(top, -1 / (4 * (y + spacing)) - f * y);
      const double bare = image_force_lowering(f), spaced = image_force_lowering(f, spacing);
      CHECK(spaced - bare == Approx(-top - std::sqrt(f)).margin(2e-3));
      const double h = 1e-5 * f;
      const double difference = (image_force_lowering(f + h, spacing) - image_force_lowering(f - h, spacing)) / (2 * h);
      CHECK(image_force_lowering(math::Dual<1>::variable(f, 0), spacing).slope[0] == Approx(difference).epsilon(1e-4));
    }
  CHECK(image_force_lowering(-1., 0.1) == 0);
}

TEST_CASE("a layer too thin to hold the barrier's top leaves Schottky's barrier where it was") {
  Stack bare = electron_only(), layered = bare;
  bare.left_contact.image_force = layered.left_contact.image_force = true;
  layered.left_contact.layer = {.thickness = 0.5 * nm, .permittivity = 3};
  // What the voltage loses over the layer lowers the top, what the image loses raises it. Richardson's supply, the
  // other limit, is 1e5 times faster than drift.
  for (double bias : {2., 6.}) CHECK(closed_current(layered, bias) == Approx(closed_current(bare, bias)).epsilon(1e-4));
  // Beyond: the barrier's top lies at the edge, q^2/(16 pi eps t) below the band there.
  layered.left_contact.layer.thickness = 3 * nm;
  CHECK(closed_current(layered, 20) > 1.05 * closed_current(bare, 20));
}

TEST_CASE("with layers at both contacts: derivatives, flat levels, no current at rest") {
  Stack stack = support::site_led(true);
  stack.left_contact = {.image_force = true, .layer = {.thickness = 1 * nm, .permittivity = 9, .attenuation = 2e9}};
  stack.right_contact = {.image_force = true, .layer = {.thickness = 2 * nm, .permittivity = 3, .attenuation = 1e9}};
  for (const auto transport : {device::Transport::sites, device::Transport::continuum}) {
    stack.transport = transport;
    const device::DriftDiffusion<1> physics(stack);
    support::DerivativeCheck<device::DriftDiffusion<1>> check(physics, {-150, 10, 20, -150}, 3);
    CHECK(check.worst(8) < 1e-6);
    CHECK(check.worst_in_lanes(8) < 1e-12);
    support::check_flat_levels(physics);
    const auto curve = device::current_voltage(stack, steps(4, 20));
    REQUIRE(curve.message == "");
    CHECK(std::abs(curve.points.front().current) < 1e-12);
    for (const auto& p : curve.points)
      CHECK(std::abs(p.highest_face - p.lowest_face) <= 1e-8 * std::max(1., std::abs(p.current)));
  }
}

TEST_CASE("what falls over a layer after a step of the bias is part of the current that a meter reads") {
  // An insulator: all of the current after the step charges the capacitors in series, none of it comes later.
  Stack stack = electron_only();
  stack.left_contact.layer = {.thickness = 30 * nm, .permittivity = 4, .attenuation = 1e9};
  stack.left_work_function = stack.right_work_function = 3.5 * eV;
  const auto held = device::hold(stack, 0, 2, std::vector<double>{1e-9, 1e-6, 10.}, {.mesh = {}, .tolerance = 1e-3});
  REQUIRE(held.message == "");
  CHECK(held.currents.back() == Approx(closed_current(stack, 2)).epsilon(1e-5));
}

TEST_CASE("layers of contacts that cannot be computed are named") {
  Stack stack = electron_only();
  stack.left_contact.layer = {.thickness = 1 * nm, .permittivity = 0};
  CHECK(device::problem_of(stack).find("left contact: its layer needs a positive permittivity") != std::string::npos);
  stack.left_contact.layer = {.thickness = 1 * nm, .attenuation = -1};
  CHECK(device::problem_of(stack).find("must not be negative") != std::string::npos);
}
