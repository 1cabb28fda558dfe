// Devices without bias, found from anywhere: stacks by chance, ions in several layers among them.
#include "models/device/equilibrium.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>

#include "models/device/current_voltage.hpp"
#include "models/device/solver.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

namespace {

constexpr double eV = units::constants::electron_volt;

/// Numbers of one seed, the same with every standard library.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  double between(double low, double high) { return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double decades(double low, double high) { return std::pow(10, between(low, high)); }
  bool happens(double share) { return between(0, 1) < share; }

 private:
  std::mt19937_64 engine_;
};

device::Vacancies ions(Chance& chance, double charge) {
  if (!chance.happens(0.6)) return {.charge = charge};
  const double density = chance.decades(21, 25);
  return {.density = density,
          .mobility = chance.decades(-20, -12),
          .charge = charge,
          .site_density = chance.happens(0.5) ? density * chance.decades(0.1, 3) : 0};
}

device::Layer layer(Chance& chance, int number) {
  device::Layer l;
  l.name = "layer " + std::to_string(number);
  l.thickness = chance.decades(-9.5, -6);
  l.permittivity = chance.between(2, 30);
  l.conduction_band = chance.between(2, 4.2) * eV;
  l.valence_band = l.conduction_band + chance.between(1.2, 4) * eV;
  l.conduction_states = chance.decades(23, 27.5), l.valence_states = chance.decades(23, 27.5);
  l.mobility_electron = chance.decades(-16, -2), l.mobility_hole = chance.decades(-16, -2);
  l.radiative_coefficient = chance.decades(-20, -14);
  l.vacancies = ions(chance, 1);
  l.cation_vacancies = ions(chance, -1);
  l.fixed_charge = l.cation_vacancies.density - l.vacancies.density;
  const double kind = chance.between(0, 1);
  l.statistics = kind < 0.2   ? device::Statistics::blakemore
                 : kind < 0.4 ? device::Statistics::fermi_dirac
                 : kind < 0.6 ? device::Statistics::gaussian
                              : device::Statistics::boltzmann;
  l.disorder = 0.1 * eV;
  return l;
}

device::Stack stack(std::uint64_t seed) {
  Chance chance(seed);
  device::Stack stack;
  const int layers = 1 + static_cast<int>(chance.between(0, 4));
  for (int k = 0; k < layers; ++k) stack.layers.push_back(layer(chance, k));
  stack.left_work_function = stack.layers.front().conduction_band + chance.between(-0.3, 0.6) * eV;
  stack.right_work_function = stack.layers.back().valence_band - chance.between(-0.3, 0.6) * eV;
  stack.temperature = 298;
  return stack;
}

}  // namespace

TEST_CASE("stacks by chance with ions in several layers come to rest without bias", "[device]") {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    CAPTURE(seed);
    const device::Stack by_chance = stack(seed);
    const device::MeshOptions mesh{.nodes = 60};
    if (!device::problem_of(by_chance, mesh).empty()) continue;  // a Debye length below the finest cell
    ++found;
    const auto result = device::current_voltage(by_chance, std::vector{0.}, mesh);
    REQUIRE(result.message == "");
    CHECK(std::abs(result.points[0].current) < 1e-12);
    double content = 0;
    for (const device::Layer& l : by_chance.layers) content += l.vacancies.density * l.thickness;
    CHECK(result.points[0].vacancies == Approx(content).epsilon(1e-12));
  }
  CHECK(found >= 16);
}

TEST_CASE("the least free energy is the state without bias", "[device]") {
  device::OnMesh<1> led(support::reference_led(true), {.nodes = 60});
  auto least = led.start();
  REQUIRE(device::equilibrate(led, least));
  fvm::Newton<device::DriftDiffusion<1>> newton(led.system(), fvm::Newton<device::DriftDiffusion<1>>::Border::contents);
  auto exact = least;
  const fvm::NewtonOutcome outcome = newton.solve(exact, {}, led.contents(), {});
  CHECK(outcome.converged);
  CHECK(outcome.iterations <= 3);
  for (std::size_t i = 0; i < least.nodes(); ++i)
    for (std::size_t k = 0; k < 4; ++k) CHECK(least.value[i][k] == Approx(exact.value[i][k]).margin(1e-7));
}
