#include "scenarios/inputs.hpp"

#include <set>

#include "engine/io/input_leaf.hpp"
#include "engine/io/input_listing.hpp"
#include "engine/io/key_path.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/outputs.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;

TEST_CASE("every key of a case stands once, with a meaning and a default that it accepts itself", "[inputs]") {
  std::set<std::string> keys;
  for (const io::InputRow& row : scenarios::case_inputs()) {
    INFO(row.key);
    CHECK(keys.insert(row.key).second);
    CHECK(row.meaning.ends_with("."));
    if (row.standard) CHECK_NOTHROW(io::read_leaf(row, row.key, io::parse_value(*row.standard, {})));
    if (row.holds == io::Holds::quantity) CHECK_NOTHROW(units::parse_unit(row.unit));
  }
}

TEST_CASE("a case to start from is a right case, whichever stages it has", "[inputs]") {
  for (const std::vector<std::string>& stages : std::vector<std::vector<std::string>>{
           {},
           {"synthesis"},
           {"synthesis", "confinement"},
           {"synthesis", "surface", "confinement"},
           {"device"},
           {"synthesis", "confinement", "device"},
           {"synthesis", "confinement", "drift"},
           {"ageing"},
           {"synthesis", "confinement", "drift", "ageing"},
           {"synthesis", "surface", "confinement", "photophysics", "film", "drift"}}) {
    const std::string text = scenarios::starting_case(stages);
    INFO(text);
    CHECK(support::plans_of(text).size() == 1);
  }
}

TEST_CASE("a case to start from has every key of its tables", "[inputs]") {
  const std::string text = scenarios::starting_case(
      {"synthesis", "sizes", "surface", "confinement", "photophysics", "film", "instruments", "device", "drift",
       "ageing"});
  for (const io::InputRow& row : scenarios::case_inputs()) {
    if (row.key.starts_with("synthesis.finke_watzky.")) continue;  // its table contradicts the default model
    INFO(row.key);
    CHECK(text.find(io::leaf_of(row.key) + " = ") != std::string::npos);
  }
}

TEST_CASE("an unknown stage of a case to start from is refused with the nearest", "[inputs]") {
  support::require_parts(support::complaint([] { scenarios::starting_case({"synthesys"}); }),
                         {"synthesys", "synthesis"});
}

TEST_CASE("every output stands once in its group, and once among the scalars", "[outputs]") {
  std::set<std::string> names, scalars;
  for (const scenarios::OutputRow& row : scenarios::outputs()) {
    const std::string name = std::string(name_of(row.stage)) + "/" + row.name;
    INFO(name);
    CHECK(names.insert(name).second);
    if (row.is_scalar()) CHECK(scalars.insert(row.name).second);
    CHECK_NOTHROW(units::parse_unit(row.unit));
    CHECK_FALSE(row.meaning.empty());
    for (const std::string& axis : row.axes) {  // an axis stands in the same group, before what lies over it
      CHECK(names.contains(std::string(name_of(row.stage)) + "/" + axis));
    }
  }
}

TEST_CASE("the documentation of files holds the tables of this program", "[inputs][outputs][docs]") {
  const std::string page = support::slurp(support::root("docs/formats.md"));
  CHECK(page.find(scenarios::outputs_markdown()) != std::string::npos);  // renew with: nacre outputs --markdown
  CHECK(page.find(io::inputs_markdown(scenarios::case_inputs())) != std::string::npos);  // nacre inputs --markdown
}
