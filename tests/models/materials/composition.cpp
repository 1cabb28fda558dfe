#include "models/materials/composition.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

using namespace nacre::materials;
using Catch::Matchers::Contains;

namespace {

void check_same(const Composition& a, const Composition& b, double margin) {
  CHECK(a.caesium == Approx(b.caesium).margin(margin));
  CHECK(a.formamidinium == Approx(b.formamidinium).margin(margin));
  CHECK(a.methylammonium == Approx(b.methylammonium).margin(margin));
  CHECK(a.chloride == Approx(b.chloride).margin(margin));
  CHECK(a.bromide == Approx(b.bromide).margin(margin));
  CHECK(a.iodide == Approx(b.iodide).margin(margin));
}

}  // namespace

TEST_CASE("Formulas of the literature are read", "[composition]") {
  check_same(parse_formula("MAPbBr3"), {0, 0, 1, 0, 1, 0}, 1e-15);
  check_same(parse_formula("CsPbI3"), {1, 0, 0, 0, 0, 1}, 1e-15);
  check_same(parse_formula("CsPb(I0.67Br0.33)3"), {1, 0, 0, 0, 0.33, 0.67}, 1e-15);
  check_same(parse_formula("CsPbI2Br"), {1, 0, 0, 0, 1. / 3, 2. / 3}, 1e-15);
  check_same(parse_formula("Cs0.7FA0.3PbBr3"), {0.7, 0.3, 0, 0, 1, 0}, 1e-15);
  check_same(parse_formula("(FA0.85MA0.15)Pb(I.85Br.15)3"), {0, 0.85, 0.15, 0, 0.15, 0.85}, 1e-15);
  check_same(parse_formula("CsPbClBrI"), {1, 0, 0, 1. / 3, 1. / 3, 1. / 3}, 1e-15);
}

TEST_CASE("Shares are brought to a sum of exactly one", "[composition]") {
  const Composition c = parse_formula("CsPb(I0.6715Br0.3280)3");  // sums to 0.9995
  CHECK(c.iodide + c.bromide == Approx(1).epsilon(1e-15));
  CHECK(c.iodide / c.bromide == Approx(0.6715 / 0.3280).epsilon(1e-14));
}

TEST_CASE("A composition survives writing and reading", "[composition]") {
  for (const char* text : {"MAPbBr3", "CsPbI3", "CsPbI2Br", "CsPb(I0.6715Br0.3285)3", "Cs0.7FA0.3PbBr3", "CsPbIBrCl"}) {
    CHECK(formula(parse_formula(text)) == text);
  }
  const Composition odd{0.12345, 0.76543, 0.11112, 0.1, 0.2, 0.7};
  check_same(parse_formula(formula(odd)), odd, 2e-4);
}

TEST_CASE("What is wrong with a formula is said", "[composition]") {
  const auto refuses = [](const char* text, const char* why) {
    CHECK_THROWS_WITH(parse_formula(text), Contains(text) && Contains(why));
  };
  refuses("", "is empty");
  refuses("CsPbF3", "unknown ion at \"F3\"");
  refuses("cspbbr3", "unknown ion");
  refuses("CsPbI-3", "unknown ion at \"-3\"");
  refuses("Cs0.7FA0.2PbBr3", "sum to 0.9");
  refuses("CsPbBr2", "2 halides");
  refuses("CsPb(I0.5Br0.4)3", "2.7 halides");
  refuses("CsBr3", "0 Pb");
  refuses("PbBr3", "sum to 0");
  refuses("CsPb(I0.5Br0.5", "closing bracket");
  refuses("CsPb((I)3)", "brackets within brackets");
  refuses("CsPb)Br3", "unknown ion");
  refuses("Cs1.0.0PbBr3", "where a number was expected");
  refuses("Cs.PbBr3", "where a number was expected");
  CHECK_THROWS_AS(parse_formula(std::string(1000000, '(')), std::invalid_argument);
}
