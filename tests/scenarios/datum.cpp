#include "scenarios/datum.hpp"

#include "tests/scenarios/support.hpp"

using namespace nacre;
using support::require_parts;

namespace {

const std::string head = "schema = 1\n";
const std::string gap =
    "[gap]\nvalue = 2.4\nunit = \"eV\"\nsigma = 0.1\nbasis = \"measured\"\nsource = \"someone2020\"\nnote = \"why\"\n";

std::string refusal(const std::string& text) {
  const support::Folder folder;
  const std::string path = folder.write("data.toml", text);
  return support::complaint([&] { scenarios::read_data_file(path, "materials", "data"); });
}

}  // namespace

TEST_CASE("a datum is read into SI with all that is known about it", "[data]") {
  const support::Folder folder;
  const auto file =
      scenarios::read_data_file(folder.write("x.toml", head + "shape = \"cube\"\n" + gap), "materials", "x");
  REQUIRE(file.data.size() == 1);
  const scenarios::Datum& datum = file.at("gap", "J");
  CHECK(datum.value == Approx(2.4 * 1.602176634e-19).epsilon(1e-14));
  CHECK(datum.sigma.value() == Approx(0.1 * 1.602176634e-19).epsilon(1e-14));
  CHECK(datum.basis == scenarios::Basis::measured);
  CHECK(datum.source == "someone2020");
  CHECK(datum.note == "why");
  CHECK(datum.file == "materials/x");
  CHECK(datum.where.line == 3);
  CHECK(file.text("shape") == "cube");
}

TEST_CASE("a temperature difference is no temperature: sigma takes the factor, not the offset", "[data]") {
  const support::Folder folder;
  const std::string text = head + "[t]\nvalue = 25\nunit = \"degC\"\nsigma = 1\nbasis = \"assumed\"\nsource = \"s\"\n";
  const auto file = scenarios::read_data_file(folder.write("x.toml", text), "solvents", "x");
  CHECK(file.at("t", "K").value == Approx(298.15));
  CHECK(file.at("t", "K").sigma.value() == Approx(1));
}

TEST_CASE("a fitted datum says what it was fitted to, another must not", "[data]") {
  const support::Folder folder;
  std::string fitted = support::replaced(gap, "measured", "fitted");
  require_parts(refusal(head + fitted), {"data.toml:2", "gap.fitted_to"});
  fitted += "fitted_to = [\"a.b\", \"c\"]\n";
  const auto file = scenarios::read_data_file(folder.write("x.toml", head + fitted), "kinetics", "x");
  CHECK(file.at("gap", "eV").fitted_to == std::vector<std::string>{"a.b", "c"});
  require_parts(refusal(head + gap + "fitted_to = [\"a\"]\n"), {"gap.fitted_to", "basis = \"fitted\""});
  require_parts(refusal(head + support::replaced(gap, "measured", "fitted") + "fitted_to = []\n"), {"gap.fitted_to"});
}

TEST_CASE("a datum that is not whole is refused with file, line and key", "[data]") {
  require_parts(refusal(gap), {"data.toml", "schema"});
  require_parts(refusal(head + support::replaced(gap, "unit = \"eV\"\n", "")), {"data.toml:2", "gap.unit"});
  require_parts(refusal(head + support::replaced(gap, "\"eV\"", "\"eVolt\"")), {"data.toml:4", "eVolt"});
  require_parts(refusal(head + support::replaced(gap, "2.4", "\"2.4 eV\"")), {"data.toml:3", "a number"});
  require_parts(refusal(head + support::replaced(gap, "\"measured\"", "\"guessed\"")),
                {"data.toml:6", "guessed", "assumed"});
  require_parts(refusal(head + support::replaced(gap, "sigma", "sgima")), {"data.toml:5", "gap.sgima", "sigma"});
  require_parts(refusal(head + support::replaced(gap, "source = \"someone2020\"\n", "")), {"gap.source"});
  require_parts(refusal(head + "loose = 3\n" + gap), {"data.toml:2", "loose"});
}

TEST_CASE("a datum of another dimension, or none, is refused by whoever needs it", "[data]") {
  const support::Folder folder;
  const auto file = scenarios::read_data_file(folder.write("x.toml", head + gap), "materials", "x");
  require_parts(support::complaint([&] { file.at("gap", "nm"); }), {"x.toml:2", "gap", "eV", "a length"});
  require_parts(support::complaint([&] { file.at("mass", "kg"); }), {"x.toml", "mass"});
  require_parts(support::complaint([&] { file.text("shape"); }), {"x.toml", "shape"});
}
