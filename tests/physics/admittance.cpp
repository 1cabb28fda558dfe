// The small-signal answer of a device: against exact circuits, ions between blocking electrodes, and steady currents.
#include "models/device/admittance.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "models/device/current_voltage.hpp"
#include "tests/support/full_led.hpp"
#include "tests/support/insulator.hpp"

using namespace nacre;
using device::Layer;
using device::Stack;
using support::insulator;
using Complex = std::complex<double>;

namespace {

namespace constants = units::constants;
constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = 300, turn = 2 * std::numbers::pi;
constexpr double thermal_voltage = constants::boltzmann * temperature / constants::elementary_charge;

void require_equal(Complex found, Complex exact, double tolerance) {
  CAPTURE(found, exact);
  CHECK(std::abs(found - exact) <= tolerance * std::abs(exact));
}

/// The response at one bias and one frequency.
Complex at(const Stack& stack, double bias, double frequency, const device::MeshOptions& mesh = {}) {
  const auto answer = device::small_signal(stack, std::array{bias}, std::array{frequency}, mesh);
  REQUIRE(answer.message == "");
  REQUIRE(answer.admittance.size() == 1);
  return answer.admittance.front();
}

}  // namespace

TEST_CASE("admittance: insulators in series are a capacitor, within the circuit around them") {
  Layer one = insulator(20 * nm), two = insulator(30 * nm);
  one.conduction_band = two.conduction_band = 0.1 * eV, one.valence_band = two.valence_band = 9 * eV;
  one.permittivity = 3, two.permittivity = 7;
  Stack stack{{one, two}, 4.5 * eV, 4.5 * eV, temperature};
  const double plates = constants::vacuum_permittivity / (20 * nm / 3 + 30 * nm / 7);
  for (const double frequency : {1e-3, 1., 1e6}) {
    require_equal(at(stack, 1, frequency, {40}), Complex(0, turn * frequency * plates), 1e-9);
    stack.circuit = {.series = 2e-3, .shunt = 5e-3, .capacitance = 1e-4};
    const Complex inside(1 / 5e-3, turn * frequency * (plates + 1e-4));
    require_equal(at(stack, 1, frequency, {40}), 1. / (2e-3 + 1. / inside), 1e-9);
    stack.circuit = {};
  }
}

TEST_CASE("admittance: a doped layer between contacts of its own level is a resistor beside a capacitor") {
  Layer layer = insulator(50 * nm);
  layer.fixed_charge = 1e22;
  const double level =
      layer.conduction_band - constants::boltzmann * temperature * std::log(1e22 / layer.conduction_states);
  Stack stack{{layer}, level, level, temperature};
  stack.carriers = device::Carriers::electrons;
  const double conductance = constants::elementary_charge * 1e22 * 1e-9 / (50 * nm);
  const double capacitance = 3 * constants::vacuum_permittivity / (50 * nm);
  for (const double frequency : {1., 1e4, 1e6, 1e8})
    require_equal(at(stack, 0, frequency, {60}), Complex(conductance, turn * frequency * capacitance), 1e-8);
}

TEST_CASE("admittance: ions between blocking electrodes answer as linear Poisson-Nernst-Planck says") {
  // Half length l, s^2 = kappa^2 + i w/D: density B sinh(s x), field A - q B cosh(s x)/(eps s); no flux at the walls
  // gives A = -(V_t/c) B cosh(s l) (i w/D)/s.
  constexpr double c = 1e24, length = 40e-9, mobility = 1e-16, q = constants::elementary_charge;
  const double permittivity = 6 * constants::vacuum_permittivity;
  Layer layer = insulator(length);
  layer.permittivity = 6;
  layer.conduction_band = 0.1 * eV, layer.valence_band = 9 * eV;  // no electrons, no holes
  layer.vacancies = {c, mobility, 1};
  layer.fixed_charge = -c;
  const Stack stack{{layer}, 4.5 * eV, 4.5 * eV, temperature};
  const double kappa_squared = q * c / (permittivity * thermal_voltage);
  const auto exact = [&](double frequency, double faster = 1) {
    const double D = faster * mobility * thermal_voltage;
    const Complex iw(0, turn * frequency), s = std::sqrt(kappa_squared + iw / D), l = length / 2;
    const Complex A = -thermal_voltage / c * (iw / D) / s;  // all over B cosh(s l)
    const Complex drop = 2. * (A * l - q / permittivity * std::tanh(s * l) / (s * s));
    const Complex field = A - q / (permittivity * s);
    return iw * permittivity * field / drop;
  };
  for (const double frequency : {1e-3, 0.1, 1., 10., 100., 1e4}) {
    CAPTURE(frequency);
    require_equal(at(stack, 0, frequency, {400, 0.02}), exact(frequency), 1e-3);
  }
  // How the impedance goes with the logarithm of their mobility, and what is left where they are held still.
  const std::vector<double> frequencies{1e-3, 1, 100, 1e4};
  const auto answer =
      device::small_signal(stack, std::array{0.}, frequencies, {400, 0.02}, device::Besides::part_of_ions);
  REQUIRE(answer.impedance_by_ions.size() == frequencies.size());
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    CAPTURE(frequencies[i]);
    const Complex up = 1. / exact(frequencies[i], 1.001), down = 1. / exact(frequencies[i], 1 / 1.001);
    require_equal(answer.impedance_by_ions[i], (up - down) / (2 * std::log(1.001)), 3e-3);
  }
  REQUIRE(answer.slowest_without_ions.size() == 1);
  require_equal(answer.slowest_without_ions[0], 1. / Complex(0, turn * 1e-3 * permittivity / length), 1e-6);
  CHECK(device::small_signal(stack, std::array{0.}, frequencies, {400, 0.02}).impedance_by_ions.empty());
  // The double layers alone, in series: half of eps kappa each.
  const double layers = permittivity * std::sqrt(kappa_squared) / 2;
  CHECK(at(stack, 0, 1e-4, {400, 0.02}).imag() / (turn * 1e-4) == Approx(layers).epsilon(0.02));
}

TEST_CASE("admittance: slow is the slope of the steady current, fast the capacitance of the layers") {
  for (const bool vacancies : {false, true}) {
    CAPTURE(vacancies);
    const Stack led = support::reference_led(vacancies);
    for (const double bias : {1., 2., 3., 4.}) {
      CAPTURE(bias);
      constexpr double h = 1e-3;
      auto biases = support::steps(bias, static_cast<int>(10 * bias));
      biases.back() = bias - h, biases.push_back(bias + h);
      const auto curve = device::current_voltage(led, biases, {80});
      REQUIRE(curve.message == "");
      const double slope = (curve.points.back().current - curve.points[curve.points.size() - 2].current) / (2 * h);
      const Complex slow = at(led, bias, 1e-8, {80});
      CHECK(slow.real() == Approx(slope).epsilon(2e-3));
      const Complex fast = at(led, bias, 1e15, {80});
      const double plates = constants::vacuum_permittivity / (80 * nm / 3 + 30 * nm / 6);
      CHECK(fast.imag() / (turn * 1e15) == Approx(plates).epsilon(1e-3));
    }
  }
}

TEST_CASE("admittance: with every optional term the slow limit is still the slope") {
  const Stack led = support::full_led();
  auto biases = support::steps(3, 30);
  biases.back() = 3 - 1e-3, biases.push_back(3 + 1e-3);
  const auto curve = device::current_voltage(led, biases, {120});
  REQUIRE(curve.message == "");
  const double slope = (curve.points.back().current - curve.points[curve.points.size() - 2].current) / 2e-3;
  CHECK(at(led, 3, 1e-8, {120}).real() == Approx(slope).epsilon(2e-3));
}
