// Several mobile species, and one species in several layers: linear double layers, and contents that are kept apart.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/device/admittance.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "models/device/programme.hpp"
#include "tests/support/insulator.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;
using device::Layer;
using device::Stack;
using support::insulator;

namespace {

namespace constants = units::constants;
constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = 300;
constexpr double thermal_voltage = constants::boltzmann * temperature / constants::elementary_charge;

/// A layer without electrons and holes, neutral with mobile ions of charge +1 and -1.
Layer ionic(double thickness, double anions, double cations) {
  Layer layer = insulator(thickness);
  layer.permittivity = 6;
  layer.conduction_band = 0.1 * eV, layer.valence_band = 9 * eV;
  layer.vacancies = {anions, 1e-16, 1};
  layer.cation_vacancies = {cations, 1e-18, -1};
  layer.fixed_charge = cations - anions;
  return layer;
}

/// Vacancies of a species within a layer, from its profile [1/m2].
double content(const device::Profile& p, std::size_t layer, const std::vector<double> device::Profile::*species) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < p.x.size(); ++i)
    if (p.layer[i] == layer && p.layer[i + 1] == layer)
      sum += ((p.*species)[i] + (p.*species)[i + 1]) / 2 * (p.x[i + 1] - p.x[i]);
  return sum;
}

}  // namespace

TEST_CASE("ions: two species screen together, each with the density that linear Poisson-Boltzmann gives it") {
  // Between blocking electrodes at rest, a small voltage V: psi = (V/2) sinh(kappa x)/sinh(kappa L/2) from the middle,
  // kappa^2 = q (c+ + c-)/(eps V_t), and c = c_0 (1 - z psi/V_t) for each.
  constexpr double length = 40 * nm, anions = 1e24, cations = 4e23, bias = 1e-4;
  const Stack stack{{ionic(length, anions, cations)}, 4.5 * eV, 4.5 * eV, temperature};
  const std::array<std::size_t, 1> last{1};
  const auto rest = device::current_voltage(stack, std::array{0., bias}, {400, 0.02}, last);
  REQUIRE(rest.message == "");
  const double kappa = std::sqrt(constants::elementary_charge * (anions + cations) /
                                 (6 * constants::vacuum_permittivity * thermal_voltage));
  const auto& p = rest.profiles.front();
  const double middle = p.potential.front() + bias / 2;
  for (std::size_t i = 0; i < p.x.size(); i += 7) {
    const double psi = bias / 2 * std::sinh(kappa * (p.x[i] - length / 2)) / std::sinh(kappa * length / 2);
    CAPTURE(p.x[i]);
    CHECK(p.potential[i] - middle == Approx(psi).margin(1e-3 * bias));
    CHECK(p.vacancies[i] / anions - 1 == Approx(-psi / thermal_voltage).margin(1e-3 * bias / thermal_voltage));
    CHECK(p.cation_vacancies[i] / cations - 1 == Approx(psi / thermal_voltage).margin(1e-3 * bias / thermal_voltage));
  }
  CHECK(rest.points.back().vacancies == Approx(anions * length).epsilon(1e-12));
  CHECK(rest.points.back().cation_vacancies == Approx(cations * length).epsilon(1e-12));
}

TEST_CASE("ions: the fast species screens first, then the slow one; both keep their content and end at rest") {
  Stack stack{{ionic(40 * nm, 1e24, 4e23)}, 4.5 * eV, 4.5 * eV, temperature};
  const auto step = device::hold(stack, 0, 1, std::array{1e-2, 1e8}, {.mesh = {100, 0.02}, .tolerance = 1e-3});
  REQUIRE(step.message == "");
  CHECK(step.last.vacancies == Approx(4e16).epsilon(1e-12));
  CHECK(step.last.cation_vacancies == Approx(1.6e16).epsilon(1e-12));
  const std::array<std::size_t, 1> last{10};
  const auto rest = device::current_voltage(stack, support::steps(1, 10), {100, 0.02}, last);
  REQUIRE(rest.message == "");
  for (std::size_t i = 0; i < step.profile.x.size(); i += 9)
    CHECK(step.profile.potential[i] == Approx(rest.profiles.front().potential[i]).margin(1e-6));
}

TEST_CASE("ions: layers apart keep contents of their own, neighbours share one") {
  // Ions, none, ions, ions with another density: the first keeps its own, the last two exchange.
  Layer none = insulator(20 * nm);
  none.conduction_band = 0.1 * eV, none.valence_band = 9 * eV;
  const Stack stack{{ionic(20 * nm, 1e24, 2e23), none, ionic(30 * nm, 5e23, 1e23), ionic(10 * nm, 2e24, 3e23)},
                    4.5 * eV,
                    4.5 * eV,
                    temperature};
  REQUIRE(device::problem_of(stack) == "");
  const std::array<std::size_t, 2> both{0, 5};
  const auto rest = device::current_voltage(stack, support::steps(0.5, 5), {200, 0.02}, both);
  REQUIRE(rest.message == "");
  for (const auto& profile : rest.profiles) {
    CHECK(content(profile, 0, &device::Profile::vacancies) == Approx(2e16).epsilon(1e-12));
    CHECK(content(profile, 0, &device::Profile::cation_vacancies) == Approx(4e15).epsilon(1e-12));
    const auto shared = [&](auto species) { return content(profile, 2, species) + content(profile, 3, species); };
    CHECK(shared(&device::Profile::vacancies) == Approx(1.5e16 + 2e16).epsilon(1e-12));
    CHECK(shared(&device::Profile::cation_vacancies) == Approx(3e15 + 3e15).epsilon(1e-12));
  }
  CHECK(content(rest.profiles[1], 3, &device::Profile::vacancies) !=
        Approx(content(rest.profiles[0], 3, &device::Profile::vacancies)).epsilon(1e-4));
  const auto step = device::hold(stack, 0, 0.5, std::array{1e3}, {.mesh = {200, 0.02}, .tolerance = 1e-2});
  REQUIRE(step.message == "");
  CHECK(content(step.profile, 0, &device::Profile::vacancies) == Approx(2e16).epsilon(1e-12));
}

TEST_CASE(
    "ions: an LED with anion and cation vacancies in crystals and anions in a transport layer converges and closes") {
  Stack led = support::reference_led(true);
  led.layers[1].cation_vacancies = {5e23, 1e-18, -1};
  led.layers[1].fixed_charge += 5e23;
  led.layers[0].vacancies = {1e22, 1e-17, 1};
  led.layers[0].fixed_charge = -1e22;
  const auto curve = device::current_voltage(led, support::steps(5, 50), {100});
  REQUIRE(curve.message == "");
  REQUIRE(curve.points.size() == 51);
  for (const auto& p : curve.points) {
    const double lost = p.radiative + p.traps + p.auger + p.interfaces + p.leaked_holes + p.leaked_electrons;
    for (const double other : {p.current_left, p.lowest_face, p.highest_face, lost})
      CHECK(std::abs(other - p.current) <= std::max(1e-8 * std::abs(p.current), 1e-8));
    CHECK(p.vacancies == Approx(3e16 + 4e14).epsilon(1e-12));
    CHECK(p.cation_vacancies == Approx(1.5e16).epsilon(1e-12));
  }
  const auto answer = device::small_signal(led, std::array{3.}, std::array{1e-8, 1e3}, {100});
  CHECK(answer.admittance.size() == 2);
  auto biases = support::steps(3, 30);
  biases.back() = 3 - 1e-3, biases.push_back(3 + 1e-3);
  const auto near = device::current_voltage(led, biases, {100}).points;
  CHECK(answer.admittance[0].real() == Approx((near[31].current - near[30].current) / 2e-3).epsilon(2e-3));
}

TEST_CASE("ions: what a species needs in several layers is said", "[bad]") {
  Stack stack{{ionic(20 * nm, 1e24, 1e23), ionic(20 * nm, 1e24, 1e23)}, 4.5 * eV, 4.5 * eV, temperature};
  stack.layers[1].name = "second";
  stack.layers[1].vacancies.charge = 2;
  CHECK(device::problem_of(stack).find("'second': vacancies of one charge") != std::string::npos);
  stack.layers[1].vacancies.charge = 1;
  stack.layers[1].cation_vacancies.mobility = 0;
  CHECK(device::problem_of(stack).find("'second': cation_vacancies need a mobility") != std::string::npos);
}
