#include "models/device/hold.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/current_voltage.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

namespace {

std::vector<double> tenths_of_volts(int last) {
  std::vector<double> biases;
  for (int k = 0; k <= last; ++k) biases.push_back(0.1 * k);
  return biases;
}

}  // namespace

TEST_CASE("the reference LED: from 0 to 4 V, held for 180 s, ends at rest with every vacancy") {
  const double tolerance = GENERATE(1e-4, 1e-2);
  const auto stack = support::reference_led(true);
  const auto result =
      device::hold(stack, 0, 4, std::vector<double>{1e-9, 1e-3, 1, 180}, {.mesh = {}, .tolerance = tolerance});
  REQUIRE(result.message == "");
  CHECK(result.not_converged == 0);
  CHECK(result.vacancies_before == Approx(3e16).epsilon(1e-12));
  CHECK(result.last.vacancies == Approx(3e16).epsilon(1e-12));
  const auto rest = device::current_voltage(stack, tenths_of_volts(40)).points.back();
  CHECK(result.last.current == Approx(rest.current).epsilon(1e-6));
  CHECK(result.currents.back() == Approx(rest.current).epsilon(1e-6));
}

TEST_CASE("the current of a transient converges with the tolerance") {
  const auto current = [](double tolerance) {
    return device::hold(support::reference_led(true), 0, 4, std::vector<double>{1.},
                        {.mesh = {100, 0.05}, .tolerance = tolerance})
        .currents.at(0);
  };
  const double exact = current(1e-5);
  CHECK(current(1e-3) == Approx(exact).epsilon(1e-4));
  CHECK(current(1e-2) == Approx(exact).epsilon(1e-3));
}

TEST_CASE("a device held at its own bias stays as it is") {
  const auto stack = support::reference_led(true);
  const auto result = device::hold(stack, 2, 2, std::vector<double>{10.}, {.mesh = {100, 0.05}});
  const auto rest = device::current_voltage(stack, tenths_of_volts(20), {100, 0.05}).points.back();
  REQUIRE(result.complete);
  CHECK(result.last.current == Approx(rest.current).epsilon(1e-9));
}
