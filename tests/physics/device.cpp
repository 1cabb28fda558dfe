// Exact answers of semiconductor and electrolyte physics, from the device model as it stands.
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "engine/units/constants.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/hold.hpp"
#include "tests/support/insulator.hpp"

using namespace nacre;
using device::Layer;
using device::Stack;
using support::insulator, support::steps;
namespace constants = units::constants;

namespace {

constexpr double eV = constants::electron_volt, nm = 1e-9, temperature = 300;
constexpr double thermal_voltage = constants::boltzmann * temperature / constants::elementary_charge;

}  // namespace

TEST_CASE(
    "device: space-charge-limited electrons follow Mott and Gurney once the virtual electrode has reached the "
    "contact") {
  // J = 9/8 eps mu V^2/(L - x_m)^3: diffusion moves the electrode by x_m, which falls as V^-1/2.
  const Stack stack{{insulator(1000 * nm)}, 3.0 * eV, 3.0 * eV, temperature};
  const auto excess = [&](double bias) {
    const auto result = current_voltage(stack, steps(bias, 100), {600, 1e-4});
    REQUIRE(result.message == "");
    const double exact = 9. / 8 * 3 * constants::vacuum_permittivity * 1e-9 * bias * bias / std::pow(1000 * nm, 3);
    return result.points.back().current / exact - 1;
  };
  const double at_100 = excess(100), at_400 = excess(400);
  CHECK(at_400 / at_100 == Approx(0.5).epsilon(0.06));
  CHECK(std::abs(2 * at_400 - at_100) < 3e-3);  // what is left without the V^-1/2
}

/// Recombination current of a layer in a uniform field with few carriers: n = b + (N - b) e^(-x/a) between its values
/// at the contacts (drift and diffusion without loss), p its mirror image, and q times the integral of rate(n, p,
/// n_i^2).
template <class Rate>
double in_uniform_field(double length, double barrier, double gap, double bias, Rate rate) {
  const double built_in = gap - 2 * barrier, a = thermal_voltage * length / (built_in - bias);
  const double at_left = 1e26 * std::exp(-barrier / thermal_voltage),
               at_right = 1e26 * std::exp((barrier - gap) / thermal_voltage);
  const double e = std::exp(-length / a), b = (at_right - at_left * e) / (1 - e);
  const double intrinsic_squared = 1e52 * std::exp(-gap / thermal_voltage);
  constexpr int cells = 20000;
  double sum = 0;
  for (int i = 0; i < cells; ++i) {
    const double x = length * (i + 0.5) / cells;
    sum +=
        rate(b + (at_left - b) * std::exp(-x / a), b + (at_left - b) * std::exp(-(length - x) / a), intrinsic_squared);
  }
  return constants::elementary_charge * sum * length / cells;
}

/// A symmetric diode: both contacts `barrier` [V] from their band, fast carriers.
Stack diode(double gap, double barrier) {
  Layer layer = insulator(100 * nm);
  layer.valence_band = (3 + gap) * eV;
  layer.mobility_electron = layer.mobility_hole = 1e-3;
  return {{layer}, (3 + barrier) * eV, (3 + gap - barrier) * eV, temperature};
}

TEST_CASE("device: radiative current of a diode rises by one thermal voltage per e") {
  Stack stack = diode(2, 0.4);
  stack.layers[0].radiative_coefficient = 1e-22;
  const auto result = current_voltage(stack, steps(0.8, 16));
  REQUIRE(result.message == "");
  const auto exact = [](double bias) {
    return in_uniform_field(100 * nm, 0.4, 2, bias,
                            [](double n, double p, double ni2) { return 1e-22 * (n * p - ni2); });
  };
  for (std::size_t k : {4u, 8u, 12u})
    CHECK(result.points[k].radiative / exact(0.05 * static_cast<double>(k)) == Approx(1).epsilon(2e-3));
  CHECK(exact(0.6) / exact(0.4) == Approx(std::exp(0.2 / thermal_voltage)).epsilon(0.05));  // the formula's own slope
}

TEST_CASE("device: a centre in the middle of the gap of a depleted layer takes what Shockley, Read and Hall say") {
  Stack stack = diode(1, 0.4);
  stack.layers[0].traps = {1e20, 3.5 * eV, 1e-13, 1e-13};
  const auto result = current_voltage(stack, steps(0.1, 4));
  REQUIRE(result.message == "");
  const double exact = in_uniform_field(100 * nm, 0.4, 1, 0.1, [](double n, double p, double ni2) {
    return 1e7 * (n * p - ni2) / (n + p + 2 * std::sqrt(ni2));
  });
  CHECK(result.points[4].traps / exact == Approx(1).epsilon(5e-3));
}

TEST_CASE("device: vacancies between blocking electrodes relax with the exact time of their double layers") {
  // A background of -c and mobile +c in L, a small step of voltage. Linear Poisson-Nernst-Planck: with s = sqrt(kappa^2
  // + p/D) the slowest mode has p = -1/tau from  kappa^2 tanh(s L/2) + (p/D) s L/2 = 0 (the field's uniform part
  // against the layers').
  constexpr double c = 1e24, length = 40e-9, permittivity = 6, mobility = 1e-16;
  Layer layer = insulator(length);
  layer.permittivity = permittivity;
  layer.conduction_band = 0.1 * eV, layer.valence_band = 9 * eV;  // no electrons, no holes
  layer.vacancies = {c, mobility, 1};
  layer.fixed_charge = -c;
  const Stack stack{{layer}, 4.5 * eV, 4.5 * eV, temperature};
  const double D = mobility * thermal_voltage;
  const double kappa_squared =
      constants::elementary_charge * c / (permittivity * constants::vacuum_permittivity * thermal_voltage);
  const auto mode = [&](double rate) {
    const double s = std::sqrt(kappa_squared - rate / D);
    return kappa_squared * std::tanh(s * length / 2) - rate / D * s * length / 2;
  };
  double low = 0, high = 0.5 * kappa_squared * D;
  for (int i = 0; i < 100; ++i) (mode((low + high) / 2) > 0 ? low : high) = (low + high) / 2;
  const double tau = 1 / low;

  const auto result =
      device::hold(stack, 0, 1e-4, std::vector<double>{1 * tau, 2 * tau}, {.mesh = {400, 0.02}, .tolerance = 1e-8});
  REQUIRE(result.message == "");
  CHECK(result.currents[0] / result.currents[1] == Approx(std::numbers::e).epsilon(1e-3));
  CHECK(result.last.vacancies == Approx(c * length).epsilon(1e-12));
}

TEST_CASE("device: after a step of the bias an insulator's charge is its capacitance times the step") {
  // Two layers in series; the field in each is the charge on the plates over its permittivity.
  Layer one = insulator(20 * nm), two = insulator(30 * nm);
  one.conduction_band = two.conduction_band = 0.1 * eV, one.valence_band = two.valence_band = 9 * eV;
  one.permittivity = 3, two.permittivity = 7;
  const auto result = device::hold({{one, two}, 4.5 * eV, 4.5 * eV, temperature}, 0, 2, std::vector<double>{1e-9},
                                   {.mesh = {50, 1}, .tolerance = 1e-3});
  REQUIRE(result.message == "");
  const auto& p = result.profile;
  const double charge = 2 * constants::vacuum_permittivity / (20 * nm / 3 + 30 * nm / 7);
  CHECK((p.potential[1] - p.potential[0]) / (p.x[1] - p.x[0]) ==
        Approx(charge / (3 * constants::vacuum_permittivity)).epsilon(1e-9));
  const std::size_t n = p.x.size();
  CHECK((p.potential[n - 1] - p.potential[n - 2]) / (p.x[n - 1] - p.x[n - 2]) ==
        Approx(charge / (7 * constants::vacuum_permittivity)).epsilon(1e-9));
  CHECK(std::abs(result.currents[0]) < 1e-12);
}
