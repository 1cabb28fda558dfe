#include "models/device/stack.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/full_led.hpp"

using namespace nacre;
using device::problem_of;

namespace {

/// What is said about the LED with every term after a change.
template <class Change>
std::string after(Change change) {
  device::Stack stack = support::full_led();
  change(stack);
  return problem_of(stack);
}

}  // namespace

TEST_CASE("a stack with every term is accepted, and one without any") {
  CHECK(problem_of(support::full_led()) == "");
  CHECK(problem_of(support::reference_led(false)) == "");
}

TEST_CASE("a term without its datum is refused by layer or place, datum and remedy") {
  CHECK(after([](auto& s) { s.layers[0].disorder = 0; }) ==
        "layer 'electron transport': Gaussian statistics need the disorder, the width of the density of states");
  CHECK(after([](auto& s) { s.layers[0].disorder *= 10; }).find("10 kT") != std::string::npos);
  CHECK(after([](auto& s) { s.layers[1].crowding = 0; }).find("positive crowding") != std::string::npos);
  CHECK(after([](auto& s) { s.layers[1].vacancies.site_density = 1e23; }).find("must exceed vacancies.density") !=
        std::string::npos);
  CHECK(after([](auto& s) { s.layers[1].vacancies = {}; }).find("per_vacancy needs vacancies") != std::string::npos);
  CHECK(after([](auto& s) { s.layers[1].auger_hole = -1; }) == "layer 'nanocrystals': auger_hole must not be negative");
  CHECK(after([](auto& s) { s.layers[2].poole_frenkel_hole = std::nan(""); }).find("poole_frenkel_hole") !=
        std::string::npos);
  CHECK(after([](auto& s) { s.interfaces[1].velocity_hole = 0; }) ==
        "interface between 'nanocrystals' and 'hole transport': thermionic and hopping transfer need a positive "
        "velocity_hole");
  CHECK(after([](auto& s) { s.interfaces[0].dipole = HUGE_VAL; }).find("dipole") != std::string::npos);
  CHECK(after([](auto& s) { s.interfaces.push_back({}); }) == "more interfaces than places between layers");
  CHECK(after([](auto& s) { s.right_contact.velocity_hole = -1; }).find("right contact") == 0);
  CHECK(after([](auto& s) { s.temperature = HUGE_VAL; }).find("temperature") == 0);
}

TEST_CASE("a device of one carrier needs no data of the other") {
  device::Stack stack = support::reference_led(false);
  for (auto& layer : stack.layers) layer.mobility_hole = layer.valence_states = 0;
  CHECK(problem_of(stack).find("valence_states") != std::string::npos);
  stack.carriers = device::Carriers::electrons;
  CHECK(problem_of(stack) == "");
}

TEST_CASE("traps of vacancies hold no charge besides that of the vacancies") {
  for (const double charge : {-1., 0., 1.}) {
    CAPTURE(charge);
    const std::string problem = after([&](auto& s) { s.layers[1].traps.charge = charge; });
    CHECK((problem == "") == (charge == 0));
  }
}

TEST_CASE("a trap whose level lies in a band is refused") {
  constexpr double eV = units::constants::electron_volt;
  CHECK_THAT(after([&](auto& s) { s.layers[1].traps = {1e22, 9 * eV, 1e-15, 1e-15}; }), Catch::Contains("traps.level"));
}
