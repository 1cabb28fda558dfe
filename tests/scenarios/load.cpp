#include "scenarios/load.hpp"

#include <algorithm>

#include "engine/units/quantity.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using support::replaced;
using support::require_parts;
using support::small_case;

namespace {

std::string refusal(const std::string& text) {
  return support::complaint([&] { support::plans_of(text); });
}

std::string refusal(const std::string& from, const std::string& to) {
  return refusal(replaced(small_case(), from, to));
}

const std::string given =
    "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nsource = \"given\"\nmean = \"8 nm\"\n[confinement]\n";

}  // namespace

TEST_CASE("a case is loaded in SI with the data that it names", "[load]") {
  const scenarios::Plan plan = support::plans_of(small_case()).front();
  REQUIRE(plan.synthesis);
  const synthesis::Recipe& recipe = plan.synthesis->recipe;
  CHECK(recipe.supply_time == Approx(1.8e-3));
  CHECK(recipe.start_temperature == 190);
  CHECK(recipe.baths.size() == 1);
  CHECK(recipe.baths[0].time_constant == 0);
  CHECK(recipe.solvent.viscosity_298 == Approx(554.2e-6));
  CHECK(recipe.formula_volume == materials::formula_volume(plan.material, 190));
  CHECK(recipe.formula_volume == Approx(std::pow(plan.material.bulk.lattice_constant, 3)).epsilon(0.02));
  REQUIRE(plan.optics);
  CHECK(plan.optics->bands.gap == Approx(materials::gap(plan.material, 298.15)));
  CHECK(plan.size_source == scenarios::SizeSource::synthesis);
}

TEST_CASE("a facet gate of the case is an assumption in place of the ligand's datum", "[load]") {
  const auto decay_length = [](const scenarios::Plan& plan) {
    const auto found = std::find_if(plan.used.begin(), plan.used.end(), [](const scenarios::UsedDatum& used) {
      return used.datum.name == "gate_decay_length";
    });
    REQUIRE(found != plan.used.end());
    CHECK(found->datum.value == plan.synthesis->recipe.gate.decay_length);
    return found->datum;
  };
  const scenarios::Plan without = support::plans_of(small_case()).front();
  CHECK(decay_length(without).file.starts_with("ligands/"));
  const scenarios::Plan with =
      support::plans_of(replaced(small_case(), "[synthesis]\n", "[synthesis]\nfacet_gate = \"1.5 nm\"\n")).front();
  CHECK(decay_length(with).value == Approx(1.5e-9));
  CHECK(decay_length(with).file == "case");
  CHECK(decay_length(with).basis == scenarios::Basis::assumed);
  CHECK(with.used.size() == without.used.size());
  const scenarios::Plan none =
      support::plans_of(replaced(small_case(), "[synthesis]\n", "[synthesis]\nfacet_gate = \"0 nm\"\n")).front();
  CHECK(none.synthesis->recipe.gate.decay_length == 0);
}

TEST_CASE("the gap follows temperature and the sample's offset", "[load]") {
  const auto gap = [](const std::string& temperature, const std::string& sizing) {
    const std::string text =
        replaced(given, "[confinement]\n",
                 "[confinement]\ntemperature = \"" + temperature + "\"\nsizing = \"" + sizing + "\"\n");
    return support::plans_of(replaced(text, "CsPbBr3", "MAPbBr3")).front().optics->bands.gap;
  };
  const double slope =
      support::library().load("materials", "MAPbBr3", {}, "").at("gap_temperature_coefficient", "J/K").value;
  CHECK(gap("310 K", "none") - gap("300 K", "none") == Approx(10 * slope).epsilon(1e-9));
  const double offset = support::library().load("sizing", "MAPbBr3-literature", {}, "").at("gap_offset", "J").value;
  CHECK(gap("300 K", "MAPbBr3-literature") - gap("300 K", "none") == Approx(offset).epsilon(1e-9));
}

TEST_CASE("washing changes what the spectrum sees, not what the synthesis made", "[load]") {
  const std::string washing = "[[surface.treatment]]\nname = \"antisolvent\"\ndose = 0.355\nbromide = 5\n";
  const scenarios::Plan before = support::plans_of(small_case()).front();
  const scenarios::Plan after = support::plans_of(small_case() + washing).front();
  CHECK(after.treated.composition.iodide < before.treated.composition.iodide);
  CHECK(after.optics->bands.gap > before.optics->bands.gap);
  CHECK(after.synthesis->recipe.formula_volume == before.synthesis->recipe.formula_volume);
  CHECK(before.composition_given);
  CHECK_FALSE(after.composition_given);
  CHECK(support::plans_of(small_case() + replaced(washing, "antisolvent", "none")).front().composition_given);
}

TEST_CASE("unknown keys and tables are refused with the nearest known one", "[load][bad]") {
  require_parts(refusal("solvent", "slovent"), {"case.toml:6", "synthesis.slovent", "synthesis.solvent"});
  require_parts(refusal(small_case() + "[synthesis_typo]\ntemperture = \"190 K\"\n"),
                {"case.toml:16", "synthesis_typo"});
  require_parts(refusal(small_case() + "tempreature = \"190 K\"\n"), {"case.toml:16", "confinement.temperature"});
  require_parts(refusal("[[synthesis.bath]]", "[synthesis.bath]"), {"synthesis.bath"});
}

TEST_CASE("a key that is missing is named with the line of its table", "[load][bad]") {
  require_parts(refusal("supply_time = \"1.8 ms\"\n", ""), {"case.toml:5", "synthesis.supply_time"});
  require_parts(refusal("duration = \"900 s\"\n", ""), {"case.toml:11", "synthesis.bath.0.duration"});
  require_parts(refusal("schema = 1\n", ""), {"case.toml", "schema"});
  require_parts(refusal("composition", "alloy"), {"material.composition"});
}

TEST_CASE("wrong dimensions, ranges and types are refused with what was read and expected", "[load][bad]") {
  require_parts(refusal("\"1.8 ms\"", "\"1.8 nm\""),
                {"case.toml:9", "synthesis.supply_time", "1.8 nm", "a length", "a time"});
  require_parts(refusal("\"1.8 ms\"", "1.8"), {"case.toml:9", "synthesis.supply_time", "a quantity such as"});
  require_parts(refusal("\"1.8 ms\"", "\"-1 ms\""), {"case.toml:9", "above 0 s"});
  require_parts(refusal("start_temperature = \"190 K\"", "start_temperature = \"50 K\""),
                {"case.toml:10", "at least 100 K"});
  require_parts(refusal("schema = 1", "schema = 2"), {"case.toml:1", "exactly 1"});
  require_parts(refusal("\"toluene\"", "toluene"), {"case.toml:6"});
  require_parts(refusal("\"toluene\"", "3"), {"case.toml:6", "synthesis.solvent"});
  require_parts(refusal(small_case() + "weighting = \"volum\"\n"), {"case.toml:16", "volum", "\"volume\""});
}

TEST_CASE("compositions that cannot be are refused", "[load][bad]") {
  require_parts(refusal("CsPb(I0.5Br0.5)3", "CsPb(I0.5Br0.6)3"),
                {"case.toml:4", "material.composition", "3.3 halides"});
  require_parts(refusal("CsPb(I0.5Br0.5)3", "Cs0.5FA0.6PbBr3"), {"case.toml:4", "sum to 1.1"});
  require_parts(refusal("CsPb(I0.5Br0.5)3", "CsSnI3"), {"case.toml:4", "CsSnI3"});
  require_parts(refusal("CsPb(I0.5Br0.5)3", "MAPbCl3"), {"case.toml:4", "MAPbCl3", "not in the data"});
}

TEST_CASE("solvents, ligands and other data that are not there are refused", "[load][bad]") {
  require_parts(refusal("\"toluene\"", "\"tolune\""), {"case.toml:6", "synthesis.solvent", "tolune", "toluene"});
  require_parts(refusal("oleic-acid-octylamine", "oleic-acid"), {"case.toml:7", "synthesis.ligand"});
  require_parts(refusal(small_case() + "sizing = \"mine\"\n"), {"case.toml:16", "confinement.sizing"});
  require_parts(refusal(replaced(small_case(), "[synthesis]", "[synthesis]\nkinetics = \"insolubel\"")),
                {"case.toml:6", "insoluble"});
}

TEST_CASE("inputs that contradict one another are refused", "[load][bad]") {
  const auto synthesis = [](const std::string& line) {
    return refusal(replaced(small_case(), "[synthesis]", "[synthesis]\n" + line));
  };
  require_parts(refusal(replaced(given, "mean = \"8 nm\"\n", "")), {"case.toml:5", "sizes.mean"});
  require_parts(refusal(replaced(given, "\"given\"", "\"synthesis\"")), {"case.toml:5", "sizes.source", "[synthesis]"});
  require_parts(refusal(replaced(given, "mean", "standard_deviation")), {"sizes"});
  require_parts(refusal(replaced(given, "\"8 nm\"", "\"8 nm\"\nstandard_deviation = \"9 nm\"")),
                {"case.toml:7", "9 nm", "8 nm"});
  require_parts(refusal("schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n"), {"case.toml:2", "nothing to compute"});
  require_parts(refusal("schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[confinement]\n"),
                {"case.toml:4", "sizes.mean"});
  require_parts(synthesis("largest_edge = \"0.5 nm\""), {"case.toml:6", "0.5 nm", "counted_from"});
  require_parts(synthesis("layer_removed = \"20 nm\""), {"case.toml:6", "layer_removed", "largest_edge"});
  require_parts(synthesis("unknowns = 50"), {"discrete_sizes", "50"});
  require_parts(synthesis("unknowns = 100\ndiscrete_sizes = 98"), {"discrete_sizes", "half", "100"});
  require_parts(synthesis("model = \"finke-watzky\""), {"case.toml:6", "synthesis.finke_watzky"});
  require_parts(refusal(small_case() + "[synthesis.finke_watzky]\nnucleation = \"1 1/s\"\ngrowth = \"1 m3/(mol s)\"\n"),
                {"case.toml:16", "finke-watzky"});
  require_parts(refusal("[[synthesis.bath]]\ntemperature = \"190 K\"\nduration = \"900 s\"\n", ""),
                {"case.toml:5", "[[synthesis.bath]]"});
}

TEST_CASE("a start that the first bath overrules at once is refused", "[load][bad]") {
  const std::string other = replaced(small_case(), "start_temperature = \"190 K\"", "start_temperature = \"250 K\"");
  require_parts(refusal(other), {"case.toml:10", "250 K, which has no effect", "190 K", "time_constant"});
  CHECK_NOTHROW(support::plans_of(replaced(other, "duration", "time_constant = \"1 s\"\nduration")));
}

TEST_CASE("sizes beyond a micrometre are refused", "[load][bad]") {
  require_parts(refusal(replaced(given, "8 nm", "5 mm")), {"case.toml:6", "sizes.mean", "5 mm", "at most 1000 nm"});
  CHECK_NOTHROW(support::plans_of(replaced(given, "8 nm", "1 um")));
  require_parts(refusal(replaced(given, "\"8 nm\"", "\"8 nm\"\nstandard_deviation = \"1 m\"")), {"at most 1000 nm"});
  for (const char* key : {"largest_edge", "counted_from", "layer_removed"}) {
    require_parts(refusal(replaced(small_case(), "[synthesis]", std::string("[synthesis]\n") + key + " = \"2 um\"")),
                  {"case.toml:6", key, "at most 1000 nm"});
  }
}

TEST_CASE("a temperature in coulombs is taken for a slip of the pen", "[load][bad]") {
  require_parts(refusal("start_temperature = \"190 K\"", "start_temperature = \"180 C\""),
                {"a charge", "a temperature", "perhaps \"180 degC\""});
}

TEST_CASE("a programme outside a solvent's law is refused", "[load][bad]") {
  std::string text = replaced(small_case(), "start_temperature = \"190 K\"", "start_temperature = \"700 K\"");
  text =
      replaced(text, "temperature = \"190 K\"\nduration", "temperature = \"100 K\"\ntime_constant = \"1 s\"\nduration");
  const support::Folder folder;
  const std::string law = support::slurp(support::root("models/data/solvents/toluene.toml"));
  folder.write("solvents/toluene.toml", replaced(law, "value = 2.089", "value = -2.089"));  // turns over when cold
  const scenarios::DataLibrary library({folder.path(), support::root("models/data")});
  const scenarios::Case source = scenarios::parse_case(io::Document::parse(text, "case.toml"));
  require_parts(support::complaint([&] { scenarios::load_plans(source.variants, library); }),
                {"case.toml:6", "synthesis.solvent", "toluene"});
}

TEST_CASE("every case of the papers loads, in both columns", "[load]") {
  for (const char* paper : {"peng2022", "yang2020", "ren2024", "ye2022", "li2022"}) {
    INFO(paper);
    const scenarios::Case source = scenarios::load_case(support::case_path(paper));
    CHECK(source.paper == paper);
    CHECK(scenarios::load_plans(source.variants, support::library()).size() == source.variants.size());
    CHECK(scenarios::load_plans(source.a_priori, support::library()).size() == source.variants.size());
  }
}
