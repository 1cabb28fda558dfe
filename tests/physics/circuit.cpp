// What is between a source and a device: against the exact answers of resistors and capacitors.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/at_rest.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/programme.hpp"
#include "tests/support/insulator.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;
using device::Circuit;
using device::Layer;
using device::Source;
using device::Stack;
using support::insulator;

namespace {

namespace constants = units::constants;
constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = 300;

/// Two layers without carriers in series.
Stack capacitor(const Circuit& circuit) {
  Layer one = insulator(20 * nm), two = insulator(30 * nm);
  one.conduction_band = two.conduction_band = 0.1 * eV, one.valence_band = two.valence_band = 9 * eV;
  one.permittivity = 3, two.permittivity = 7;
  Stack stack{{one, two}, 4.5 * eV, 4.5 * eV, temperature};
  stack.circuit = circuit;
  return stack;
}
constexpr double plates = constants::vacuum_permittivity / (20 * nm / 3 + 30 * nm / 7);

/// A layer of electrons as many as its donors, whose contacts have their level: a resistor.
Stack resistor(const Circuit& circuit) {
  constexpr double donors = 1e22;
  Layer layer = insulator(50 * nm);
  layer.fixed_charge = donors;
  const double level =
      layer.conduction_band - constants::boltzmann * temperature * std::log(donors / layer.conduction_states);
  Stack stack{{layer}, level, level, temperature};
  stack.carriers = device::Carriers::electrons;
  stack.circuit = circuit;
  return stack;
}
constexpr double resistance = 50 * nm / (constants::elementary_charge * 1e22 * 1e-9);  // [ohm m2]

/// Voltage of a capacitor behind a series resistance, beside a shunt, `time` after a step of the source to 1 V.
double charged(const Circuit& circuit, double time) {
  const double conductance = 1 / circuit.series + 1 / circuit.shunt;
  return 1 / circuit.series / conductance * (1 - std::exp(-time * conductance / (plates + circuit.capacitance)));
}

/// The error of that voltage after `steps` equal steps of time.
double charging_error(int steps, const fvm::Esdirk* method) {
  const Circuit circuit{.series = 2e-3, .shunt = 5e-3, .capacitance = 1e-4};
  constexpr double time = 1e-6;
  device::OnMesh<0> on_mesh(capacitor(circuit), {.nodes = 20, .end_spacing = 1});
  on_mesh.set_drive({Source::voltage, 1});
  fvm::Transient<device::DriftDiffusion<0>> transient(
      on_mesh.system(),
      {.tolerance = 1e9, .first_step = time / steps, .growth = 1, .newton_share = 1e-21, .method = method}, true);
  REQUIRE(transient.start(on_mesh.start()));
  CHECK(std::abs(on_mesh.bias(transient.state())) < 1e-12);  // charges stay
  REQUIRE(transient.advance(0, time, [](double) {}) == fvm::TransientStatus::done);
  REQUIRE(transient.effort().steps == steps);
  return std::abs(on_mesh.bias(transient.state()) - charged(circuit, time));
}

device::ProgrammeOptions options(double tolerance, int points = 8) {
  return {.mesh = {.nodes = 20, .end_spacing = 1}, .tolerance = tolerance, .points = points, .first_time = 1e-8};
}

}  // namespace

TEST_CASE("circuit: an insulator charges through a resistance as RC says, with the order of the method") {
  for (const auto& [method, order] : {std::pair{&fvm::tr_bdf2, 2.}, std::pair{&fvm::kennedy_carpenter, 4.}}) {
    const double coarse = charging_error(10, method), fine = charging_error(20, method);
    CHECK(std::log2(coarse / fine) == Approx(order).margin(0.15));
  }
  CHECK(charging_error(40, &fvm::kennedy_carpenter) < 1e-7);
}

TEST_CASE("circuit: a programme keeps to RC within its tolerance, and the source gives what is missing") {
  const Circuit circuit{.series = 2e-3, .shunt = 5e-3, .capacitance = 1e-4};
  const auto run =
      device::follow(capacitor(circuit), 0, std::vector<device::ProgrammeStep>{{1, 0, 1e-5}}, options(1e-4));
  REQUIRE(run.message == "");
  REQUIRE(run.times.size() == 9);
  for (std::size_t i = 1; i < run.times.size(); ++i) {
    CAPTURE(run.times[i]);
    const double exact = charged(circuit, run.times[i]);
    CHECK(run.points[i].bias == Approx(exact).margin(2e-5));
    CHECK(run.currents[i] == Approx((1 - run.points[i].bias) / circuit.series).epsilon(1e-12));
    CHECK(run.applied[i] == 1);
  }
}

TEST_CASE("circuit: a constant current charges a capacitor evenly; without one it keeps its voltage") {
  const auto run =
      device::follow(capacitor({.capacitance = 1e-4}), 0,
                     std::vector<device::ProgrammeStep>{{3, 0, 1e-4, Source::current}, {0, 0, 1e-4, Source::current}},
                     options(1e-3, 4));
  REQUIRE(run.message == "");
  for (std::size_t i = 1; i <= 4; ++i) {
    CHECK(run.points[i].bias == Approx(3 * run.times[i] / (plates + 1e-4)).epsilon(1e-9));
    CHECK(run.currents[i] == 3);
  }
  for (std::size_t i = 5; i < run.times.size(); ++i)
    CHECK(run.points[i].bias == Approx(3 * 1e-4 / (plates + 1e-4)).epsilon(1e-9));
}

TEST_CASE("circuit: a ramp of the current charges with its integral, and back to a voltage it discharges at once") {
  const auto run = device::follow(capacitor({}), 0,
                                  std::vector<device::ProgrammeStep>{{2, 1e-4, 0, Source::current}, {0.5, 0, 1e-6}},
                                  options(1e-3, 4));
  REQUIRE(run.message == "");
  for (std::size_t i = 1; i <= 4; ++i)
    CHECK(run.points[i].bias == Approx(2e4 * run.times[i] * run.times[i] / 2 / plates).epsilon(1e-6));
  CHECK(run.points.back().bias == 0.5);
}

TEST_CASE("circuit: steady resistors divide the voltage of the source") {
  const Circuit circuit{.series = 0.7 * resistance, .shunt = 2 * resistance};
  const auto curve = device::current_voltage(resistor(circuit), support::steps(3, 6), {.nodes = 40});
  REQUIRE(curve.message == "");
  const double inside = 1 / (1 / resistance + 1 / circuit.shunt);
  for (const auto& point : curve.points) {
    CHECK(point.bias == Approx(point.applied * inside / (inside + circuit.series)).epsilon(1e-9));
    CHECK(point.current == Approx(point.bias / resistance).epsilon(1e-9));
    CHECK(point.supplied == Approx(point.applied / (inside + circuit.series)).epsilon(1e-9));
  }
  const auto driven = device::at_currents(resistor(circuit), std::vector<double>{1e3, 10, -20}, {.nodes = 40});
  REQUIRE(driven.message == "");
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(driven.points[i].supplied == Approx(std::array{1e3, 10., -20.}[i]).epsilon(1e-9));
    CHECK(driven.points[i].bias == Approx(driven.points[i].supplied * inside).epsilon(1e-9));
  }
}

TEST_CASE(
    "circuit: the reference LED behind a resistance and at given currents is the LED at the voltage that is left") {
  Stack led = support::reference_led(true);
  const auto plain = device::current_voltage(led, support::steps(4, 40), {.nodes = 60});
  std::vector<double> currents;
  for (const std::size_t k : {18u, 20u, 30u, 40u}) currents.push_back(plain.points[k].current);
  const auto driven = device::at_currents(led, currents, {.nodes = 60});
  REQUIRE(driven.message == "");
  CHECK(driven.points[0].bias == Approx(1.8).epsilon(1e-7));
  CHECK(driven.points[1].bias == Approx(2).epsilon(1e-7));
  CHECK(driven.points[2].bias == Approx(3).epsilon(1e-7));
  CHECK(driven.points[3].bias == Approx(4).epsilon(1e-7));
  led.circuit.series = 1e-3;
  const auto curve = device::current_voltage(led, support::steps(5, 50), {.nodes = 60});
  REQUIRE(curve.message == "");
  REQUIRE(curve.points.size() == 51);
  for (const auto& point : curve.points) {
    CHECK(point.bias == Approx(point.applied - led.circuit.series * point.current).epsilon(1e-9).margin(1e-9));
    CHECK(point.vacancies == Approx(3e16).epsilon(1e-12));
  }
  led.circuit.series = 0;
  const auto check = device::current_voltage(
      led, std::vector<double>{0, curve.points.back().bias / 2, curve.points.back().bias}, {.nodes = 60});
  CHECK(check.points.back().current == Approx(curve.points.back().current).epsilon(1e-7));
}

TEST_CASE("circuit: pulses leave their points, and vacancies their content") {
  Stack led = support::reference_led(true);
  led.circuit = {.series = 1e-4, .shunt = 1, .capacitance = 1e-4};
  const device::ProgrammeStep pulses{
      .value = 1, .hold = 1e-3, .pulses = {.count = 3, .level = 4, .width = 1e-5, .period = 1e-4}};
  const auto run = device::follow(led, 0, std::vector{pulses}, {.mesh = {.nodes = 60}, .points = 5, .pulse_points = 2});
  REQUIRE(run.message == "");
  REQUIRE(run.times.size() == 1 + 5 + 3 * 4);
  CHECK(run.times.back() == Approx(1e-3 + 3e-4));
  for (const std::size_t k : {0u, 1u, 2u}) {
    CHECK(run.applied[6 + 4 * k + 1] == 4);
    CHECK(run.points[6 + 4 * k + 1].bias > 3.5);
    CHECK(run.applied[6 + 4 * k + 3] == 1);
  }
  for (const auto& point : run.points) CHECK(point.vacancies == Approx(3e16).epsilon(1e-12));
}

TEST_CASE("circuit: what is stored after the first steps of a programme goes on bit by bit") {
  Stack led = support::reference_led(true);
  led.circuit = {.series = 1e-4, .shunt = 1, .capacitance = 1e-4};
  const std::vector<device::ProgrammeStep> all{{2, 1e-3, 1e-3}, {100, 0, 1e-3, Source::current}, {3, 1e-2, 0}};
  const device::ProgrammeOptions options{.mesh = {.nodes = 60}, .points = 4};
  const auto whole = device::follow(led, 0, all, options);
  const auto first = device::follow(led, 0, std::span(all).first(1), options);
  REQUIRE(whole.message == "");
  REQUIRE(first.end);
  const auto rest = device::follow(led, *first.end, std::span(all).subspan(1), options);
  REQUIRE(rest.message == "");
  const std::size_t offset = first.times.size() - 1;
  REQUIRE(rest.times.size() + offset == whole.times.size());
  for (std::size_t i = 0; i < rest.times.size(); ++i) {
    CHECK(rest.times[i] == whole.times[offset + i]);
    CHECK(rest.currents[i] == whole.currents[offset + i]);
    CHECK(rest.points[i].bias == whole.points[offset + i].bias);
    CHECK(rest.points[i].current == whole.points[offset + i].current);
    CHECK(rest.points[i].vacancies == whole.points[offset + i].vacancies);
  }
  CHECK(rest.end->now == whole.end->now);
  CHECK(rest.end->now_rest == whole.end->now_rest);
  CHECK(rest.end->ledger == whole.end->ledger);
  // Another terminal: the same device goes on from where its source held it.
  Stack bare = led;
  bare.circuit = {};
  const auto held = device::follow(bare, 0, std::vector<device::ProgrammeStep>{{2, 1e-3, 1e-3}}, options);
  REQUIRE(held.end);
  const auto behind = device::follow(led, *held.end, std::vector<device::ProgrammeStep>{{2, 0, 1e-3}}, options);
  REQUIRE(behind.message == "");
  CHECK(behind.points.front().bias == Approx(2).epsilon(1e-9));
  CHECK(behind.points[1].bias == Approx(2).epsilon(0.1));
  CHECK(behind.points.back().bias < 2);
  const auto misfit = device::follow(led, *first.end, std::span(all).subspan(1), {.mesh = {.nodes = 61}});
  CHECK_FALSE(misfit.complete);
  CHECK(misfit.message.find("same mesh") != std::string::npos);
}

TEST_CASE(
    "circuit: where carriers are dense under a contact beyond all measure, the current behind a resistance is found") {
  // The cathode lies 0.8 eV above the band of the crystals: 1e38 electrons per m3 at it.
  Stack led = support::reference_led(true);
  led.layers.erase(led.layers.begin());
  for (const double series : {1e-3, 1.}) {
    led.circuit.series = series;
    const std::vector<device::ProgrammeStep> steps{{3, 0, 120}, {5, 20, 0}, {0, 50, 0}};
    const auto run = device::follow(led, 0, steps, {.mesh = {.nodes = 100}});
    CHECK(run.message == "");
    CHECK(run.not_converged < 10);
    CHECK(run.times.back() == Approx(190));
  }
}
