#include "scenarios/comparison.hpp"

#include <tuple>

#include "scenarios/comparison_text.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/scenarios/json_text.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using scenarios::Comparison;
using scenarios::Verdict;

namespace {

/// A paper that measured crystals of 8 nm: its gap offset is fitted to one peak, its sizes are given.
const std::string paper = R"(schema = 1
paper = "someone2020"
[material]
composition = "CsPb(I0.5Br0.5)3"
[sizes]
source = "given"
mean = "8 nm"
[confinement]
[[surface.treatment]]
name = "antisolvent"
dose = 0.3
bromide = 5
[variant.a]
[variant.b]
[[variant.b.surface.treatment]]
name = "antisolvent"
dose = 0.4
bromide = 5
[variant.c]
[[variant.c.a_priori.surface.treatment]]
name = "none"
[fitted.mean]
key = "variant.b.surface.treatment.0.dose"
value = 0.4
unit = "1"
fitted_to = ["someone2020.b"]
)";

/// Laws of washing: fitted to nothing that is a target here.
scenarios::DataLibrary library(const support::Folder& folder, const std::string& fitted_to) {
  const auto datum = [](const std::string& name, const std::string& value, const std::string& basis) {
    return "[" + name + "]\nvalue = " + value + "\nunit = \"1\"\nsource = \"s\"\nbasis = " + basis + "\n";
  };
  std::string law = "schema = 1\nkind = \"antisolvent\"\ndose = \"polarity\"\nholds_for = \"any\"\n" +
                    datum("half_polarity", "0.4", "\"fitted\"\nfitted_to = [\"" + fitted_to + "\"]");
  for (const char* name : {"steepness", "highest_dose"}) law += datum(name, "5", "\"assumed\"");
  for (const char* name : {"open_per_iodide", "stripping", "lowest_dose"}) law += datum(name, "0", "\"assumed\"");
  folder.write("treatments/antisolvent.toml", law);
  return scenarios::DataLibrary({folder.path(), support::root("models/data")});
}

scenarios::Column column(const scenarios::Case& source, const std::vector<scenarios::Variant>& variants,
                         const scenarios::DataLibrary& data) {
  scenarios::Pipeline pipeline(scenarios::ModelData(data).colour_table());
  scenarios::Column result;
  for (const scenarios::Variant& variant : variants) {
    const scenarios::Plan plan = scenarios::load_plan(variant, data);
    result.results.push_back(pipeline.run(plan));
    result.fitted.push_back(scenarios::fitted_numbers(source, variant, plan));
  }
  return result;
}

std::string target(const std::string& id, const std::string& from, const std::string& value = "600",
                   const std::string& unit = "nm") {
  return "[[target]]\nid = \"someone2020." + id + "\"\npaper = \"someone2020\"\nvalue = " + value + "\nunit = \"" +
         unit + "\"\nband = 1e3\nkind = \"predict\"\nsource = \"text\"\n" + from + "\n";
}

/// Computes the paper and compares it with targets; the law of washing was fitted to `fitted_to`.
std::vector<Comparison> compared(const std::string& targets, const std::string& fitted_to) {
  const support::Folder folder;
  const scenarios::DataLibrary data = library(folder, fitted_to);
  scenarios::PaperRun run;
  run.source = scenarios::parse_case(io::Document::parse(paper, "someone2020.toml"));
  run.calibrated = column(run.source, run.source.variants, data);
  run.a_priori = column(run.source, run.source.a_priori, data);
  run.targets = scenarios::parse_targets(io::Document::parse("schema = 1\n" + targets, "targets.toml"));
  std::set<std::string> ids;
  for (const scenarios::Target& one : run.targets) ids.insert(one.id);
  const auto comparisons = scenarios::compare(run, ids, scenarios::fit_entries({run}));
  return comparisons;
}

const std::string b = target("b", "from = [\"b.pl_peak\"]");

}  // namespace

TEST_CASE("what rests on nothing fitted stands in the a-priori column alone", "[comparison]") {
  const auto result = compared(b + target("a", "from = [\"a.pl_peak\"]"), "table_of_the_literature");
  CHECK(result[1].a_priori);
  CHECK_FALSE(result[1].calibrated);
  CHECK_FALSE(result[1].used_in_fit);
  CHECK(result[1].verdict == Verdict::within);
}

TEST_CASE("what rests on a fit to a target stands in the calibrated column alone", "[comparison]") {
  const auto result = compared(b + target("a", "from = [\"a.pl_peak\"]"), "someone2020.b");
  CHECK_FALSE(result[1].a_priori);
  CHECK(result[1].calibrated);
  CHECK_FALSE(result[1].used_in_fit);  // another target's peak was fitted, not this one's
}

TEST_CASE("both columns are filled where the overlay takes the fit away", "[comparison]") {
  const auto result = compared(b + target("c", "from = [\"c.pl_peak\"]"), "someone2020.b");
  REQUIRE(result[1].a_priori);
  REQUIRE(result[1].calibrated);
  CHECK(result[1].a_priori != result[1].calibrated);
}

TEST_CASE("a target that a record names was used in a fit, whatever its kind says", "[comparison][fit]") {
  CHECK(compared(b, "table")[0].used_in_fit);  // by the record in the case
  CHECK(compared(b + target("a", "from = [\"a.pl_peak\"]"), "someone2020.a")[1].used_in_fit);  // by a datum in use
}

TEST_CASE("what is derived from a fitted target inherits that it was fitted", "[comparison][fit]") {
  const auto result =
      compared(b + target("shift", "from = [\"b.pl_peak - a.pl_peak\"]") + target("width", "from = [\"b.pl_fwhm\"]") +
                   target("again", "from = [\"b.pl_peak\"]"),
               "table");
  CHECK(result[1].used_in_fit);        // a difference with the fitted peak
  CHECK_FALSE(result[2].used_in_fit);  // another quantity of the same variant
  CHECK(result[3].used_in_fit);        // the same quantity under another name
}

TEST_CASE("a difference is the difference of its terms", "[comparison]") {
  const auto result =
      compared(b + target("a", "from = [\"a.pl_peak\"]") + target("shift", "from = [\"b.pl_peak - a.pl_peak\"]"),
               "someone2020.b");
  CHECK(result[2].calibrated->front() == Approx(result[0].calibrated->front() - result[1].calibrated->front()));
}

TEST_CASE("numbers given by hand are no results", "[comparison]") {
  const auto result = compared(
      b + target("size", "from = [\"a.size_mean\"]", "8") + target("x", "from = [\"c.iodide_fraction\"]", "0.5", "1"),
      "table");
  CHECK(result[1].verdict == Verdict::missing);
  CHECK_FALSE(result[1].a_priori);
  CHECK_FALSE(result[1].calibrated);
  CHECK(result[1].why_missing.find("by hand") != std::string::npos);
  CHECK_FALSE(result[2].a_priori);  // without a law of washing the composition is an input
}

TEST_CASE("computed numbers come in the target's unit", "[comparison]") {
  const auto result = compared(
      b + target("nm", "from = [\"a.pl_peak\"]") + target("um", "from = [\"a.pl_peak\"]", "0.6", "um (a)"), "table");
  CHECK(result[2].a_priori->front() == Approx(result[1].a_priori->front() / 1000));
}

TEST_CASE("targets that cannot be computed from the case are refused", "[comparison][bad]") {
  const auto refusal = [](const std::string& one) { return support::complaint([&] { compared(one, "table"); }); };
  support::require_parts(refusal(target("a", "from = [\"aa.pl_peak\"]")),
                         {"targets.toml:2", "someone2020.a", "aa", "\"a\""});
  support::require_parts(refusal(target("a", "from = [\"a.pl_peak\"]", "2", "eV")),
                         {"targets.toml:2", "eV", "a length"});
  support::require_parts(refusal(target("a", "from = [\"a.pl_peak\"]", "2", "fraction of initial")),
                         {"targets.toml:2", "fraction"});
}

TEST_CASE("what is assumed and not known is shown as a range", "[comparison]") {
  const std::string bounded =
      target("a", "from = [\"a.pl_peak\"]\nbetween = [\"b.pl_peak\", \"c.pl_peak\", \"a.pl_peak\"]");
  const Comparison result = compared(bounded, "someone2020.a").front();
  REQUIRE(result.bounds);
  CHECK(result.bounds->first <= result.calibrated->front());
  CHECK(result.bounds->second >= result.calibrated->front());
  CHECK(result.bounds->first < result.bounds->second);
  CHECK(scenarios::cells_of(result).calibrated.find("..") != std::string::npos);
}

TEST_CASE("the note of a target outside its band is the reason; what was remarked beside the number stands apart",
          "[comparison]") {
  const std::string far = target("far", "from = [\"a.pl_peak\"]\nnote = \"a remark\"\nknown_miss = \"A reason.\"");
  Comparison result = compared(far, "someone2020.a").front();
  result.verdict = Verdict::outside;
  CHECK(scenarios::note_of(result) == "A reason.");
  result.verdict = Verdict::within;
  CHECK(scenarios::note_of(result).empty());
}

TEST_CASE("a missing target says what it awaits", "[comparison]") {
  const Comparison result = compared(b + target("later", "awaits = \"the device model\""), "table")[1];
  CHECK(result.verdict == Verdict::missing);
  CHECK(scenarios::note_of(result).find("awaits the device model") != std::string::npos);
}

TEST_CASE("the gauge shows which side of the band the worst entry lies on", "[comparison]") {
  Comparison comparison = compared(b, "table").front();
  const auto gauge = [&](double deviation) {
    comparison.calibrated = std::vector<double>{600 + deviation * 1000};
    return scenarios::cells_of(comparison).gauge;
  };
  CHECK(gauge(0) == "---o---");
  CHECK(gauge(1) == "---|--o");
  CHECK(gauge(-1) == "o--|---");
  CHECK(gauge(1.01) == "---|-->");
  CHECK(gauge(-5) == "<--|---");
}

TEST_CASE("the whole chain stands beside the columns and is not counted", "[comparison][chain]") {
  const std::string text =
      support::small_case() + "[variant.flask]\n[variant.given]\nsizes.source = \"given\"\nsizes.mean = \"8 nm\"\n";
  scenarios::PaperRun run;
  run.source = scenarios::parse_case(io::Document::parse(text, "someone2020.toml"));
  run.source.paper = "someone2020";
  run.calibrated = column(run.source, run.source.variants, support::library());
  run.a_priori = column(run.source, run.source.a_priori, support::library());
  const auto compare = [&](const std::string& targets) {
    run.targets = scenarios::parse_targets(io::Document::parse("schema = 1\n" + targets, "targets.toml"));
    return scenarios::compare(run, {}, {});
  };
  const std::string given = "from = [\"given.pl_peak\"]\n", band = "band = 1e3";
  const std::string narrow = support::replaced(target("a", given + "chain = [\"flask.pl_peak\"]"), band, "band = 1e-3");
  scenarios::Reproduction reproduction;
  reproduction.comparisons = compare(narrow + target("b", given + "chain = [\"flask.pl_peak\"]") + target("c", given));
  reproduction.runs = {run};
  const auto& [near, wide, none] =
      std::tie(reproduction.comparisons[0], reproduction.comparisons[1], reproduction.comparisons[2]);
  const scenarios::OutputRow& peak = *scenarios::find_scalar("pl_peak");
  REQUIRE(wide.chain);
  CHECK(wide.chain->front() == Approx(1e9 * scenarios::scalar(peak, run.calibrated.results[0])));
  CHECK(wide.chain->front() != Approx(wide.a_priori->front()));
  CHECK(near.chain_verdict == Verdict::outside);
  CHECK(wide.chain_verdict == Verdict::within);
  CHECK_FALSE(none.chain);
  CHECK(scenarios::tally(reproduction.comparisons).predicted == 3);
  const std::string shown = scenarios::reproduction_text(reproduction);
  const std::string block = shown.substr(shown.find("The whole chain"));
  support::require_parts(block, {"nothing given in between; not counted", "someone2020.a, nm", "someone2020.b, nm"});
  CHECK(block.find("someone2020.c") == std::string::npos);
  const auto targets = support::JsonReader::read(scenarios::reproduction_json(reproduction)).at("targets").list();
  CHECK(targets[1].at("chain").number() == Approx(wide.chain->front()));
  CHECK(targets[2].at("chain").is_null());
  reproduction.comparisons = {none};
  CHECK(scenarios::reproduction_text(reproduction).find("whole chain") == std::string::npos);
  support::require_parts(support::complaint([&] { compare(target("a", given + "chain = [\"given.pl_peak\"]")); }),
                         {"targets.toml:2", "target.chain", "\"given\"", "by hand"});
}
