#include <cmath>

#include "engine/math/random.hpp"
#include "scenarios/fit_record.hpp"
#include "scenarios/inference/fit_text.hpp"
#include "scenarios/lineage.hpp"
#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using scenarios::inference::Datapoint;
using scenarios::inference::Fit;
using scenarios::inference::FitOutcome;
using scenarios::inference::Journal;
using scenarios::inference::Progress;
using support::Folder;

namespace {

/// Puts what the model says at true values into the targets.
void measure(Fit& fit, const std::vector<double>& truth, math::Random* noise = nullptr) {
  const std::vector<double> row = fit.model.at(truth).values;
  for (Datapoint& point : fit.data) point.value = row[point.place] + (noise ? point.sigma * noise->normal() : 0);
}

}  // namespace

TEST_CASE("A fit finds the numbers that its targets were computed with", "[fit]") {
  const Folder folder;
  Fit fit = support::loaded_fit(folder, support::alloys_fit(), support::alloys_case());
  measure(fit, {0.12, 2.41});
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.found);
  CHECK(outcome.converged);
  CHECK(outcome.parameters[0].value == Approx(0.12).epsilon(1e-6));
  CHECK(outcome.parameters[1].value == Approx(2.41).epsilon(1e-8));
  CHECK(outcome.optima.front().misfit < 1e-9);
  CHECK(outcome.sentences.empty());
}

TEST_CASE("Standard errors cover the truth in 68 % of 200 noisy repetitions", "[fit][slow]") {
  const Folder folder;
  Fit fit = support::loaded_fit(folder, support::alloys_fit(), support::alloys_case());
  const std::vector<double> truth{0.3, 2.4};
  math::Random noise(7);
  int covered = 0;
  for (int i = 0; i < 200; ++i) {
    measure(fit, truth, &noise);
    const FitOutcome outcome = support::run(fit);
    REQUIRE(outcome.found);
    for (std::size_t k = 0; k < 2; ++k)
      covered += std::abs(outcome.parameters[k].value - truth[k]) < outcome.parameters[k].error;
  }
  CHECK(covered / 400.0 == Approx(0.683).margin(0.05));
}

TEST_CASE("Without sigmas standard errors come from the scatter", "[fit]") {
  const Folder folder;
  std::string text = support::alloys_fit();
  for (std::size_t at = text.find("sigma = \"0.01 eV\"\n"); at != std::string::npos;
       at = text.find("sigma = \"0.01 eV\"\n"))
    text.erase(at, 18);
  Fit fit = support::loaded_fit(folder, text, support::alloys_case());
  measure(fit, {0.2, 2.4});
  for (std::size_t i = 0; i < 5; ++i) fit.data[i].value += i % 2 == 0 ? 0.01 : -0.01;
  const FitOutcome outcome = support::run(fit);
  double squares = 0;
  for (std::size_t i = 0; i < 5; ++i) squares += std::pow(outcome.optima[0].computed[i] - fit.data[i].value, 2);
  CHECK(outcome.scale == Approx(squares / 3));
  CHECK(outcome.parameters[1].error == Approx(0.02).epsilon(0.5));
}

TEST_CASE("Two numbers that only act together are reported as a ridge, by name", "[fit]") {
  const Folder folder;
  const std::string one = "[[target]]\noutput = \"a2.band_gap\"\nvalue = \"2 eV\"\nsigma = \"0.01 eV\"\n";
  const Fit fit = support::loaded_fit(folder, support::alloys_fit(one), support::alloys_case());
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.found);
  REQUIRE_FALSE(outcome.sentences.empty());
  support::require_parts(outcome.sentences.front(), {"bowing and bromide_gap cannot be told apart"});
  support::require_parts(scenarios::inference::fit_text(fit, outcome), {"cannot be told apart"});
}

TEST_CASE("A prior counts as one more target", "[fit]") {
  const Folder folder;
  const std::string one = "[[target]]\noutput = \"a2.band_gap\"\nvalue = \"2 eV\"\nsigma = \"0.01 eV\"\n";
  const std::string text = support::replaced(support::alloys_fit(one), "start = \"2.2 eV\"",
                                             "start = \"2.2 eV\"\nprior_value = \"2.3 eV\"\nprior_sigma = \"0.02 eV\"");
  const FitOutcome outcome = support::run(support::loaded_fit(folder, text, support::alloys_case()));
  REQUIRE(outcome.found);
  CHECK(outcome.parameters[1].value == Approx(2.3).epsilon(1e-4));
  CHECK(outcome.parameters[1].error == Approx(0.02).epsilon(0.05));
}

TEST_CASE("A profile bounds what the linear standard error says", "[fit]") {
  const Folder folder;
  Fit fit = support::loaded_fit(folder, support::alloys_fit(), support::alloys_case());
  measure(fit, {0.3, 2.4});
  fit.profiled = {1};
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.profiles.size() == 1);
  REQUIRE((outcome.profiles[0].low68 && outcome.profiles[0].high68));
  CHECK(*outcome.profiles[0].high68 - *outcome.profiles[0].low68 ==
        Approx(2 * outcome.parameters[1].error).epsilon(0.05));
}

TEST_CASE("Neither workers nor a second run change a record; every global search finds the same", "[fit]") {
  for (const std::string method : {"multi-start", "crs", "direct"}) {
    const Folder folder;
    Fit fit = support::loaded_fit(
        folder, support::alloys_fit("", "[search]\nmethod = \"" + method + "\"\nsamples = 60\nstarts = 3\n"),
        support::alloys_case());
    measure(fit, {0.12, 2.41});
    const FitOutcome once = support::run(fit, 1);
    REQUIRE(once.found);
    CHECK(once.parameters[1].value == Approx(2.41).epsilon(1e-6));
    CHECK(scenarios::inference::record_text(fit, once) == scenarios::inference::record_text(fit, support::run(fit, 3)));
  }
}

TEST_CASE("An interrupted fit goes on with what it knows, to the same record", "[fit]") {
  const Folder folder;
  Fit fit = support::loaded_fit(folder, support::alloys_fit(), support::alloys_case());
  measure(fit, {0.12, 2.41});
  const FitOutcome whole = support::run(fit);
  const std::string path = folder / "out.journal";
  std::uint64_t first = 0;
  {
    Journal journal(path, "x", false);
    Progress progress;
    const auto stop = [&] { return progress.evaluations >= 8; };
    const FitOutcome part = run_fit(fit, {{parallel::Backend::serial, 1}, stop}, journal, progress);
    CHECK(part.stopped);
    CHECK_FALSE(part.found);
    first = part.evaluations;
  }
  std::ofstream(path, std::ios::app | std::ios::binary) << "cut short";
  Journal journal(path, "x", true);
  Progress progress;
  const FitOutcome rest = run_fit(fit, {{parallel::Backend::serial, 1}, {}}, journal, progress);
  CHECK(rest.evaluations == whole.evaluations - first);
  CHECK(scenarios::inference::record_text(fit, rest) == scenarios::inference::record_text(fit, whole));
  CHECK_THROWS_AS(Journal(path, "y", true), io::InputError);
}

TEST_CASE("Points that fail are passed over, counted and explained", "[fit]") {
  const Folder folder;
  std::string text = R"(schema = 1
[[case]]
file = "case.toml"
[[parameter]]
name = "mean"
key = "sizes.mean"
from = "0.01 nm"
to = "20 nm"
start = "8 nm"
[[target]]
output = "pl_peak"
value = "600 nm"
sigma = "1 nm"
[search]
method = "multi-start"
samples = 16
starts = 2
)";
  const std::string dots =
      "schema = 1\n[material]\ncomposition = \"CsPbI3\"\n[confinement]\ntemperature = \"298.15 K\"\n[sizes]\nsource = "
      "\"given\"\nmean = \"5 nm\"\nstandard_deviation = \"0 nm\"\n";
  const Fit fit = support::loaded_fit(folder, text, dots);
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.found);
  CHECK(outcome.optima.front().misfit < 1e-6);
  CHECK(outcome.failed > 0);
  REQUIRE_FALSE(outcome.reasons.empty());
  support::require_parts(scenarios::inference::fit_text(fit, outcome), {"failed", outcome.reasons.front().first});
}

TEST_CASE("A curve of a file is fitted on the places of the file", "[fit]") {
  const Folder folder;
  const std::string dots =
      "schema = 1\n[material]\ncomposition = \"CsPbI3\"\n[confinement]\ntemperature = \"298.15 K\"\n[sizes]\nsource = "
      "\"given\"\nmean = \"5 nm\"\nstandard_deviation = \"0.3 nm\"\n";
  folder.write("curve.csv", "# a spectrum\nenergy,counts\n1.8,1\n1.9,2\n2.0,1\n2.1,0.5\n");
  const std::string text = R"(schema = 1
[[case]]
file = "case.toml"
[[parameter]]
name = "mean"
key = "sizes.mean"
from = "3.5 nm"
to = "6 nm"
start = "4.8 nm"
[[target]]
output = "photoluminescence"
file = "curve.csv"
column = "counts"
over_column = "energy"
to_peak = true
sigma = 0.01
)";
  Fit fit = support::loaded_fit(folder, text, dots);
  REQUIRE(fit.data.size() == 4);
  CHECK(fit.data[1].value == 1);
  CHECK(fit.data[0].name == "curve:3");
  measure(fit, {4.4});
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.found);
  CHECK(outcome.parameters[0].value == Approx(4.4).epsilon(1e-4));
}

TEST_CASE("A case takes over what a record says, and the lineage comes from it", "[fit]") {
  const Folder folder;
  Fit fit = support::loaded_fit(folder, support::alloys_fit(), support::alloys_case());
  for (Datapoint& point : fit.data) point.target = "li2022.plqy";
  measure(fit, {0.12, 2.41});
  const FitOutcome outcome = support::run(fit);
  folder.write("record.toml", scenarios::inference::record_text(fit, outcome));
  const std::string path = folder.write("user.toml", "fits = [\"record.toml\"]\n" + support::alloys_case());
  const scenarios::Case source = scenarios::load_case(path);
  const scenarios::Plan plan = scenarios::load_plan(source.variants[0], support::library());
  const scenarios::Plan a_priori = scenarios::load_plan(source.a_priori[0], support::library());
  const auto gap_of = [](const scenarios::Plan& of) {
    scenarios::Result result;
    result.plan = of;
    return scalar(*scenarios::find_scalar("band_gap"), result);
  };
  CHECK(gap_of(plan) != Approx(gap_of(a_priori)).epsilon(1e-3));
  const auto numbers = scenarios::fitted_numbers(source, source.variants[0], plan);
  REQUIRE(numbers.size() == 2);
  for (const scenarios::FittedNumber& number : numbers)
    CHECK(number.fitted_to == std::vector<std::string>{"li2022.plqy"});
  CHECK(numbers[0].value == Approx(numbers[0].unit == "eV" && numbers[0].value > 1 ? 2.41 : 0.12).epsilon(1e-6));
  CHECK(scenarios::fitted_numbers(source, source.a_priori[0], a_priori).empty());
}

TEST_CASE("A key of a case that a record sets counts as fitted until something is laid over it", "[fit]") {
  const Folder folder;
  folder.write("record.toml",
               "schema = 1\nprogram = \"x\"\nmisfit = 0\nfitted_to = [\"a.b\"]\n[[parameter]]\nname = \"size\"\nkeys = "
               "[\"sizes.mean\"]\nunit = \"nm\"\nvalue = 6.5\nsigma = 0.1\n");
  const std::string path = folder.write("user.toml", "fits = [\"record.toml\"]\n" + support::alloys_case());
  const scenarios::Case source = scenarios::load_case(path);
  const scenarios::Plan plan = scenarios::load_plan(source.variants[0], support::library());
  CHECK(plan.given_sizes->mean == Approx(6.5e-9));
  CHECK(scenarios::fitted_numbers(source, source.variants[0], plan).size() == 1);
  const scenarios::Case changed = scenarios::load_case(path, {{"sizes.mean", "7 nm"}});
  CHECK(scenarios::load_plan(changed.variants[0], support::library()).given_sizes->mean == Approx(7e-9));
  CHECK(scenarios::fitted_numbers(changed, changed.variants[0], plan).empty());
}

TEST_CASE("One number is fitted over two cases at once, another in one of them", "[fit]") {
  const Folder folder;
  folder.write("dots.toml",
               "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[confinement]\ntemperature = \"298.15 "
               "K\"\n[sizes]\nsource = \"given\"\nmean "
               "= \"5 nm\"\nstandard_deviation = \"0 nm\"\n");
  std::string text =
      support::replaced(support::alloys_fit(), "file = \"case.toml\"\n",
                        "file = \"case.toml\"\n[[case]]\nfile = \"dots.toml\"\nname = \"of one size\"\n");
  for (std::size_t at = text.find("[[target]]\noutput"); at != std::string::npos;
       at = text.find("[[target]]\noutput", at + 1))
    text.insert(at + 11, "case = \"case\"\n");
  text +=
      "[[parameter]]\nname = \"size\"\nkey = \"sizes.mean\"\ncase = \"of one size\"\nfrom = \"3 nm\"\nto = \"12 nm\"\n"
      "[[target]]\noutput = \"pl_peak\"\ncase = \"of one size\"\nvalue = \"500 nm\"\nsigma = \"1 nm\"\n";
  Fit fit = support::loaded_fit(folder, text, support::alloys_case());
  REQUIRE(fit.data.size() == 6);
  measure(fit, {0.12, 2.41, 7});
  const FitOutcome outcome = support::run(fit);
  REQUIRE(outcome.found);
  CHECK(outcome.parameters[1].value == Approx(2.41).epsilon(1e-6));
  CHECK(outcome.parameters[2].value == Approx(7).epsilon(1e-4));
  support::require_parts(scenarios::inference::record_text(fit, outcome), {"case = \"dots\""});
  support::require_parts(support::complaint([&] {
                           support::loaded_fit(folder, support::replaced(text, "case = \"case\"\n", ""),
                                               support::alloys_case());
                         }),
                         {"target.0.case", "no case"});
}

TEST_CASE("A signal ends a fit with what it computed in a journal", "[fit][program][slow]") {
  const Folder folder;
  const std::string out = folder / "out.toml";
  const support::Ending ending =
      support::nacre("fit " + support::root("scenarios/fits/peng2022_synthesis.toml") + " -o " + out,
                     "timeout --preserve-status -s INT 3");
  CHECK(ending.code == 130);
  support::require_parts(ending.err, {"stopping...", "--resume"});
  CHECK(folder.entries() == 1);
  CHECK(std::filesystem::file_size(out + ".journal") > 1000);
  const support::Ending refused =
      support::nacre("fit " + support::root("scenarios/fits/peng2022_synthesis.toml") + " --seed 7 --resume -o " + out);
  CHECK(refused.code == 2);
  support::require_parts(refused.err, {"another work"});
}
