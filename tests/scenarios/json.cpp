#include "scenarios/json.hpp"

#include <limits>

#include "tests/scenarios/json_text.hpp"
#include "tests/scenarios/support.hpp"

using nacre::scenarios::json;
using nacre::scenarios::JsonObject;
using nacre::support::JsonReader;

TEST_CASE("texts survive JSON, whatever stands in them", "[json]") {
  const std::string odd = "a \"quote\", a \\ backslash,\n a line, \t a tab, \x01 a control byte, \xc3\xa9";
  CHECK(JsonReader::read(json(odd)).text() == odd);
}

TEST_CASE("numbers survive JSON to the last bit, and what is none becomes null", "[json]") {
  for (const double number : {0.1, -1e300, 5e-324, 524.0, 1.0 / 3})
    CHECK(JsonReader::read(json(number)).number() == number);
  CHECK(json(524.0) == "524");
  CHECK(json(std::numeric_limits<double>::quiet_NaN()) == "null");
  CHECK(json(std::numeric_limits<double>::infinity()) == "null");
  CHECK(json(std::optional<double>()) == "null");
}

TEST_CASE("objects and lists nest", "[json]") {
  const std::string text = JsonObject()
                               .add("a", 1.5)
                               .add("b", "x")
                               .add("c", true)
                               .add("d", std::vector<double>{1, 2})
                               .add_json("e", "{}")
                               .text();
  const auto value = JsonReader::read(text);
  CHECK(value.at("a").number() == 1.5);
  CHECK(value.at("b").text() == "x");
  CHECK(value.at("c").flag());
  CHECK(value.at("d").list().size() == 2);
  CHECK(json(std::vector<std::string>{}) == "[]");
}
