#include "scenarios/inference/model.hpp"

#include <cmath>

#include "engine/units/quantity.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using namespace nacre::scenarios::inference;
using support::Folder;

TEST_CASE("A case that runs only as far as an output asks gives the same numbers", "[model][slow]") {
  const Folder folder;
  const NamedCase source{"case", scenarios::load_case(folder.write("case.toml", support::whole_case()))};
  const scenarios::Plan plan = scenarios::load_plan(source.source.variants[0], support::library());
  const scenarios::Result whole =
      scenarios::Pipeline(scenarios::ModelData(support::library()).colour_table()).run(plan);
  for (const scenarios::Stage stage : scenarios::all_stages) {
    Model model({source}, {}, support::library());
    std::vector<std::pair<const scenarios::OutputRow*, std::size_t>> asked;
    for (const scenarios::OutputRow& row : scenarios::outputs())
      if (row.is_scalar() && row.stage == stage)
        asked.emplace_back(&row, model.add(scenarios::parse_expression(row.name, {}, ""), 0, {}, ""));
    if (asked.empty()) continue;  // the flask tells curves alone
    const Outcome outcome = model.at({});
    for (const auto& [row, place] : asked) {
      INFO(row->name);
      const double wanted = scenarios::scalar(*row, whole) / units::parse_unit(row->unit).factor;
      if (std::isfinite(wanted))
        CHECK(outcome.values[place] == wanted);
      else
        CHECK_FALSE(std::isfinite(outcome.values[place]));
    }
  }
}

TEST_CASE("A difference is that of its parts, of two variants", "[model]") {
  const Folder folder;
  const NamedCase source{"case", scenarios::load_case(folder.write("case.toml", support::alloys_case()))};
  Model model({source}, {}, support::library());
  const std::size_t first = model.add(scenarios::parse_expression("a4.band_gap", {}, ""), 0, {}, "");
  const std::size_t second = model.add(scenarios::parse_expression("a0.band_gap", {}, ""), 0, {}, "");
  const std::size_t both = model.add(scenarios::parse_expression("a4.band_gap - a0.band_gap", {}, ""), 0, {}, "");
  const std::vector<double> values = model.at({}).values;
  CHECK(values[both] == values[first] - values[second]);
  CHECK(model.scenes() == 2);
}

TEST_CASE("Changed data reach the plan, and nothing else sees them", "[model]") {
  const scenarios::DataLibrary changed = support::library().with({{"materials/CsPbI3.band_gap", 3e-19, {}, {}}});
  CHECK(changed.load("materials", "CsPbI3", {}, "").at("band_gap", "eV").value == 3e-19);
  CHECK(support::library().load("materials", "CsPbI3", {}, "").at("band_gap", "eV").value != 3e-19);
  const scenarios::DataLibrary fitted = support::library().with({{"materials/CsPbI3.band_gap", 3e-19, 1e-21, {"a.b"}}});
  const scenarios::Datum datum = fitted.load("materials", "CsPbI3", {}, "").at("band_gap", "eV");
  CHECK(datum.basis == scenarios::Basis::fitted);
  CHECK(datum.fitted_to == std::vector<std::string>{"a.b"});
}
