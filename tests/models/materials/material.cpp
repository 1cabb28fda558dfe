#include "models/materials/material.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nacre::materials;

namespace {

/// An end member whose numbers are all different, and differ from another's by a factor.
EndMember member(double factor, Shape shape) {
  EndMember result;
  double value = 1;
  for (const PropertyRow& row : property_rows()) result.*row.member = factor * value++;
  result.shape = shape;
  return result;
}

const EndMembers members{{"CsPbBr3", member(1, Shape::cube)},
                         {"CsPbI3", member(2, Shape::cube)},
                         {"MAPbBr3", member(5, Shape::sphere)},
                         {"MAPbI3", member(11, Shape::sphere)}};

}  // namespace

TEST_CASE("The table of properties reaches every number of an end member", "[material]") {
  const auto rows = property_rows();
  CHECK(rows.size() * sizeof(double) == offsetof(EndMember, shape));
  EndMember probe;
  for (const PropertyRow& row : rows) probe.*row.member += 1;
  for (const PropertyRow& row : rows) CHECK(probe.*row.member == 1);  // none twice
  for (const PropertyRow& row : rows) {
    CHECK(std::count_if(rows.begin(), rows.end(), [&](const PropertyRow& r) { return r.key == row.key; }) == 1);
  }
}

TEST_CASE("A pure compound is its end member, to the last bit", "[material]") {
  const Material pure = mix(parse_formula("CsPbI3"), members, {0.1});
  for (const PropertyRow& row : property_rows()) {
    CHECK(pure.bulk.*row.member == members.at("CsPbI3").*row.member);
  }
  CHECK(pure.bulk.shape == Shape::cube);
}

TEST_CASE("A composition asks for the end members that it is mixed from", "[material]") {
  CHECK(required_end_members(parse_formula("MAPbBr3")) == std::vector<std::string>{"MAPbBr3"});
  CHECK(required_end_members(parse_formula("CsPbI2Br")) == std::vector<std::string>{"CsPbBr3", "CsPbI3"});
  CHECK(required_end_members(parse_formula("Cs0.5MA0.5PbI2Br")) ==
        std::vector<std::string>{"CsPbBr3", "CsPbI3", "MAPbBr3", "MAPbI3"});
  CHECK_THROWS_AS(mix(parse_formula("FAPbBr3"), members, {}), std::invalid_argument);
}

TEST_CASE("Properties are multilinear in the shares of both sites", "[material]") {
  const Material mixed = mix(parse_formula("Cs0.75MA0.25Pb(I0.4Br0.6)3"), members, {});
  const double factor = 0.75 * (0.6 * 1 + 0.4 * 2) + 0.25 * (0.6 * 5 + 0.4 * 11);
  double value = 1;
  for (const PropertyRow& row : property_rows()) {
    CHECK(mixed.bulk.*row.member == Approx(factor * value++).epsilon(1e-14));
  }
  CHECK(mixed.bulk.shape == Shape::cube);
  CHECK(mix(parse_formula("Cs0.2MA0.8PbBr3"), members, {}).bulk.shape == Shape::sphere);
}

TEST_CASE("Bowing lowers the gap of a mixed halide, by a quarter of it at most", "[material]") {
  const Alloy alloy{0.08};
  const auto departure = [&](const char* text) {
    return mix(parse_formula(text), members, alloy).bulk.band_gap - mix(parse_formula(text), members, {}).bulk.band_gap;
  };
  CHECK(departure("CsPb(I0.5Br0.5)3") == Approx(-0.02).epsilon(1e-13));
  CHECK(departure("CsPb(I0.9Br0.1)3") == Approx(-0.0072).epsilon(1e-12));
  CHECK(departure("Cs0.5MA0.5PbBr3") == 0);
  const Material bowed = mix(parse_formula("CsPb(I0.5Br0.5)3"), members, alloy);
  CHECK(bowed.bulk.lattice_constant == Approx(1.5).epsilon(1e-15));  // Vegard
}

TEST_CASE("The gap is linear in temperature from its reference", "[material]") {
  Material material;
  material.bulk.band_gap = 3e-19;
  material.bulk.gap_temperature_coefficient = 5e-23;
  CHECK(gap(material, reference_temperature) == 3e-19);
  CHECK(gap(material, 200) == Approx(3e-19 - 5e-21).epsilon(1e-15));
}

TEST_CASE("One formula unit fills the cubic cell", "[material]") {
  Material material;
  material.bulk.lattice_constant = 0.593e-9;
  CHECK(formula_volume(material, reference_temperature) == Approx(0.208527857e-27).epsilon(1e-9));
  material.bulk.thermal_expansion = 5e-5;   // 100 K above: 0.5 % in every edge
  CHECK(formula_volume(material, reference_temperature + 100) == Approx(0.208527857e-27 * 1.005 * 1.005 * 1.005).epsilon(1e-9));
}
