// Stacks on which an iteration that hopes too much keeps states that are none, or on which no step is small enough.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/current_voltage.hpp"
#include "models/device/programme.hpp"
#include "tests/support/insulator.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

namespace {

constexpr double eV = units::constants::electron_volt;

void require_closed(const device::CurrentVoltage& result) {
  REQUIRE(result.message == "");
  const double content = result.points.front().vacancies;
  for (const auto& p : result.points) {
    const double lost = p.radiative + p.traps + p.auger + p.interfaces + p.leaked_holes + p.leaked_electrons;
    for (double other : {p.current_left, p.lowest_face, p.highest_face, lost})
      CHECK(std::abs(other - p.current) < std::max(1e-8 * std::abs(p.current), 1e-8));
    CHECK(p.vacancies == Approx(content).epsilon(1e-12));
  }
}

/// The reference LED with many traps in its emitter and deep holes.
device::Stack with_traps(double traps, double hole_level, double anode) {
  device::Stack stack = support::reference_led(true);
  stack.layers[1].traps.density = traps;
  stack.layers[1].traps.level = (stack.layers[1].conduction_band + stack.layers[1].valence_band) / 2;
  stack.layers[1].traps.capture_electron = stack.layers[1].traps.capture_hole = 1e-14;
  stack.layers[2].valence_band = hole_level * eV;
  stack.right_work_function = anode * eV;
  return stack;
}

/// Of a layer without light, traps and ions.
struct Plain {
  double thickness, permittivity;        // [nm]
  double conduction_band, valence_band;  // [eV]
  double conduction_states, valence_states;
  double mobility_electron, mobility_hole;
};

device::Layer layer_of(const Plain& plain) {
  device::Layer layer = support::insulator(plain.thickness * 1e-9);
  layer.permittivity = plain.permittivity;
  layer.conduction_band = plain.conduction_band * eV, layer.valence_band = plain.valence_band * eV;
  layer.conduction_states = plain.conduction_states, layer.valence_states = plain.valence_states;
  layer.mobility_electron = plain.mobility_electron, layer.mobility_hole = plain.mobility_hole;
  return layer;
}

}  // namespace

TEST_CASE("an ohmic diode with traps closes its current at every voltage") {
  constexpr double nm = 1e-9;
  device::Stack stack{{support::insulator(135.5 * nm)}, 3.236 * eV, 5.105 * eV, 298};
  device::Layer& layer = stack.layers[0];
  layer.conduction_band = 3.304 * eV, layer.valence_band = 4.869 * eV;
  layer.conduction_states = layer.valence_states = 1e26;
  layer.mobility_electron = 1.51e-4, layer.mobility_hole = 1e-8;
  layer.radiative_coefficient = 1e-17;
  layer.traps = {.density = 2.01e23, .level = 4.138 * eV, .capture_electron = 1.58e-14, .capture_hole = 3.88e-15};
  require_closed(device::current_voltage(stack, support::steps(2, 20)));
}

TEST_CASE("deep holes and traps: a branch of steady states ends, and the device settles on another") {
  for (const double traps : {1e23, 1e24, 1e25}) {
    CAPTURE(traps);
    require_closed(device::current_voltage(with_traps(traps, 5.6, 5.5), support::steps(5, 50)));
  }
}

TEST_CASE("where no step is small enough, the device settles on a state near no other, and says at which voltage") {
  constexpr double nm = 1e-9;
  device::Stack stack{{support::insulator(56.27 * nm), support::insulator(149.7 * nm), support::insulator(37.29 * nm)},
                      2.794 * eV,
                      5.261 * eV,
                      298};
  device::Layer &electrons = stack.layers[0], &crystals = stack.layers[1], &holes = stack.layers[2];
  electrons.permittivity = 6.09, crystals.permittivity = 8.04, holes.permittivity = 6.14;
  electrons.conduction_band = 2.648 * eV, electrons.valence_band = 6.552 * eV;
  crystals.conduction_band = 3.363 * eV, crystals.valence_band = 5.330 * eV;
  holes.conduction_band = 2.272 * eV, holes.valence_band = 5.442 * eV;
  electrons.conduction_states = 3.14e25, electrons.valence_states = 6.65e26;
  crystals.conduction_states = 5.62e25, crystals.valence_states = 1.71e25;
  holes.conduction_states = 2.69e25, holes.valence_states = 1.22e25;
  electrons.mobility_electron = 1.87e-5, electrons.mobility_hole = 4.09e-8;
  crystals.mobility_electron = 2.03e-12, crystals.mobility_hole = 9.13e-10;
  holes.mobility_electron = 6.21e-5, holes.mobility_hole = 1.3e-10;
  electrons.radiative_coefficient = 3.28e-17, crystals.radiative_coefficient = 3.11e-17;
  holes.radiative_coefficient = 2.19e-16;
  electrons.traps = {.density = 1.03e20, .level = 4.298 * eV, .capture_electron = 5.7e-14, .capture_hole = 1.61e-15};
  crystals.traps = {.density = 6.42e23, .level = 4.191 * eV, .capture_electron = 2.91e-15, .capture_hole = 2.83e-13};
  holes.traps = {.density = 7.5e23, .level = 4.606 * eV, .capture_electron = 1.84e-13, .capture_hole = 1.94e-13};
  crystals.vacancies.density = 5.79e23, crystals.vacancies.mobility = 9.16e-15;
  crystals.vacancies.site_density = 4.29e25;
  crystals.fixed_charge = -5.79e23;
  const auto result = device::current_voltage(stack, support::steps(6, 60), {200, 0.01});
  require_closed(result);
  REQUIRE_FALSE(result.jumps.empty());
  CHECK(result.jumps.front() == Approx(1.75).margin(0.1));
}

TEST_CASE("after a rest of days a jump is followed from its first picosecond") {
  const device::Stack stack = support::reference_led(true);
  const auto after = [&](double rest) {
    const std::vector<device::ProgrammeStep> steps{{.value = 0, .ramp = 0, .hold = rest},
                                                   {.value = 3, .ramp = 0, .hold = 1e-3}};
    return device::follow(stack, 0, steps, {.mesh = {}, .points = 10, .first_time = 1e-12});
  };
  const auto soon = after(1), late = after(1e6);
  REQUIRE(soon.message == "");
  REQUIRE(late.message == "");
  REQUIRE(late.currents.size() == soon.currents.size());
  for (std::size_t i = 12; i < late.currents.size(); ++i)
    CHECK(late.currents[i] == Approx(soon.currents[i]).epsilon(2e-3));
}

TEST_CASE("ramps of a picosecond and of a femtosecond are followed, and what comes after them is that of a jump") {
  const device::Stack stack = support::reference_led(true);
  const auto after = [&](double ramp) {
    const std::vector<device::ProgrammeStep> steps{{.value = 4, .ramp = ramp, .hold = 1e-3}};
    return device::follow(stack, 0, steps, {.mesh = {}, .points = 10, .first_time = 1e-9});
  };
  const auto jump = after(0);
  REQUIRE(jump.message == "");
  for (const double ramp : {1e-12, 1e-15}) {
    CAPTURE(ramp);
    const auto followed = after(ramp);
    REQUIRE(followed.message == "");
    REQUIRE(followed.currents.size() == jump.currents.size() + 10);
    for (std::size_t i = 3; i < jump.currents.size(); ++i)
      CHECK(followed.currents[10 + i] == Approx(jump.currents[i]).epsilon(2e-3));
  }
}

TEST_CASE("holes that pile up without limit in a field that raises their mobility close their current") {
  constexpr double nm = 1e-9;
  device::Stack stack{{support::insulator(30 * nm), support::insulator(30 * nm)}, 3.26 * eV, 4.884 * eV, 298};
  for (device::Layer& layer : stack.layers) {
    layer.conduction_states = layer.valence_states = 1e26;
    layer.mobility_electron = layer.mobility_hole = 1e-8;
    layer.radiative_coefficient = 1e-17;
  }
  stack.layers[0].conduction_band = 3.26 * eV, stack.layers[0].valence_band = 6.606 * eV;
  stack.layers[1].conduction_band = 2.283 * eV, stack.layers[1].valence_band = 5.081 * eV;
  stack.layers[1].poole_frenkel_hole = 1 / std::sqrt(6.28e6);
  const auto result = device::current_voltage(stack, support::steps(3, 30));
  REQUIRE(result.message == "");
  for (const auto& p : result.points) CHECK(std::abs(p.highest_face - p.lowest_face) < 1e-6 * std::max(p.current, 1.));
}

TEST_CASE(
    "carriers dammed up at a junction are followed through jumps and pulses, however few of the others there are") {
  device::Stack stack{{layer_of({33.23, 9, 3.043, 6.092, 1.9e25, 5.92e24, 1.67e-7, 1.74e-11}),
                       layer_of({98.99, 11.63, 3.339, 5.731, 8.86e24, 9.11e26, 1.18e-10, 1.9e-6})},
                      3.577 * eV,
                      4.707 * eV,
                      298};
  for (const auto transfer : {device::Transfer::hopping, device::Transfer::thermionic}) {
    CAPTURE(static_cast<int>(transfer));
    stack.interfaces = {{.transfer_electron = transfer,
                         .transfer_hole = transfer,
                         .velocity_electron = 1.43,
                         .velocity_hole = 803,
                         .cross_recombination = 4.37e-28}};
    const auto followed =
        device::follow(stack, 0,
                       std::vector<device::ProgrammeStep>{{.value = 2.5, .ramp = 1720, .hold = 0.0912},
                                                          {.value = 0, .hold = 3.86e-5},
                                                          {.value = 1, .hold = 1e-3, .pulses = {3, 5, 1e-5, 53.3}}},
                       {.mesh = {100, 0.01}, .tolerance = 1e-2, .points = 10, .first_time = 1e-9});
    REQUIRE(followed.message == "");
    // A pulse leaves after its minute what the one before left.
    const std::size_t end = followed.currents.size() - 1, pulse = 2 * device::ProgrammeOptions{}.pulse_points;
    CHECK(followed.currents[end] == Approx(followed.currents[end - pulse]).epsilon(0.1));
    CHECK(followed.points[end].bias == 1);
  }
}

TEST_CASE("a plain junction goes from a large current to a small one") {
  device::Stack stack{{layer_of({97.81, 5.87, 3.806, 6.013, 6.09e26, 5.99e26, 6.68e-8, 1.19e-8}),
                       layer_of({34.71, 4.24, 2.97, 5.189, 7.16e24, 5.33e26, 3.98e-11, 6.67e-5})},
                      3.972 * eV,
                      5.235 * eV,
                      298};
  device::Layer& left = stack.layers.front();
  left.statistics = device::Statistics::gaussian, left.disorder = 0.0762 * eV;
  const auto followed = device::follow(
      stack, 0,
      std::vector<device::ProgrammeStep>{{.value = 500, .hold = 0.0627, .source = device::Source::current},
                                         {.value = 1, .hold = 0.0795, .source = device::Source::current}},
      {.mesh = {100, 0.01}, .tolerance = 1e-2, .points = 10, .first_time = 1e-9});
  REQUIRE(followed.message == "");
  CHECK(followed.points.back().bias < followed.points[10].bias);
  CHECK(followed.currents[10] == Approx(500).epsilon(1e-3));
  CHECK(followed.currents.back() == Approx(1).epsilon(1e-3));
}
