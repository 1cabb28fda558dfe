// Traps that hold charge where there is one carrier alone: whatever they are, its band fills and empties them.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/admittance.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/programme.hpp"
#include "tests/support/insulator.hpp"

using namespace nacre;
using device::Carriers;
using device::Stack;
using support::steps;

namespace {

namespace constants = units::constants;
constexpr double eV = constants::electron_volt, nm = 1e-9;
constexpr double permittivity = 3 * constants::vacuum_permittivity;

/// Traps 0.45 eV from the band in 100 nm, a barrier of 2 eV at the left contact: what goes in comes from the right.
Stack blocked(Carriers carriers, double charge) {
  const bool electrons = carriers == Carriers::electrons;
  device::Layer layer = support::insulator(100 * nm);
  layer.traps = {5e22, (electrons ? 3.45 : 5.55) * eV, 1e-16, 1e-16, 0, charge};
  Stack stack{{layer}, (electrons ? 5.0 : 4.0) * eV, (electrons ? 3.2 : 5.8) * eV, 300};
  stack.carriers = carriers;
  return stack;
}

/// Of the blocked contact [C/m2], where a bias drives carriers in.
double charge_at_electrode(const Stack& stack, double bias) {
  const auto result = device::current_voltage(stack, steps(bias, 8), {200, 0.02}, std::vector<std::size_t>{8});
  REQUIRE(result.message == "");
  return permittivity * result.profiles.front().field.front();
}

/// The sign of a bias that drives carriers in from the right.
double inwards(Carriers carriers) {
  return carriers == Carriers::electrons ? -1 : 1;
}

}  // namespace

TEST_CASE("traps of either kind respond to the one carrier there is: the slow capacitance is the slope of the charge") {
  for (const Carriers carriers : {Carriers::electrons, Carriers::holes})
    for (const double charge : {-1., 1.}) {
      const Stack stack = blocked(carriers, charge);
      const double bias = 0.5 * inwards(carriers), little = 2e-3;
      const double slope =
          std::abs(charge_at_electrode(stack, bias + little) - charge_at_electrode(stack, bias - little)) /
          (2 * little);
      const auto slow = device::small_signal(stack, std::array{bias}, std::array{1e-3}, {200, 0.02});
      REQUIRE(slow.message == "");
      CAPTURE(static_cast<int>(carriers), charge, slope);
      CHECK(slow.admittance.front().imag() / (2 * std::acos(-1.) * 1e-3) == Approx(slope).epsilon(1e-4));
    }
}

TEST_CASE("positive electron traps and negative hole traps lose no charge in time") {
  for (const Carriers carriers : {Carriers::electrons, Carriers::holes}) {
    CAPTURE(static_cast<int>(carriers));
    const Stack stack = blocked(carriers, -inwards(carriers));
    const auto hold = device::follow(stack, 0, std::vector{device::ProgrammeStep{inwards(carriers), 1e-3, 1e3}},
                                     {.mesh = {60, 0.05},
                                      .tolerance = 1e-4,
                                      .points = 400,
                                      .first_time = 1e-9,
                                      .profiles = device::ProfilesInTime::ends});
    REQUIRE(hold.message == "");
    double in = 0;
    for (std::size_t i = 1; i < hold.times.size(); ++i)
      in += (hold.times[i] - hold.times[i - 1]) * (hold.currents[i] + hold.currents[i - 1]) / 2;
    const double change = permittivity * (hold.profiles.back().field.front() - hold.profiles.front().field.front());
    CHECK(std::abs(in / change) == Approx(1).epsilon(3e-3));
  }
}
