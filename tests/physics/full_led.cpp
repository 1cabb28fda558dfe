// Every optional term at once: what holds for the plain device holds for it too.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "tests/support/full_led.hpp"
#include "tests/support/insulator.hpp"

using namespace nacre;

TEST_CASE("the LED with every term: all points from 0 to 5 V, closed currents, kept vacancies, ever finer") {
  const auto stack = support::full_led();
  std::array<double, 3> current{};
  for (std::size_t k = 0; k < 3; ++k) {
    const auto result = device::current_voltage(stack, support::steps(5, 50), {200 * (std::size_t{1} << k) + 1, 0.01});
    REQUIRE(result.message == "");
    CHECK(result.halvings == 0);
    CHECK(std::abs(result.points.front().current) < 1e-20);
    for (const auto& p : result.points) {
      const double lost = p.radiative + p.traps + p.auger + p.interfaces + p.leaked_holes + p.leaked_electrons;
      for (double other : {p.current_left, p.lowest_face, p.highest_face, lost})
        CHECK(std::abs(other - p.current) < 1e-3 * std::max(1e-8 * p.current, 1e-8));
      CHECK(p.vacancies == Approx(3e16).epsilon(1e-12));
    }
    current[k] = result.points.back().current;
  }
  // Not yet in the asymptotic range on 200 cells, but closing in; the order itself is tested on a manufactured
  // solution.
  CHECK(std::abs(current[0] - current[1]) > 3.5 * std::abs(current[1] - current[2]));
  CHECK(device::refine(current[0], current[1]).value ==
        Approx(device::refine(current[1], current[2]).value).epsilon(2e-3));
}

TEST_CASE("the LED with every term: a step of the bias, held, ends on its steady state") {
  const auto stack = support::full_led();
  const auto held = device::hold(stack, 0, 3, std::vector<double>{180.}, {.mesh = {}, .tolerance = 1e-2});
  REQUIRE(held.message == "");
  // Summed from levels that the last iteration left at 1e-4 kT times its contraction; the ledger has them to round-off.
  CHECK(held.last.vacancies == Approx(3e16).epsilon(1e-9));
  const auto rest = device::current_voltage(stack, support::steps(3, 30)).points.back();
  CHECK(held.last.current == Approx(rest.current).epsilon(1e-5));
}
