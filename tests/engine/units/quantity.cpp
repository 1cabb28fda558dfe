#include "engine/units/quantity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>

#include "engine/units/constants.hpp"

using namespace nacre::units;

namespace {

std::string refusal(const std::string& text) {
  try {
    parse_quantity(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

void check(const std::string& text, double value, const std::string& what) {
  INFO(text);
  const Quantity quantity = parse_quantity(text);
  CHECK(quantity.value == Approx(value).epsilon(1e-14));
  CHECK(describe(quantity.dimension) == what);
}

}  // namespace

TEST_CASE("quantities are read by dimension", "[units]") {
  check("190 K", 190, "a temperature");
  check("0.1 mmol", 1e-4, "an amount of substance");
  check("30 nm", 30e-9, "a length");
  check("5 mA/cm2", 50, "a current density");
  check("0.654 mol/m3", 0.654, "a concentration");
  check("15 mM", 15, "a concentration");
  check("2.38 eV", 2.38 * 1.602176634e-19, "an energy");
  check("-0.3 meV/K", -0.3e-3 * 1.602176634e-19, "an energy per temperature");
  check("0.13 m_e", 0.13 * 9.1093837015e-31, "a mass");
  check("0.52 mPa s", 0.52e-3, "a viscosity");
  check("5 %", 0.05, "a pure number");
  check("12 ppm", 12e-6, "a pure number");
  check("180 deg", 3.14159265358979324, "a pure number");
  check("1e-3", 1e-3, "a pure number");
  check("5.9 angstrom", 5.9e-10, "a length");
  check("2 bar", 2e5, "a pressure");
  check("1 mL", 1e-6, "a volume");
  check("25 degC", 298.15, "a temperature");
  check("3 kohm", 3000, "a resistance");
  check("3 S", 3, "s3 A2/(kg m2)");
}

TEST_CASE("symbols that look alike are told apart", "[units]") {
  check("1 min", 60, "a time");
  check("1 mm", 1e-3, "a length");
  check("1 m m", 1, "an area");
  check("1 ms", 1e-3, "a time");
  check("1 m s", 1, "m s");
  check("1 mol", 1, "an amount of substance");
  check("1 M", 1000, "a concentration");
  check("1 MPa", 1e6, "a pressure");
  check("1 cd", 1, "a luminous intensity or flux");
  check("1 d", 86400, "a time");
  check("1 h", 3600, "a time");
  check("1 Pa", 1, "a pressure");
  check("1 T", parse_quantity("1 V s/m2").value, describe(parse_unit("Wb/m2").dimension));
  check("1 dam", 10, "a length");
  check("1 dm", 0.1, "a length");
  check("1 kg", 1, "a mass");
}

TEST_CASE("one unit in several spellings", "[units]") {
  for (const char* text :
       {"cm2/(V s)", "cm2/V/s", "cm2 V-1 s-1", "cm^2 V^-1 s^-1", "cm2*V-1*s-1", "cm\u00b2/(V\u00b7s)"}) {
    check(std::string("7 ") + text, 7e-4, "a mobility");
  }
  check("4 \u00b5m", 4e-6, "a length");
  check("4um", 4e-6, "a length");
  check("4 \u00b0C", 277.15, "a temperature");
  check("2 \u00c5", 2e-10, "a length");
  check("1 1/(m3 s)", 1, "1/(m3 s)");
  check("1 nm-3", 1e27, "a number density");
}

TEST_CASE("derived units have the dimensions of their definitions", "[units]") {
  const std::pair<const char*, const char*> same[] = {
      {"N", "kg m/s2"}, {"Pa", "N/m2"},  {"J", "N m"},   {"W", "J/s"},  {"C", "A s"},   {"V", "W/A"},
      {"F", "C/V"},     {"ohm", "V/A"},  {"S", "1/ohm"}, {"Wb", "V s"}, {"T", "Wb/m2"}, {"H", "Wb/A"},
      {"lm", "cd sr"},  {"lx", "lm/m2"}, {"Hz", "1/s"},  {"L", "dm3"},  {"M", "mol/L"}, {"l", "L"},
  };
  for (const auto& [name, definition] : same) {
    INFO(name);
    CHECK(parse_unit(name).dimension == parse_unit(definition).dimension);
    CHECK(parse_unit(name).factor == Approx(parse_unit(definition).factor).epsilon(1e-14));
  }
}

TEST_CASE("what is not a quantity is refused with a reason", "[units]") {
  CHECK(refusal("5 pa") == "unit \"pa\": \"pa\" is not a known unit; did you mean \"Pa\"?");
  CHECK(refusal("3 seconds") == "unit \"seconds\": \"seconds\" is not a known unit; did you mean \"s\"?");
  CHECK_THAT(refusal("3 Kelvin"), Catch::EndsWith("did you mean \"K\"?"));
  CHECK_THAT(refusal("3 mols"), Catch::EndsWith("did you mean \"mol\"?"));
  CHECK_THAT(refusal("5 nanometers"), Catch::EndsWith("did you mean \"nm\"?"));
  CHECK_THAT(refusal("1 J/mol K"), Catch::Contains("ambiguous"));
  CHECK_THAT(refusal("5 degC/s"), Catch::Contains("use K"));
  CHECK_THAT(refusal("5 degC2"), Catch::Contains("use K"));
  CHECK_THAT(refusal("5 J/degC"), Catch::Contains("use K"));
  CHECK_THAT(refusal("1,5 nm"), Catch::Contains("one point"));
  CHECK_THAT(refusal("1e999 m"), Catch::Contains("too large or too small"));
  CHECK_THAT(refusal("1e300 Gm2"), Catch::Contains("too large"));
  for (const char* text : {"",      " ",       "K",      "nan",    "nan K", "inf m",  "-inf m", "infinity", "--5 m",
                           "- 5 m", "+-5 m",   "0x10 m", ". m",    "5 /s",  "5 m/",   "5 m**2", "5 m^",     "5 m^0",
                           "5 m0",  "5 m99",   "5 m1.5", "5 ()",   "5 (m",  "5 m)",   "5 2nm",  "5 1nm",    "5 m\xff",
                           "5 m;",  "1.2.3 m", "5 \n m", "1e m x", "mM 5",  "5 mm_e", "5 kmin"}) {
    INFO(text);
    CHECK(refusal(text) != "accepted");
  }
  CHECK_THAT(refusal("5 " + std::string(5000, '(')), Catch::Contains("longer than 100"));
}

TEST_CASE("conversion there and back is the identity", "[units]") {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-30, 30);
  for (const char* unit :
       {"nm", "eV", "degC", "mmol/L", "mA/cm2", "m_e", "1", "%", "uPa s", "kJ/mol", "min", "cm2/(V s)"}) {
    for (int i = 0; i < 200; ++i) {
      const double value = std::pow(10, exponent(random));
      const double back = to_si(from_si(value, unit), unit);
      const double offset = parse_unit(unit).offset;
      CHECK(back == Approx(value).epsilon(1e-14).margin(1e-13 * offset));
    }
  }
  CHECK(from_si(293.15, "degC") == Approx(20));
  CHECK(from_si(1.602176634e-19, "eV") == 1);
  CHECK_THROWS_AS(from_si(1, "furlong"), std::invalid_argument);
}

TEST_CASE("a dimension without a name is described by units that read back", "[units]") {
  std::mt19937_64 random(2);
  std::uniform_int_distribution<int> power(-4, 4);
  for (int i = 0; i < 500; ++i) {
    Dimension dimension;
    for (signed char& exponent : dimension.exponents) exponent = static_cast<signed char>(power(random));
    const std::string words = describe(dimension);
    if (words.starts_with("a ") || words.starts_with("an ")) continue;
    INFO(words);
    CHECK(parse_unit(words).dimension == dimension);
    CHECK(parse_unit(words).factor == 1);
  }
}

TEST_CASE("no text makes the reader of quantities do anything but read or refuse", "[units]") {
  const std::string letters = "0123456789.eE+-*/^() \tmsKAVJnupkMGdhL%_CgoleVPa\xc2\xb5";
  std::mt19937_64 random(3);
  std::uniform_int_distribution<std::size_t> pick(0, letters.size() - 1), size(0, 14);
  int accepted = 0;
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    for (std::size_t n = size(random); n > 0; --n) text += letters[pick(random)];
    try {
      if (!std::isfinite(parse_quantity(text).value)) FAIL(text);
      ++accepted;
    } catch (const std::invalid_argument&) {
    }
  }
  CHECK(accepted > 100);
}
