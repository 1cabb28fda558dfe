// A computation that is told to stop: soon, with what it has, and with the reason.
#include <catch2/catch.hpp>
#include <vector>

#include "models/device/admittance.hpp"
#include "models/device/current_voltage.hpp"
#include "models/device/programme.hpp"
#include "tests/support/reference_led.hpp"

using namespace nacre;

namespace {

/// Says true from the n-th time on that it is asked, and counts how often that is.
struct Impatient {
  int from;
  int polls = 0;

  device::MeshOptions mesh() {
    return {.nodes = 60, .end_spacing = 0.01, .interrupted = [this] { return ++polls >= from; }};
  }
  /// An iteration that is under way may be asked again on its way out.
  bool was_heard_soon() const { return polls >= from && polls < from + 10; }
};

bool says_so(const std::string& message) {
  return message.find("interrupted") != std::string::npos;
}

const std::vector<double> biases{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

}  // namespace

TEST_CASE("an interrupted sweep keeps the points before", "[device]") {
  const auto stack = support::reference_led(true);
  const auto whole = device::current_voltage(stack, biases, {.nodes = 60});
  Impatient user{whole.iterations / 2};
  const auto part = device::current_voltage(stack, biases, user.mesh());
  CHECK_FALSE(part.complete);
  CHECK(says_so(part.message));
  CHECK(user.was_heard_soon());
  REQUIRE(part.points.size() > 1);
  REQUIRE(part.points.size() < biases.size());
  for (std::size_t i = 0; i < part.points.size(); ++i) CHECK(part.points[i].current == whole.points[i].current);
}

TEST_CASE("an interruption before the first point leaves none", "[device]") {
  Impatient user{1};
  const auto none = device::current_voltage(support::reference_led(true), biases, user.mesh());
  CHECK(none.points.empty());
  CHECK(says_so(none.message));
  CHECK(user.was_heard_soon());
}

TEST_CASE("interrupted currents and spectra keep what is before", "[device]") {
  const auto stack = support::reference_led(true);
  Impatient user{100};
  const auto driven = device::at_currents(stack, std::vector{1e-2, 1., 10., 100.}, user.mesh());
  CHECK_FALSE(driven.complete);
  CHECK(says_so(driven.message));
  CHECK(user.was_heard_soon());
  CHECK(driven.points.size() < 4);

  Impatient other{100};
  const std::vector<double> frequencies(500, 1e3);
  const auto spectrum = device::small_signal(stack, std::vector{0.5}, frequencies, other.mesh());
  CHECK_FALSE(spectrum.complete);
  CHECK(says_so(spectrum.message));
  CHECK(other.was_heard_soon());
  CHECK(spectrum.admittance.size() < frequencies.size());
}

TEST_CASE("an interrupted programme keeps the points before", "[programme]") {
  const auto stack = support::reference_led(true);
  const std::vector<device::ProgrammeStep> steps{{.value = 2, .hold = 10}};
  Impatient patient{1000000};
  const auto whole = device::follow(stack, 0, steps, {.mesh = patient.mesh()});
  REQUIRE(whole.complete);
  Impatient user{patient.polls * 3 / 4};
  device::ProgrammeOptions options{.mesh = user.mesh()};
  const auto part = device::follow(stack, 0, steps, options);
  CHECK_FALSE(part.complete);
  CHECK(says_so(part.message));
  CHECK(user.was_heard_soon());
  CHECK_FALSE(part.end);
  REQUIRE(part.points.size() > 1);
  REQUIRE(part.points.size() < whole.points.size());
  for (std::size_t i = 0; i < part.points.size(); ++i) CHECK(part.currents[i] == whole.currents[i]);
}
