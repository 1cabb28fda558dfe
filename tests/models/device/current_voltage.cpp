#include "models/device/current_voltage.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/reference_led.hpp"

using namespace nacre;
using device::current_voltage;

namespace {

std::vector<double> tenths_of_volts(int last) {
  std::vector<double> biases;
  for (int k = 0; k <= last; ++k) biases.push_back(0.1 * k);
  return biases;
}

/// max(1e-8 J, 1e-12 A/cm2).
double allowed(double current) {
  return std::max(1e-8 * std::abs(current), 1e-8);
}

}  // namespace

TEST_CASE("the reference LED: every point from 0 to 5 V on every mesh, with closed currents and kept vacancies") {
  const bool vacancies = GENERATE(false, true);
  const std::size_t nodes = GENERATE(50, 100, 300, 1000);
  const double end_spacing = GENERATE(0.1, 0.01, 0.001);
  CAPTURE(vacancies, nodes, end_spacing);
  const auto result = current_voltage(support::reference_led(vacancies), tenths_of_volts(50), {nodes, end_spacing});
  REQUIRE(result.message == "");
  REQUIRE(result.points.size() == 51);
  CHECK(result.halvings == 0);
  double worst = 0;
  for (const auto& p : result.points) {
    const double recombined = p.radiative + p.traps + p.leaked_holes + p.leaked_electrons;
    for (double other : {p.current_left, p.lowest_face, p.highest_face, recombined})
      worst = std::max(worst, std::abs(other - p.current) / allowed(p.current));
    CHECK(p.vacancies == Approx(vacancies ? 3e16 : 0).epsilon(1e-12));
  }
  // A thousandth of what is asked for: the rounding of sums over a thousand cells is all that may be left.
  CHECK(worst < 1e-3);
  CHECK(std::abs(result.points.front().current) < 1e-30);
}

TEST_CASE("the reference LED: extrapolated currents lie within half a per cent of the published ones") {
  // From another program's 300, 600 and 1000 nodes [A/m2] at 2, 3, 4 and 5 V.
  const bool vacancies = GENERATE(false, true);
  const std::array<double, 4> published =
      vacancies ? std::array{6.08e-3, 116.9, 722.5, 1730.} : std::array{5.06e-3, 76.1, 523., 1342.};
  const auto stack = support::reference_led(vacancies);
  const auto coarse = current_voltage(stack, tenths_of_volts(50), {301, 0.01});
  const auto fine = current_voltage(stack, tenths_of_volts(50), {601, 0.01});
  for (std::size_t k = 0; k < 4; ++k) {
    const std::size_t at = 20 + 10 * k;
    CHECK(device::refine(coarse.points[at].current, fine.points[at].current).value ==
          Approx(published[k]).epsilon(5e-3));
  }
}

TEST_CASE("the budget closes where the field makes a layer conduct far better") {
  auto stack = support::reference_led(true);
  for (const double field : {5e5, 3e5}) {
    CAPTURE(field);
    stack.layers[2].poole_frenkel_electron = stack.layers[2].poole_frenkel_hole = 1 / std::sqrt(field);
    const auto result = current_voltage(stack, tenths_of_volts(50));
    REQUIRE(result.points.size() == 51);
    for (const auto& point : result.points) CHECK(device::unclosed(point) < 1e-8);
  }
}

TEST_CASE("gaps of a thousand kT are named where a stack cannot be solved", "[bad]") {
  constexpr double eV = units::constants::electron_volt;
  auto stack = support::reference_led(true);
  for (device::Layer& layer : stack.layers) layer.conduction_band -= 2 * eV, layer.valence_band += 2 * eV;
  const auto at = [&](double temperature) {
    stack.temperature = temperature;
    return current_voltage(stack, std::vector<double>{0, 0.1});
  };
  CHECK(at(150).complete);
  const auto cold = at(80);
  CHECK_FALSE(cold.complete);
  CHECK(cold.message.find("At 80 K the gap of layer 'electron transport' is 1088 kT") != std::string::npos);
}

TEST_CASE("numbers that jump from mesh to mesh are not extrapolated") {
  CHECK(device::refine(4., 5.).value == Approx(5 + 1. / 3));
  CHECK(device::refine(16000., 1000.).value == 1000);
  CHECK(device::refine(16000., 1000.).error == 15000);
}

TEST_CASE("meshes of different grading extrapolate to the same current") {
  const auto current = [](std::size_t nodes, double end_spacing) {
    return current_voltage(support::reference_led(true), tenths_of_volts(50), {nodes, end_spacing})
        .points.back()
        .current;
  };
  const double one = device::refine(current(601, 0.02), current(1201, 0.02)).value;
  const double two = device::refine(current(601, 0.005), current(1201, 0.005)).value;
  CHECK(one == Approx(two).epsilon(3e-5));
}

TEST_CASE("a bias out of reach keeps the points before it and says where it stopped") {
  const auto result = current_voltage(support::reference_led(false), std::vector<double>{0, 0.1, std::nan("")});
  CHECK_FALSE(result.complete);
  CHECK(result.points.size() == 2);
  CHECK(result.message.find("beyond 0.1 V") != std::string::npos);
}

TEST_CASE("a stack that lacks a datum is refused by layer and datum") {
  auto stack = support::reference_led(true);
  stack.layers[1].vacancies.mobility = 0;
  CHECK(current_voltage(stack, std::vector<double>{0}).message == "layer 'nanocrystals': vacancies need a mobility");
  stack.layers[0].permittivity = 0;
  CHECK(current_voltage(stack, std::vector<double>{0}).message ==
        "layer 'electron transport': permittivity must be a positive number");
  stack = support::reference_led(true);
  stack.layers[1].fixed_charge = -1e31;
  const std::string message = current_voltage(stack, std::vector<double>{0}).message;
  for (const char* part : {"layer 'nanocrystals'", "Debye length", "0.00092 nm", "nodes"})
    CHECK(message.find(part) != std::string::npos);
  stack.layers.clear();
  CHECK(current_voltage(stack, std::vector<double>{0}).message == "the stack has no layer");
}
