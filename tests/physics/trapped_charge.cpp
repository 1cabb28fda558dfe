// Traps that hold charge: against Fermi's function, the trap-filled limit, exactly equivalent layers without traps, and
// the charge that goes in.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/admittance.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/programme.hpp"
#include "tests/support/full_led.hpp"
#include "tests/support/insulator.hpp"

using namespace nacre;
using device::Layer;
using device::Stack;
using device::Traps;
using support::insulator;
using support::steps;

namespace {

namespace constants = units::constants;
constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = 300;
constexpr double kT = constants::boltzmann * temperature, q = constants::elementary_charge;
constexpr double permittivity = 3 * constants::vacuum_permittivity;
constexpr double length = 100 * nm;

/// Electrons alone in 100 nm between contacts 0.2 eV below the band.
Stack electron_only(const Traps& traps) {
  Layer layer = insulator(length);
  layer.traps = traps;
  Stack stack{{layer}, 3.2 * eV, 3.2 * eV, temperature};
  stack.carriers = device::Carriers::electrons;
  return stack;
}

/// The same for holes.
Stack hole_only(const Traps& traps) {
  Stack stack = electron_only(traps);
  stack.left_work_function = stack.right_work_function = 5.8 * eV;
  stack.carriers = device::Carriers::holes;
  return stack;
}

Traps electron_traps(double density, double depth) {
  return {
      .density = density, .level = (3 + depth) * eV, .capture_electron = 1e-16, .capture_hole = 1e-16, .charge = -1};
}

Traps hole_traps(double density, double depth) {
  return {.density = density, .level = (6 - depth) * eV, .capture_electron = 1e-16, .capture_hole = 1e-16, .charge = 1};
}

std::vector<double> currents(const Stack& stack, const std::vector<double>& biases) {
  const auto result = device::current_voltage(stack, biases, {200, 0.02});
  REQUIRE(result.message == "");
  std::vector<double> found;
  for (const auto& point : result.points) found.push_back(point.current);
  return found;
}

/// Profile at rest.
device::Profile at_rest(const Stack& stack) {
  const auto result = device::current_voltage(stack, std::vector{0.}, {100}, std::vector<std::size_t>{0});
  REQUIRE(result.message == "");
  return result.profiles.front();
}

/// Fermi's function of a level [J below the vacuum] in a potential and with a level of electrons [V].
double filled(double level, double potential, double electron_level) {
  return 1 / (1 + std::exp(-q * (potential - electron_level) / kT - level / kT));
}

}  // namespace

TEST_CASE("at rest traps are filled as Fermi's function says, whatever captures and however carriers fill the bands") {
  for (const auto statistics : {device::Statistics::boltzmann, device::Statistics::blakemore,
                                device::Statistics::fermi_dirac, device::Statistics::gaussian})
    for (const double charge : {-1., 1.}) {
      CAPTURE(static_cast<int>(statistics), charge);
      Layer layer = insulator(length);
      layer.statistics = statistics, layer.disorder = 0.08 * eV;
      layer.traps = {2e23, 4.4 * eV, 1e-15, 3e-18, 0, charge};
      const device::Profile p = at_rest({{layer}, 3.3 * eV, 5.6 * eV, temperature});
      for (std::size_t i = 0; i < p.x.size(); ++i) {
        const double full = filled(4.4 * eV, p.potential[i], p.electron_level[i]);
        CHECK(p.trapped_charge[i] == Approx(charge < 0 ? -2e23 * full : 2e23 * (1 - full)).epsilon(1e-9).margin(1e10));
      }
      CHECK(std::abs(p.trapped_charge.front() - p.trapped_charge.back()) == Approx(2e23).epsilon(1e-3));
    }
}

TEST_CASE("shallow traps are a smaller mobility and more states: the current of an equivalent layer without traps") {
  // n + n_t = n/theta where n is far below n_1: Poisson's equation and the currents are those of states/theta and
  // mobility theta.
  constexpr double depth = 0.03, density = 2e26;
  const double theta = 1 / (1 + density / (1e26 * std::exp(-depth * eV / kT)));
  REQUIRE(theta < 0.14);
  const auto biases = steps(5, 10);
  for (const bool electrons : {true, false}) {
    CAPTURE(electrons);
    const auto trapped = currents(
        electrons ? electron_only(electron_traps(density, depth)) : hole_only(hole_traps(density, depth)), biases);
    Stack free = electrons ? electron_only({}) : hole_only({});
    auto& states = electrons ? free.layers[0].conduction_states : free.layers[0].valence_states;
    auto& mobility = electrons ? free.layers[0].mobility_electron : free.layers[0].mobility_hole;
    states /= theta, mobility *= theta;
    const auto equivalent = currents(free, biases);
    for (std::size_t k = 1; k < biases.size(); ++k) {
      CAPTURE(biases[k]);
      CHECK(trapped[k] / equivalent[k] == Approx(1).epsilon(2e-3));  // n/n_1 at the contacts: 1.3e-3
    }
  }
}

TEST_CASE("deep traps that are full are a fixed charge") {
  constexpr double density = 1e23;
  const auto biases = steps(8, 16);
  const auto trapped = currents(electron_only(electron_traps(density, 1.2)), biases);
  Stack fixed = electron_only({});
  fixed.layers[0].fixed_charge = -density;
  const auto charged = currents(fixed, biases);
  for (std::size_t k = 0; k < biases.size(); ++k)
    if (biases[k] >= 4) CHECK(trapped[k] / charged[k] == Approx(1).epsilon(1e-6));
}

TEST_CASE("a current limited by traps rises steeply at the trap-filled limit") {
  // Lampert and Mark: V = q N L^2/(2 eps), below which next to nothing gets through.
  constexpr double density = 1e24;
  const double limit = q * density * length * length / (2 * permittivity);
  REQUIRE(limit == Approx(30).epsilon(0.02));
  const auto trapped = currents(electron_only(electron_traps(density, 1.2)), steps(2 * limit, 40));
  const auto free = currents(electron_only({}), steps(2 * limit, 40));
  const auto share = [&](std::size_t k) { return trapped[k] / free[k]; };
  CHECK(share(12) < 1e-12);  // at 0.6 of the limit
  CHECK(share(16) < 1e-5);   // at 0.8
  CHECK(share(24) > 0.1);    // at 1.2
  CHECK(share(40) == Approx(0.5).margin(0.05));
}

TEST_CASE("electrons and holes are alike") {
  const auto biases = steps(6, 12);
  const auto electrons = currents(electron_only(electron_traps(1e23, 0.5)), biases);
  const auto holes = currents(hole_only(hole_traps(1e23, 0.5)), biases);
  for (std::size_t k = 1; k < biases.size(); ++k) CHECK(holes[k] / electrons[k] == Approx(1).epsilon(1e-6));
}

TEST_CASE("the slow capacitance of a layer that no current gets through is the slope of the charge at its electrode") {
  // A barrier of 2 eV lets nothing in from the left: what goes in from the right fills traps.
  std::vector<double> found;
  for (const double charge : {-1., 0.}) {
    Stack stack = electron_only(electron_traps(5e22, 0.45));
    stack.layers[0].traps.charge = charge;
    stack.left_work_function = 5 * eV;
    // The depleted side: nothing but displacement gets to that electrode.
    const auto at_electrode = [&](double bias) {
      const auto result = device::current_voltage(stack, steps(bias, 8), {400, 0.02}, std::vector<std::size_t>{8});
      REQUIRE(result.message == "");
      return permittivity * result.profiles.front().field.front();
    };
    const double slope = std::abs(at_electrode(-0.502) - at_electrode(-0.498)) / 0.004;
    const auto slow = device::small_signal(stack, std::array{-0.5}, std::array{1e-3}, {400, 0.02});
    REQUIRE(slow.message == "");
    const double capacitance = slow.admittance.front().imag() / (2 * std::acos(-1.) * 1e-3);
    CAPTURE(charge, slope, permittivity / length);
    CHECK(capacitance == Approx(slope).epsilon(5e-3));
    found.push_back(capacitance);
  }
  CHECK(found[0] > 1.05 * found[1]);  // traps take part
}

TEST_CASE("in time, what goes in is what is there: the charge of the current is that of the electrode") {
  Stack stack = electron_only(electron_traps(5e22, 0.45));
  stack.left_work_function = 5 * eV;
  const auto hold = device::follow(stack, 0, std::vector{device::ProgrammeStep{-1, 1e-3, 1e3}},
                                   {.mesh = {100, 0.02},
                                    .tolerance = 1e-4,
                                    .points = 400,
                                    .first_time = 1e-9,
                                    .profiles = device::ProfilesInTime::ends});
  REQUIRE(hold.message == "");
  double in = 0;
  for (std::size_t i = 1; i < hold.times.size(); ++i)
    in += (hold.times[i] - hold.times[i - 1]) * (hold.currents[i] + hold.currents[i - 1]) / 2;
  const double change = permittivity * (hold.profiles.back().field.front() - hold.profiles.front().field.front());
  CHECK(std::abs(in / change) == Approx(1).epsilon(5e-3));
  CHECK(std::abs(change) > permittivity / length);
}

TEST_CASE("charged traps beside every optional term: closed currents, and the slow limit of the response") {
  for (const double charge : {-1., 1.}) {
    CAPTURE(charge);
    Stack led = support::full_led();
    led.layers[0].traps = {5e22, 3.4 * eV, 1e-16, 1e-16, 0, -1};
    led.layers[1].traps.per_vacancy = 0, led.layers[1].traps.density = 3e22;
    led.layers[1].traps.charge = charge;
    auto biases = steps(3, 30);
    biases.back() = 3 - 1e-3, biases.push_back(3 + 1e-3);
    const auto curve = device::current_voltage(led, biases, {120});
    REQUIRE(curve.message == "");
    for (const auto& point : curve.points) CHECK(device::unclosed(point) < 1e-3);
    const double slope = (curve.points.back().current - curve.points[curve.points.size() - 2].current) / 2e-3;
    const auto slow = device::small_signal(led, std::array{3.}, std::array{1e-8}, {120});
    CHECK(slow.admittance.front().real() == Approx(slope).epsilon(2e-3));
  }
}

TEST_CASE("depleted traps send off what they hold at c_n n_1, hole traps at c_p p_1") {
  for (const bool electrons : {true, false}) {
    CAPTURE(electrons);
    Stack stack = electrons ? electron_only(electron_traps(5e22, 0.45)) : hole_only(hole_traps(5e22, 0.45));
    stack.left_work_function = (electrons ? 5.0 : 4.0) * eV;
    // So mobile that what is sent off is gone before it is caught again.
    stack.layers[0].mobility_electron = stack.layers[0].mobility_hole = 1e-4;
    const double rate = 1e-16 * 1e26 * std::exp(-0.45 * eV / kT);  // [1/s]
    const double bias = electrons ? 3 : -3;                        // draws the carriers out to the right
    const auto hold = device::follow(stack, 0, std::vector{device::ProgrammeStep{bias, 0, 3 / rate}},
                                     {.mesh = {100, 0.02},
                                      .tolerance = 1e-4,
                                      .points = 20,
                                      .first_time = 0.05 / rate,
                                      .profiles = device::ProfilesInTime::all});
    REQUIRE(hold.message == "");
    const device::Profile& first = hold.profiles[1];
    const auto amid = static_cast<std::size_t>(
        std::find_if(first.x.begin(), first.x.end(), [](double x) { return x > 88 * nm; }) - first.x.begin());
    REQUIRE(std::abs(first.trapped_charge[amid]) > 1e21);
    for (std::size_t k = 2; k < hold.profiles.size(); ++k) {
      const double passed = hold.times[hold.profiled[k]] - hold.times[hold.profiled[1]];
      CHECK(hold.profiles[k].trapped_charge[amid] / first.trapped_charge[amid] ==
            Approx(std::exp(-rate * passed)).epsilon(2e-3));
    }
  }
}

TEST_CASE("charged traps of either kind in any layer of an LED follow a step, and end on its steady current") {
  for (const std::size_t where : {0u, 1u, 2u})
    for (const double charge : {-1., 1.}) {
      CAPTURE(where, charge);
      Stack led = support::reference_led(false);
      device::Layer& layer = led.layers[where];
      layer.traps = {1e22, (layer.conduction_band + layer.valence_band) / 2, 1e-15, 1e-15, 0, charge};
      const auto hold =
          device::follow(led, 0, std::vector{device::ProgrammeStep{4, 0, 1e6}}, {.mesh = {60, 0.05}, .points = 5});
      REQUIRE(hold.message == "");
      const auto rest = device::current_voltage(led, steps(4, 40), {60, 0.05});
      REQUIRE(rest.message == "");
      CHECK(hold.points.back().current == Approx(rest.points.back().current).epsilon(1e-4));
    }
}
