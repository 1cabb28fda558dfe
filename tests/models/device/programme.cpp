#include "models/device/programme.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/units/constants.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;
using device::ProgrammeStep;

namespace {

device::InTime reference(const std::vector<ProgrammeStep>& steps, double rest = 0, int points = 20) {
  return device::follow(support::reference_led(true), rest, steps,
                        {.mesh = {100, 0.01}, .tolerance = 1e-2, .points = points, .first_time = 1e-6});
}

double steady(double bias) {
  std::vector<double> biases;
  for (int k = 0; k <= 40; ++k) biases.push_back(bias * k / 40);
  return device::current_voltage(support::reference_led(true), biases, {100, 0.01}).points.back().current;
}

}  // namespace

TEST_CASE("a programme of one step is the hold of that bias", "[programme]") {
  const auto programme = reference({{4, 0, 180}});
  REQUIRE(programme.message == "");
  REQUIRE(programme.times.size() == 21);
  CHECK(programme.times.front() == 0);
  CHECK(programme.times[1] == Approx(1e-6));
  CHECK(programme.times.back() == Approx(180));
  const std::vector<double> times(programme.times.begin() + 1, programme.times.end());
  const auto hold = device::hold(support::reference_led(true), 0, 4, times, {.mesh = {100, 0.01}, .tolerance = 1e-4});
  REQUIRE(hold.complete);
  for (std::size_t i = 0; i < times.size(); ++i) {
    CAPTURE(times[i]);
    CHECK(programme.currents[i + 1] == Approx(hold.currents[i]).epsilon(1e-2));
  }
  for (const auto& point : programme.points)
    CHECK(point.vacancies == Approx(programme.points.front().vacancies).epsilon(1e-12));
}

TEST_CASE("a ramp adds the displacement current of the layers in series", "[programme]") {
  // So fast that nothing moves: 0.1 V in a femtosecond.
  const auto ramp = reference({{0.1, 1e-15, 0}}, 0, 4);
  REQUIRE(ramp.message == "");
  const double capacitance = units::constants::vacuum_permittivity / (80e-9 / 3 + 30e-9 / 6);
  for (std::size_t i = 1; i < ramp.times.size(); ++i)
    CHECK(ramp.currents[i] == Approx(capacitance * 0.1 / 1e-15).epsilon(1e-3));
}

TEST_CASE("a sweep in both directions: slow ones meet at the steady current, faster ones leave a loop", "[programme]") {
  const auto loop = [](double seconds) {
    const auto there = reference({{3, seconds, 0}, {0, seconds, 0}}, 0, 6);
    REQUIRE(there.message == "");
    return std::array{there.currents[4], there.currents[8]};  // at 2 V on the way up and down
  };
  const auto slow = loop(1e7), fast = loop(1);
  CHECK(slow[0] == Approx(slow[1]).epsilon(2e-3));
  CHECK(slow[0] == Approx(steady(2)).epsilon(2e-3));
  CHECK(std::abs(fast[0] / fast[1] - 1) > 0.01);
}

TEST_CASE("a held current outlasts the relaxation of the ions, and ends on its steady voltage", "[programme]") {
  // Steps grow to a million times what the electrodes take to charge: nothing of the voltage may be summed up.
  for (const double current : {1., 10., 50.}) {  // 0.1 to 5 mA/cm2
    CAPTURE(current);
    const auto held = reference({{current, 0, 1e4, device::Source::current}}, 0, 6);
    REQUIRE(held.message == "");
    CHECK(held.not_converged < 5);
    CHECK(held.points.back().current == Approx(current).epsilon(1e-6));
    const auto steady_state = device::at_currents(support::reference_led(true), std::vector{current}, {100, 0.01});
    REQUIRE(steady_state.complete);
    CHECK(held.points.back().bias == Approx(steady_state.points.back().bias).epsilon(1e-6));
  }
}

TEST_CASE("where a programme ends at a bias that cannot be applied, what was before is kept", "[programme][bad]") {
  const auto broken = reference({{1, 0, 1}, {std::nan(""), 0, 1}});
  CHECK_FALSE(broken.complete);
  CHECK(broken.times.size() == 21);
  CHECK(broken.message.find("after 1 s") != std::string::npos);
}
