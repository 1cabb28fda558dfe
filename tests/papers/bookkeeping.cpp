#include <cmath>
#include <set>

#include "scenarios/comparison_text.hpp"
#include "scenarios/reproduce.hpp"
#include "tests/scenarios/json_text.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using scenarios::Comparison;
using scenarios::Reproduction;
using scenarios::Verdict;

namespace {

const Reproduction& all() {
  static const Reproduction reproduction = scenarios::reproduce({}, support::library());
  return reproduction;
}

const Comparison& find(const std::string& id) {
  for (const Comparison& comparison : all().comparisons) {
    if (comparison.target.id == id) return comparison;
  }
  throw std::runtime_error("no target " + id);
}

const scenarios::Result& result(const std::string& paper, const std::string& variant) {
  for (const scenarios::PaperRun& run : all().runs) {
    for (const scenarios::Result& one : run.calibrated.results) {
      if (run.source.paper == paper && one.plan.variant == variant) return one;
    }
  }
  throw std::runtime_error("no variant " + variant);
}

}  // namespace

TEST_CASE("all targets of the five papers are listed, each computed or awaiting something that is named", "[papers]") {
  CHECK(all().comparisons.size() == 91);
  std::set<std::string> ids;
  for (const Comparison& comparison : all().comparisons) {
    INFO(comparison.target.id);
    CHECK(ids.insert(comparison.target.id).second);
    const bool computed = comparison.a_priori || comparison.calibrated;
    CHECK(computed == (comparison.verdict != Verdict::missing));
    CHECK(computed == comparison.why_missing.empty());
  }
  CHECK(all().failures.empty());
}

TEST_CASE("what this version computes is compared, not left out", "[papers]") {
  for (const Comparison& comparison : all().comparisons) {
    INFO(comparison.target.id);
    CHECK((comparison.verdict == Verdict::missing) == comparison.target.from.empty());
  }
}

TEST_CASE("every verdict follows from the numbers beside it", "[papers]") {
  for (const Comparison& comparison : all().comparisons) {
    if (comparison.verdict == Verdict::missing || comparison.target.kind == scenarios::TargetKind::order) continue;
    INFO(comparison.target.id);
    const auto& judged = comparison.calibrated ? *comparison.calibrated : *comparison.a_priori;
    CHECK(judged.size() == comparison.target.entries());
    CHECK((comparison.verdict == Verdict::within) == scenarios::is_within(comparison.target, judged));
  }
}

TEST_CASE("sizes that the kinetics were fitted to are fitted, their spreads are predicted", "[papers][fit]") {
  CHECK(find("peng2022.rt.size_mean").used_in_fit);
  CHECK(find("peng2022.ln.size_mean").used_in_fit);
  CHECK_FALSE(find("peng2022.rt.size_sd").used_in_fit);
  CHECK(find("li2022.k_nr").used_in_fit);            // its quotients are those of 1/plqy - 1
  CHECK_FALSE(find("li2022.lifetime").used_in_fit);  // wants a radiative rate, which other papers' data fix
  CHECK_FALSE(find("peng2022.ln.size_sd").used_in_fit);
}

TEST_CASE("the blueshift inherits from its two fitted peaks and stands in both columns", "[papers][fit]") {
  const Comparison& shift = find("peng2022.blueshift");
  CHECK(shift.used_in_fit);
  REQUIRE(shift.a_priori);
  REQUIRE(shift.calibrated);
  const auto difference = [](const auto member) {
    return ((find("peng2022.rt.pl_peak").*member)->front()) - ((find("peng2022.ln.pl_peak").*member)->front());
  };
  CHECK(shift.calibrated->front() == Approx(difference(&Comparison::calibrated)));
  CHECK(shift.a_priori->front() == Approx(difference(&Comparison::a_priori)));
  // Two constants on two peaks give the measured shift; the independent table of sizes does not.
  CHECK(std::abs(shift.calibrated->front() - 66) < 1);
  CHECK(std::abs(shift.a_priori->front() - 66) > 8);
}

TEST_CASE("an electroluminescence that is a fitted photoluminescence is no prediction", "[papers][fit]") {
  CHECK(find("peng2022.el_peak").used_in_fit);
  CHECK(find("peng2022.el_fwhm").used_in_fit);
  CHECK(find("peng2022.el_cie").used_in_fit);  // of the same light
  CHECK_FALSE(find("yang2020.el_peak_k").used_in_fit);
}

TEST_CASE("hot injection uses the kinetics of peng2022 unchanged, and its size is a prediction", "[papers][fit]") {
  const synthesis::Kinetics& fitted = result("peng2022", "rt").plan.synthesis->recipe.kinetics;
  for (const auto& [paper, variant] : {std::pair("yang2020", "pristine"), std::pair("ren2024", "m")}) {
    const synthesis::Kinetics& used = result(paper, variant).plan.synthesis->recipe.kinetics;
    CHECK(used.interfacial_energy == fitted.interfacial_energy);
    CHECK(used.log_solubility_298 == fitted.log_solubility_298);
    CHECK(used.solution_enthalpy == fitted.solution_enthalpy);
    CHECK(used.log_attachment_298 == fitted.log_attachment_298);
    CHECK(used.attachment_energy == fitted.attachment_energy);
  }
  CHECK_FALSE(find("yang2020.size_mean").used_in_fit);
  CHECK_FALSE(find("yang2020.size_mean").a_priori);  // nothing can be said without the fit to peng2022
}

TEST_CASE("a longer supply makes larger crystals: the size of a hot injection is a range", "[papers]") {
  const double fast = result("yang2020", "k_fast").sizes.mean;
  const double assumed = result("yang2020", "k").sizes.mean;
  const double slow = result("yang2020", "k_slow").sizes.mean;
  CHECK(fast < assumed);
  CHECK(assumed < slow);
}

TEST_CASE("the cold sample does not grow to the size of the warm one when it is warmed", "[papers]") {
  const double cold = result("peng2022", "ln").sizes.mean;
  const double warmed = result("peng2022", "ln_warmed").sizes.mean;
  const double warm = result("peng2022", "rt").sizes.mean;
  CHECK(warmed > cold);
  CHECK(warmed - cold < 0.1 * (warm - cold));
}

TEST_CASE("a selection of papers changes no number and no verdict", "[papers]") {
  const Reproduction some = scenarios::reproduce({"ren2024"}, support::library());
  CHECK(some.comparisons.size() == 19);
  for (const Comparison& comparison : some.comparisons) {
    const Comparison& same = find(comparison.target.id);
    INFO(comparison.target.id);
    CHECK(comparison.verdict == same.verdict);
    CHECK(comparison.used_in_fit == same.used_in_fit);
    CHECK(comparison.calibrated == same.calibrated);
    CHECK(comparison.a_priori == same.a_priori);
  }
}

TEST_CASE("the headline counts predictions apart from fits and leaves nothing out", "[papers]") {
  const scenarios::Tally sum = scenarios::tally(all().comparisons);
  CHECK(sum.predicted + sum.fitted + sum.missing == 91);
  scenarios::Tally by_paper;
  for (const scenarios::PaperRun& run : all().runs) {
    const scenarios::Tally one = scenarios::tally(all().comparisons, run.source.paper);
    by_paper.predicted_within += one.predicted_within;
    by_paper.fitted_within += one.fitted_within;
  }
  CHECK(by_paper.predicted_within == sum.predicted_within);
  CHECK(by_paper.fitted_within == sum.fitted_within);
  int free_entries = 0;
  for (const Comparison& comparison : all().comparisons) {
    free_entries += static_cast<int>(comparison.not_fitted.size());
    CHECK((comparison.not_fitted.empty() || comparison.used_in_fit));
  }
  CHECK(sum.free_entries == free_entries);
  CHECK(sum.free_entries > 0);
  CHECK(scenarios::free_entries_text({0, 0, 0, 0, 0, 5, 3}).find("3 of 5 within") != std::string::npos);
  CHECK(scenarios::headline({7, 5, 4, 3, 2}) == "predicted: 5 of 7 within; fitted: 3 of 4 within");
}

TEST_CASE("every fitted number in use is listed with what it was fitted to", "[papers][fit]") {
  std::set<std::string> names;
  for (const scenarios::FittedNumber& parameter : all().parameters) {
    INFO(parameter.name);
    CHECK(names.insert(parameter.name).second);
    CHECK_FALSE(parameter.fitted_to.empty());
  }
  CHECK(names.contains("kinetics/insoluble.interfacial_energy"));
  CHECK(names.contains("peng2022: synthesis.supply_time"));
  const std::string text = scenarios::reproduction_text(all());
  for (const std::string& name : names) {
    INFO(name);
    CHECK(text.find(name) != std::string::npos);
  }
}

TEST_CASE("the JSON document has the fields of the contract, with the numbers of the target files", "[papers][json]") {
  const auto document = support::JsonReader::read(scenarios::reproduction_json(all()));
  CHECK_FALSE(document.at("version").text().empty());
  for (const auto& parameter : document.at("parameters").list()) {
    for (const char* field : {"name", "value", "unit", "standard_error", "basis", "fitted_to"})
      CHECK(parameter.has(field));
    CHECK(parameter.at("basis").text() == "fitted");
  }
  const auto& targets = document.at("targets").list();
  REQUIRE(targets.size() == all().comparisons.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    INFO(targets[i].at("id").text());
    for (const char* field : {"id", "paper", "unit", "measured", "band", "kind", "a_priori", "calibrated", "sigma",
                              "used_in_fit", "verdict", "note", "remark"}) {
      CHECK(targets[i].has(field));
    }
    const scenarios::Target& target = all().comparisons[i].target;
    CHECK(targets[i].at("kind").text() == name_of(target.kind));
    if (target.band) CHECK(targets[i].at("band").number() == *target.band);
    if (const double* value = std::get_if<double>(&target.value))
      CHECK(targets[i].at("measured").number() == *value);
    else
      CHECK(targets[i].at("measured").list().size() == target.entries());
  }
}

TEST_CASE("the tables name every target and stay within 120 columns", "[papers]") {
  const std::string text = scenarios::reproduction_text(all());
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 120);
  }
  for (const Comparison& comparison : all().comparisons) {
    INFO(comparison.target.id);
    const std::string id =
        comparison.verdict == Verdict::missing ? comparison.target.id : scenarios::cells_of(comparison).quantity;
    CHECK(text.find(id) != std::string::npos);
    if (comparison.verdict == Verdict::outside) CHECK(text.find(comparison.target.id + ": ") != std::string::npos);
  }
  CHECK(scenarios::reproduction_csv(all()).find("peng2022.blueshift,") != std::string::npos);
  CHECK(scenarios::reproduction_markdown(all()).find("| peng2022.blueshift ") != std::string::npos);
}

TEST_CASE("the program exits with 1 under --strict when a target is missed", "[papers][program]") {
  const scenarios::Tally sum = scenarios::tally(all().comparisons);
  const bool missed = sum.predicted + sum.fitted > sum.predicted_within + sum.fitted_within;
  CHECK(support::nacre("reproduce --json").code == 0);
  CHECK(support::nacre("reproduce --strict").code == (missed ? 1 : 0));
}

TEST_CASE("reproduce writes results and tables to a folder", "[papers][program]") {
  const support::Folder folder;
  CHECK(support::nacre("reproduce li2022 -o " + (folder / "out")).code == 0);
  for (const char* name : {"li2022.h5", "li2022-a-priori.h5", "targets.csv", "targets.md", "targets.json"}) {
    INFO(name);
    CHECK_FALSE(support::slurp(folder / ("out/" + std::string(name))).empty());
  }
}

TEST_CASE("lifetimes follow from yields, and two of the four yields of ye2022 from the other two", "[papers][fit]") {
  for (const char* id : {"li2022.lifetime", "peng2022.x1.plqy", "peng2022.x1.lifetime", "peng2022.film_air_72h_free",
                         "peng2022.film_uv_120min_free"}) {
    INFO(id);
    CHECK_FALSE(find(id).used_in_fit);
  }
  // the radiative rate of the family that li2022 shares
  CHECK(find("ren2024.lifetime").not_fitted == std::vector<std::size_t>{0, 1});
  CHECK(find("ye2022.plqy").used_in_fit);
  CHECK(find("ye2022.plqy").not_fitted == std::vector<std::size_t>{1, 3});
  CHECK(find("ren2024.plqy").not_fitted.empty());
}

TEST_CASE("passivated and unpassivated films differ in their treatment alone", "[papers]") {
  const scenarios::Result &with = result("peng2022", "ln_tem"), &without = result("peng2022", "x0_tem");
  CHECK(with.plan.surface->treatments.size() == 1);
  CHECK(without.plan.surface->treatments.empty());
  CHECK(with.film->hops == without.film->hops);
  CHECK(with.plan.film->air_dose == without.plan.film->air_dose);
  CHECK(with.plan.film->light_dose == without.plan.film->light_dose);
  CHECK(with.film->vacancies < without.film->vacancies);
}

TEST_CASE("a verdict that turns with an assumption shows the range over it", "[papers]") {
  for (const char* id : {"peng2022.x1.lifetime", "yang2020.redshift_6V_k", "yang2020.redshift_5V_3min_k"}) {
    INFO(id);
    const Comparison& comparison = find(id);
    REQUIRE(comparison.bounds);
    CHECK(comparison.verdict == Verdict::within);
    CHECK_FALSE((scenarios::is_within(comparison.target, {comparison.bounds->first}) &&
                 scenarios::is_within(comparison.target, {comparison.bounds->second})));
    CHECK(comparison.target.stands_for.find("outside the band") != std::string::npos);
  }
}

TEST_CASE("constants taken over from another paper's fit count, those of an alternative do not", "[papers][fit]") {
  for (const scenarios::PaperRun& run : all().runs) {
    if (run.source.paper != "peng2022") continue;
    CHECK(scenarios::count_fitted(run).own == 15);
    CHECK(scenarios::count_fitted(run).taken_over == 4);  // formation energy, hops, two of the device
  }
}
