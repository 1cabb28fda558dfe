#include <cmath>

#include "engine/io/whole_file.hpp"
#include "scenarios/fit_record.hpp"
#include "scenarios/inference/fit_text.hpp"
#include "scenarios/inference/sensitivity.hpp"
#include "scenarios/load.hpp"
#include "tests/scenarios/inference/fit_file.hpp"

using namespace nacre;
using namespace nacre::scenarios::inference;
using support::complaint;
using support::Folder;
using support::loaded_fit;
using support::replaced;
using support::require_parts;

namespace {

void require_refused(const std::string& text, const std::vector<std::string>& parts,
                     const std::string& source = support::alloys_case()) {
  const Folder folder;
  require_parts(complaint([&] { loaded_fit(folder, text, source); }), parts);
}

std::string parameter(const std::string& name, const std::string& key) {
  return "[[parameter]]\nname = \"" + name + "\"\nkey = \"" + key + "\"\nfrom = \"3 nm\"\nto = \"9 nm\"\n";
}

const std::string gap_target = "[[target]]\noutput = \"a2.band_gap\"\nvalue = \"2 eV\"\nsigma = \"0.01 eV\"\n";

}  // namespace

TEST_CASE("A number that two parameters set is refused, also through a variant that is like another", "[fit][bad]") {
  const std::string fit = support::alloys_fit();
  require_refused(
      fit +
          "[[parameter]]\nname = \"again\"\nkey = \"materials/CsPbBr3.band_gap\"\nfrom = \"2 eV\"\nto = \"3 "
          "eV\"\n",
      {"fit.toml:", "materials/CsPbBr3.band_gap", "bromide_gap", "again", "both set"});
  require_refused(fit + parameter("all", "sizes.mean") + parameter("one", "variant.a1.sizes.mean"),
                  {"variant.a1.sizes.mean", "both set"});
  const std::string heir = support::alloys_case() + "[variant.b]\nlike = \"a1\"\n";
  require_refused(fit + parameter("base", "variant.a1.sizes.mean") + parameter("heir", "variant.b.sizes.mean"),
                  {"variant.b.sizes.mean", "both set"}, heir);
  const Folder folder;  // its own number keeps a heir out of its base's
  CHECK(loaded_fit(folder, fit + parameter("base", "variant.a1.sizes.mean") + parameter("heir", "variant.b.sizes.mean"),
                   heir + "sizes.mean = \"4 nm\"\n")
            .model.parameters()
            .size() == 4);
}

TEST_CASE("A parameter of a base variant moves those that are like it", "[fit]") {
  const Folder folder;
  std::string text = replaced(support::alloys_fit(gap_target), "output = \"a2.band_gap\"", "output = \"b.pl_peak\"");
  text = replaced(replaced(text, "2 eV\"\nsigma", "520 nm\"\nsigma"), "0.01 eV", "1 nm");
  const Fit fit = loaded_fit(folder, text + parameter("size", "variant.a1.sizes.mean"),
                             support::alloys_case() + "[variant.b]\nlike = \"a1\"\n");
  const double small = fit.model.at({0.3, 2.2, 3}).values[0], large = fit.model.at({0.3, 2.2, 8}).values[0];
  CHECK(large > small + 10);
}

TEST_CASE("The same measured number twice is refused; a repeated measurement has a name of its own", "[fit][bad]") {
  require_refused(support::alloys_fit(gap_target + gap_target), {"fit.toml:", "a2.band_gap twice"});
  const Folder folder;
  CHECK(loaded_fit(folder,
                   support::alloys_fit(gap_target + replaced(gap_target, "[[target]]", "[[target]]\nname = \"again\"")),
                   support::alloys_case())
            .data.size() == 2);
}

TEST_CASE("What every line of a table sets cannot be a parameter", "[fit][bad]") {
  const Folder folder;
  folder.write("data.csv", "size,gap\n4,2\n5,2.1\n");
  const std::string lines =
      "[[target]]\noutput = \"a0.band_gap\"\nfile = \"data.csv\"\ncolumn = \"gap\"\nsigma = \"0.01 eV\"\n"
      "[[target.input]]\nkey = \"sizes.mean\"\ncolumn = \"size\"\nunit = \"nm\"\n";
  require_parts(complaint([&] {
                  loaded_fit(folder, support::alloys_fit(lines) + parameter("size", "variant.a0.sizes.mean"),
                             support::alloys_case());
                }),
                {"target.0.input.0.key", "sizes.mean", "size"});
}

TEST_CASE("Without sigmas and weights targets have one unit", "[fit][bad]") {
  std::string mixed = replaced(gap_target, "sigma = \"0.01 eV\"\n", "");
  mixed +=
      "[[target]]\noutput = \"a1.pl_peak\"\nvalue = \"500 nm\"\n[[target]]\noutput = \"a3.pl_peak\"\nvalue = \"600 "
      "nm\"\n";
  require_refused(support::alloys_fit(mixed), {"fit.toml:", "a1.pl_peak in nm", "a2.band_gap in eV", "without sigmas"});
  for (std::size_t at = mixed.find("[[target]]"); at != std::string::npos; at = mixed.find("[[target]]", at + 1))
    mixed.insert(at + 11, "weight = 2\n");
  const Folder folder;
  CHECK(loaded_fit(folder, support::alloys_fit(mixed), support::alloys_case()).data.size() == 3);
}

TEST_CASE("Two priors of one parameter are refused", "[fit][bad]") {
  require_refused(replaced(support::alloys_fit(gap_target), "start = \"2.2 eV\"",
                           "start = \"2.2 eV\"\nprior = true\nprior_value = \"2.3 eV\"\nprior_sigma = \"0.02 eV\""),
                  {"fit.toml:", "prior_value", "a second prior"});
}

TEST_CASE("Priors stand in text and record, and count", "[fit]") {
  const Folder folder;
  const std::string text = replaced(support::alloys_fit(gap_target), "start = \"2.2 eV\"",
                                    "start = \"2.2 eV\"\nprior_value = \"2.3 eV\"\nprior_sigma = \"0.02 eV\"");
  const Fit fit = loaded_fit(folder, text, support::alloys_case());
  const FitOutcome outcome = support::run(fit);
  CHECK(fit.degrees_of_freedom() == 0);
  require_parts(fit_text(fit, outcome), {"prior of bromide_gap", "1 number, 1 prior and 2 parameters"});
  require_parts(record_text(fit, outcome),
                {"prior = 2.", "prior_sigma = 0.02", "degrees_of_freedom = 0", "[[case]]", "file = \"case.toml\""});
  folder.write("record.toml", record_text(fit, outcome));
  CHECK(scenarios::read_fit_record(folder / "record.toml").parameters.size() == 2);
}

TEST_CASE("Optima are sorted into kinds by what was no target, in words", "[fit]") {
  const Folder folder;
  const std::string kinds =
      "[[kind]]\nname = \"wide\"\nmeaning = \"a wide gap\"\noutput = \"a4.band_gap\"\nat_least = \"1 eV\"\n"
      "[[kind]]\nname = \"narrow\"\noutput = \"a4.band_gap\"\nat_most = \"1 eV\"\n";
  const std::string text =
      replaced(support::alloys_fit(), "title = \"alloys\"", "title = \"alloys\"\nwatch = [\"a4.band_gap\"]") + kinds;
  const Fit fit = loaded_fit(folder, text, support::alloys_case());
  const FitOutcome outcome = support::run(fit);
  CHECK(outcome.optima[0].kind == "wide");
  require_parts(fit_text(fit, outcome),
                {"\"wide\" (a wide gap): 1 optimum", "a4.band_gap of at least 1 eV", "\"narrow\": not found"});
  require_parts(record_text(fit, outcome), {"kind = \"wide\""});
  require_parts(
      complaint([&] { loaded_fit(folder, replaced(text, "watch = [\"a4.band_gap\"]", ""), support::alloys_case()); }),
      {"kind.0.output", "watch"});
}

TEST_CASE("A sensitivity stands at the numbers that a case takes over from a record", "[sensitivity]") {
  const Folder folder;
  folder.write("record.toml",
               "schema = 1\nprogram = \"x\"\nmisfit = 0\nfitted_to = [\"a.b\"]\n[[parameter]]\nname = \"gap\"\nkeys = "
               "[\"materials/CsPbBr3.band_gap\"]\nunit = \"eV\"\nvalue = 2.5\nsigma = 0.004\n");
  const NamedCase source{
      "case", scenarios::load_case(folder.write("case.toml", "fits = [\"record.toml\"]\n" + support::alloys_case()))};
  Model plain({source}, {}, support::library());
  plain.add(scenarios::parse_expression("a0.band_gap", {}, ""), 0, {}, "");
  const double as_it_runs = plain.at({}).values[0];
  for (const std::vector<std::string>& by :
       {std::vector<std::string>{"materials/CsPbBr3.band_gap"}, {"alloys/iodide-bromide.bowing"}, {}}) {
    SensitivityAsked asked;
    asked.outputs = {"a0.band_gap"};
    asked.parameters = by;
    Progress progress;
    const SensitivityOutcome outcome =
        sensitivity(source, asked, support::library(), {{parallel::Backend::serial, 1}, {}}, progress);
    CHECK(outcome.outputs[0].value == Approx(as_it_runs).epsilon(1e-12));
    if (by.empty() || by[0] != "materials/CsPbBr3.band_gap") continue;
    CHECK(outcome.parameters[0].start == Approx(2.5));
    CHECK(outcome.parameters[0].to == Approx(2.508));
  }
  SensitivityAsked twice;
  twice.outputs = {"a0.band_gap"};
  twice.parameters = {"materials/CsPbBr3.band_gap", "materials/CsPbBr3.band_gap"};
  Progress progress;
  require_parts(complaint([&] {
                  sensitivity(source, twice, support::library(), {{parallel::Backend::serial, 1}, {}}, progress);
                }),
                {"--by", "twice"});
}

TEST_CASE("A record with a datum or key that is none, or an error below zero, is refused", "[fit][bad]") {
  const Folder folder;
  const std::string record =
      "schema = 1\nprogram = \"x\"\nmisfit = 0\nfitted_to = [\"a.b\"]\n[[parameter]]\nname = \"gap\"\nkeys = "
      "[\"materials/CsPbBr3.band_gap\"]\nunit = \"eV\"\nvalue = 2.5\nsigma = 0.004\n";
  const auto refused = [&](const std::string& from, const std::string& to, const std::vector<std::string>& parts) {
    folder.write("record.toml", replaced(record, from, to));
    const std::string path = folder.write("case.toml", "fits = [\"record.toml\"]\n" + support::alloys_case());
    require_parts(complaint([&] { scenarios::load_plans(scenarios::load_case(path).variants, support::library()); }),
                  parts);
  };
  refused("CsPbBr3.band_gap", "CsPbBr3.band_gup", {"case.toml", "fits", "band_gup", "band_gap"});
  refused("materials/", "materialz/", {"case.toml", "materialz"});
  refused("materials/CsPbBr3.band_gap", "sizez.mean", {"record.toml:", "parameter.0.keys", "sizez.mean"});
  refused("sigma = 0.004", "sigma = -1", {"record.toml:", "parameter.0.sigma", "-1"});
  folder.write("record.toml", record);
  const auto both = [&](const std::string& second) {
    folder.write("other.toml", second);
    scenarios::load_case(
        folder.write("case.toml", "fits = [\"record.toml\", \"other.toml\"]\n" + support::alloys_case()));
  };
  CHECK_NOTHROW(both(record));
  require_parts(complaint([&] { both(replaced(record, "value = 2.5", "value = 2.4")); }),
                {"other.toml:", "materials/CsPbBr3.band_gap", "2.4 eV", "record.toml"});
}

TEST_CASE("An output that is read for the work, or no file, is refused, and a running work keeps its journal",
          "[fit][bad][program]") {
  const Folder folder;
  const std::string source = folder.write("case.toml", support::alloys_case());
  folder.write("data.csv", "size,gap\n4,2\n5,2.1\n");
  const std::string lines =
      "[[target]]\noutput = \"a0.band_gap\"\nfile = \"data.csv\"\ncolumn = \"gap\"\nsigma = \"0.01 eV\"\n"
      "[[target.input]]\nkey = \"sizes.mean\"\ncolumn = \"size\"\nunit = \"nm\"\n";
  const std::string path = folder.write("fit.toml", support::alloys_fit(lines));
  for (const char* output : {"case.toml", "data.csv", "fit.toml"}) {
    const support::Ending ending = support::nacre("fit " + path + " -o " + (folder / output));
    CHECK(ending.code == 2);
    require_parts(ending.err, {output, "a file that is read for it"});
  }
  const std::string mine = folder.write("mine.toml", "# a case that the fit does not read\n");
  const support::Ending refused = support::nacre("fit " + path + " -o " + mine);
  CHECK(refused.code == 2);
  require_parts(refused.err, {"mine.toml", "no record of a fit"});
  CHECK(io::read_whole(mine) == "# a case that the fit does not read\n");
  CHECK(support::nacre("fit " + path + " -o /dev/null").code == 2);
  const std::string design =
      folder.write("design.toml",
                   "schema = 1\n[[case]]\nfile = \"case.toml\"\n[[parameter]]\nname = \"gap\"\nkey = "
                   "\"materials/CsPbBr3.band_gap\"\nfrom = "
                   "\"2 eV\"\nto = \"3 eV\"\n[[goal]]\noutput = \"a0.band_gap\"\nvalue = \"2 eV\"\n");
  CHECK(support::nacre("design " + design + " -o " + source).code == 2);
  CHECK(std::filesystem::file_size(source) == support::alloys_case().size());
  const Journal journal(folder / "out.toml.journal", "another", false);
  const support::Ending locked = support::nacre("fit " + path + " -o " + (folder / "out.toml"));
  CHECK(locked.code == 2);
  require_parts(locked.err, {"out.toml.journal", "running"});
}

TEST_CASE("A journal is of what was measured, too: a changed number in a table is another work", "[fit][bad]") {
  const Folder folder;
  const std::string text = support::alloys_fit(
      "[[target]]\noutput = \"a0.band_gap\"\nfile = \"data.csv\"\ncolumn = \"gap\"\nsigma = \"0.01 eV\"\n"
      "[[target.input]]\nkey = \"sizes.mean\"\ncolumn = \"size\"\nunit = \"nm\"\n");
  const auto fingerprint = [&](const std::string& table) {
    folder.write("data.csv", table);
    return support::loaded_fit(folder, text, support::alloys_case()).fingerprint;
  };
  const std::string before = fingerprint("size,gap\n4,2\n5,2.1\n"), after = fingerprint("size,gap\n4,2\n5,2.2\n");
  CHECK(before == fingerprint("size,gap\n4,2\n5,2.1\n"));
  { Journal(folder / "out.journal", before, false); }
  CHECK_NOTHROW(Journal(folder / "out.journal", before, true));
  require_parts(support::complaint([&] { Journal(folder / "out.journal", after, true); }), {"out.journal", "changed"});
}

TEST_CASE("A seed is a whole number that every file can hold", "[fit][bad][program]") {
  const Folder folder;
  folder.write("case.toml", support::alloys_case());
  const std::string path = folder.write("fit.toml", support::alloys_fit());
  CHECK(support::nacre("fit " + path + " --seed -1").code == 2);
  CHECK(support::nacre("fit " + path + " --seed 99999999999999999999").code == 2);
  CHECK(support::nacre("fit " + path + " --seed 9007199254740992").code == 0);
}
