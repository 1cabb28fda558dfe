#include "scenarios/verdict.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace nacre::scenarios;

namespace {

Target number(double value, double band) {
  Target target;
  target.value = value;
  target.band = band;
  target.unit = "nm";
  return target;
}

Target list(std::vector<double> values, double band, TargetKind kind = TargetKind::predict,
            std::string unit = "nm (a, b)") {
  Target target = number(0, band);
  target.value = std::move(values);
  target.kind = kind;
  target.unit = std::move(unit);
  return target;
}

}  // namespace

TEST_CASE("one number is within up to its band, the border included", "[verdict]") {
  CHECK(is_within(number(524, 6), {530}));
  CHECK(is_within(number(524, 6), {518}));
  CHECK_FALSE(is_within(number(524, 6), {530.001}));
  CHECK(is_within(number(0.15, 0.03), {0.15 + 0.03}));  // decimals that no binary number meets
  CHECK_FALSE(is_within(number(524, 6), {std::numeric_limits<double>::quiet_NaN()}));
}

TEST_CASE("a list needs every entry within its band", "[verdict]") {
  CHECK(is_within(list({9.6, 4.6, 4.4}, 0.5), {9.2, 4.7, 4.2}));
  CHECK_FALSE(is_within(list({9.6, 4.6, 4.4}, 0.5), {9.2, 5.2, 4.2}));
}

TEST_CASE("a list needs its differences: one constant for all is no prediction", "[verdict]") {
  const Target shifts = list({644, 639, 635}, 8);
  CHECK_FALSE(is_within(shifts, {640, 640, 640}));  // each within 8, but 9 nm were measured between the outer two
  CHECK(is_within(shifts, {644, 641, 636}));
  CHECK_FALSE(is_within(shifts, {644, 644, 639}));  // the 5 nm between the first two exceed half the band, too
  CHECK_FALSE(is_within(list({644, 639, 635}, 8), {638, 639, 643}));  // wrong sign
}

TEST_CASE("differences below half the band say nothing, those above count from a half to twice", "[verdict]") {
  const Target two = list({10, 13}, 4);
  CHECK(is_within(two, {10, 11.5}));
  CHECK(is_within(two, {9, 15}));
  CHECK_FALSE(is_within(two, {10, 11.49}));
  CHECK_FALSE(is_within(two, {8.9, 15}));
  CHECK(is_within(list({10, 12}, 4), {12, 10}));  // 2 is not more than half of 4
}

TEST_CASE("colours are judged entry by entry alone", "[verdict]") {
  const Target colour = list({0.70, 0.30}, 0.3, TargetKind::predict, "CIE 1931 xy");
  CHECK(is_within(colour, {0.5, 0.5}));  // the difference between x and y is gone, which no list would be forgiven
  CHECK_FALSE(is_within(list({0.70, 0.30}, 0.3), {0.5, 0.5}));
}

TEST_CASE("a ratio asks for quotients to the first entry alone", "[verdict]") {
  const Target ratio = list({5060, 18500}, 0.35, TargetKind::ratio);
  CHECK(is_within(ratio, {1, 18500.0 / 5060}));
  CHECK(is_within(ratio, {1, 1.34 * 18500 / 5060}));
  CHECK_FALSE(is_within(ratio, {1, 1.36 * 18500 / 5060}));
  CHECK_FALSE(is_within(ratio, {0, 1}));
}

TEST_CASE("an order names its members from the lowest to the highest", "[verdict]") {
  const std::vector<std::string> names{"x1 (34)", "x1_5 (46.5)", "x0 (60)"};
  CHECK(is_in_order(names, ordered_names(names, {1, 2, 3})));
  CHECK_FALSE(is_in_order(names, ordered_names(names, {1, 3, 2})));
  CHECK(ordered_names(names, {3, 1, 2}) == std::vector<std::string>{"x1_5 (46.5)", "x0 (60)", "x1 (34)"});
  CHECK(is_in_order(names, {"x1", "x1_5", "x0"}));  // what stands in brackets does not count
  CHECK_FALSE(is_in_order(names, {"x1", "x1_5"}));
}

TEST_CASE("a tie establishes no order", "[verdict]") {
  const std::vector<std::string> names{"a", "b"};
  CHECK_FALSE(is_in_order(names, ordered_names(names, {2, 2})));
}
