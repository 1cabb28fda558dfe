// From a recipe to the vacancies that a device starts from, in one run.
#include "scenarios/lineage.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
#include "scenarios/result_file.hpp"
#include "scenarios/store.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;
using scenarios::Plan;
using scenarios::Result;

namespace {

const std::string crystals = R"(schema = 1
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "8 nm"
[confinement]
[surface]
open_share = 0.2
)";

std::string washed(const std::string& dose) {
  return crystals + "[[surface.treatment]]\nname = \"antisolvent\"\ndose = " + dose + "\n";
}

Result run(const std::string& text) {
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table());
  return pipeline.run(support::plans_of(text).front());
}

double value(const Result& result, const std::string& name) {
  return scenarios::scalar(*scenarios::find_scalar(name), result);
}

}  // namespace

TEST_CASE("a recipe's vacancies are on its crystals and in its film", "[surface]") {
  const Result result = run(crystals + "[photophysics]\nemitter = \"caesium-lead-halide\"\n[film]\npacking = 0.5\n");
  REQUIRE(result.failures.empty());
  CHECK(value(result, "open_share") == Approx(0.2).epsilon(1e-12));
  const double density = value(result, "vacancy_density");
  CHECK(value(result, "vacancies_per_crystal") == Approx(density * 6 * 64e-18).epsilon(1e-12));
  CHECK(value(result, "film_vacancies") == Approx(density * 6 / 8e-9 * 0.5).epsilon(1e-12));
  CHECK(value(result, "trap_density") == Approx(value(result, "pair_density")).epsilon(1e-12));
}

TEST_CASE("platelets and cuboids have the surface of their shape", "[surface]") {
  const std::string stages = "[photophysics]\nemitter = \"caesium-lead-halide\"\n[film]\npacking = 0.5\n";
  const std::string platelet =
      support::replaced(crystals, "[confinement]\n", "[confinement]\nshape = \"platelet\"\nmonolayers = 3\n");
  const std::string cuboid = support::replaced(crystals, "[confinement]\n", "[confinement]\naspect_ratio = 0.1\n");
  const double thickness = support::plans_of(platelet).front().optics->slab.thickness;
  for (const auto& [text, height] : {std::pair{platelet, thickness}, {cuboid, 0.8e-9}}) {
    const Result result = run(text + stages);
    REQUIRE(result.failures.empty());
    const double area = 2 * 64e-18 + 4 * 8e-9 * height, per_volume = area / (64e-18 * height);
    CHECK(value(result, "area_per_volume") == Approx(per_volume).epsilon(1e-12));
    const double density = value(result, "vacancy_density");
    CHECK(value(result, "vacancies_per_crystal") == Approx(density * area).epsilon(1e-12));
    CHECK(value(result, "film_vacancies") == Approx(density * per_volume * 0.5).epsilon(1e-12));
    CHECK(value(result, "traps_per_crystal") == Approx(value(result, "pair_density") * area).epsilon(1e-12));
  }
}

TEST_CASE("a flask that lacks halide leaves it missing on the surface that platelets have", "[surface]") {
  const std::string text =
      support::replaced(support::replaced(crystals, "open_share = 0.2", "cation_per_lead = 0.8333"), "[confinement]\n",
                        "[confinement]\nshape = \"platelet\"\nmonolayers = 3\n");
  const Result result = run(text);
  const scenarios::SurfacePlan& plan = *result.plan.surface;
  const double height = result.plan.optics->slab.thickness;
  const double sites = plan.chemistry.sites_per_cell_face * plan.cell * (2 / height + 4 / 8e-9);
  CHECK(value(result, "open_share") ==
        Approx(synthesis::open_share_at_birth(plan.chemistry, plan.birth, sites)).epsilon(1e-12));
}

TEST_CASE("treatments of a recipe follow one another", "[surface]") {
  const double once = value(run(washed("0.3")), "vacancy_share");
  const std::string rinse = "[[surface.treatment]]\nname = \"film-rinse\"\n";
  const double twice = value(run(washed("0.3") + rinse), "vacancy_share");
  CHECK(once > value(run(crystals), "vacancy_share"));
  CHECK(twice > once);
}

TEST_CASE("traps by hand take the place of the surface's where the case says so", "[surface][bad]") {
  const std::string light = "[photophysics]\nemitter = \"caesium-lead-halide\"\n";
  const auto refusal = [&](const std::string& more) {
    return support::complaint([&] { support::plans_of(crystals + light + more); });
  };
  for (const char* density : {"0.01 1/nm2", "0 1/nm2"})
    support::require_parts(refusal("trap_density = \"" + std::string(density) + "\"\n"),
                           {"photophysics.trap_density", "beside [surface]", "trap_source = \"given\""});
  support::require_parts(refusal("traps_per_crystal = 2\n"), {"photophysics.traps_per_crystal", "beside [surface]"});
  support::require_parts(refusal("trap_source = \"given\"\n"), {"photophysics.trap_source", "without traps"});
  const std::string given = "trap_source = \"given\"\n";
  CHECK(value(run(crystals + light + given + "trap_density = \"0 1/nm2\"\n"), "trap_density") == 0);
  const Result by_hand = run(crystals + light + given + "trap_density = \"0.01 1/nm2\"\n");
  CHECK(value(by_hand, "trap_density") == Approx(0.01e18).epsilon(1e-12));
  CHECK(value(run(crystals + light), "trap_density") != Approx(0.01e18).epsilon(1e-3));
}

TEST_CASE("a dose beyond the data is held to their range, with a warning", "[surface][bad]") {
  const Plan held = support::plans_of(washed("0.9")).front();
  REQUIRE(held.warnings.size() == 1);
  support::require_parts(held.warnings[0].text,
                         {"surface.treatment.0.dose", "0.9", "0 to 0.552", "surface.extrapolate"});
  CHECK(held.surface->treatments[0].dose == 0.552);
  CHECK(support::plans_of(washed("0.5")).front().warnings.empty());
}

TEST_CASE("it is extrapolated when the case says so, with a warning all the same", "[surface][bad]") {
  const std::string told = support::replaced(washed("0.9"), "open_share", "extrapolate = true\nopen_share");
  const Plan plan = support::plans_of(told).front();
  CHECK(plan.warnings.size() == 1);
  CHECK(plan.surface->treatments[0].dose == 0.9);
}

TEST_CASE("a dose in several steps is held to the range of the data of all of them", "[surface][bad]") {
  const auto steps = [](const std::string& name, std::initializer_list<const char*> doses) {
    std::string text = crystals;
    for (const char* dose : doses) text += "[[surface.treatment]]\nname = \"" + name + "\"\ndose = " + dose + "\n";
    return text;
  };
  const Plan held = support::plans_of(steps("film-rinse", {"0.7", "0.7", "1"})).front();
  REQUIRE(held.warnings.size() == 2);
  support::require_parts(held.warnings[0].text, {"surface.treatment.1.dose", "0.7 (rinses) after 0.7 in earlier steps",
                                                 "0 to 1 over all its steps", "0.3 is used", "surface.extrapolate"});
  CHECK(held.surface->treatments[1].dose == Approx(0.3).epsilon(1e-12));
  CHECK(held.surface->treatments[2].dose == Approx(0).margin(1e-12));
  CHECK(value(run(steps("film-rinse", {"1", "1"})), "open_share") ==
        value(run(steps("film-rinse", {"2"})), "open_share"));
  CHECK(support::plans_of(steps("film-rinse", {"0.1", "0.2", "0.7"})).front().warnings.empty());
  const std::string told =
      support::replaced(steps("film-rinse", {"1", "1"}), "open_share", "extrapolate = true\nopen_share");
  const Plan extrapolated = support::plans_of(told).front();
  CHECK(extrapolated.warnings.size() == 1);
  CHECK(extrapolated.surface->treatments[1].dose == 1);
  // other treatments have ranges of their own
  CHECK(support::plans_of(steps("film-rinse", {"1"}) + "[[surface.treatment]]\nname = \"tppo\"\ndose = 1\n")
            .front()
            .warnings.empty());
}

TEST_CASE("polarities of antisolvents do not add up, and a second washing is left out unless told", "[surface][bad]") {
  const std::string again = "[[surface.treatment]]\nname = \"antisolvent\"\ndose = ";
  const Plan plan = support::plans_of(washed("0.355") + again + "0.355\n").front();
  REQUIRE(plan.warnings.size() == 1);
  support::require_parts(plan.warnings[0].text, {"surface.treatment.1.name", "a single washing", "left out",
                                                 "surface.treatment.1.extrapolate"});
  CHECK(plan.surface->treatments[1].dose == 0);
  const Plan told = support::plans_of(washed("0.9") + again + "0.355\nextrapolate = true\n").front();
  REQUIRE(told.warnings.size() == 2);
  CHECK(told.surface->treatments[0].dose == 0.552);  // of the first step nobody said so
  CHECK(told.surface->treatments[1].dose == 0.355);
  CHECK(support::plans_of(washed("0") + again + "0.355\n").front().warnings.empty());
}

TEST_CASE("washing at dose 0 carries off nothing", "[surface]") {
  const auto recipe = [](const std::string& between) {
    return crystals + "[[surface.treatment]]\nname = \"iodide-exchange\"\ndose = 27\n" + between +
           "[[surface.treatment]]\nname = \"antisolvent\"\ndose = 0.552\n";
  };
  const double without = value(run(recipe("")), "iodide_share");
  for (const char* name : {"antisolvent", "film-rinse"})
    CHECK(value(run(recipe("[[surface.treatment]]\nname = \"" + std::string(name) + "\"\ndose = 0\n")),
                "iodide_share") == without);
}

TEST_CASE("a treatment on a composition without data is left out with a warning, and applied when told",
          "[surface][bad]") {
  const std::string salt = crystals + "[[surface.treatment]]\nname = \"ammonium-bromide\"\n";
  const Plan plan = support::plans_of(salt).front();
  REQUIRE(plan.warnings.size() == 1);
  support::require_parts(plan.warnings[0].text,
                         {"surface.treatment.0.name", "MA 0.9-1", "CsPbBr3", "left out", "surface.extrapolate"});
  CHECK(std::holds_alternative<synthesis::NoTreatment>(plan.surface->treatments[0].law));
  CHECK(value(run(salt), "pair_density") == Approx(value(run(crystals), "pair_density")).epsilon(1e-12));
  const Plan told = support::plans_of(support::replaced(salt, "open_share", "extrapolate = true\nopen_share")).front();
  CHECK(told.warnings.size() == 1);
  CHECK(std::holds_alternative<synthesis::Salt>(told.surface->treatments[0].law));
}

TEST_CASE("an emitter of another family is used with a warning", "[surface][bad]") {
  const std::string light = "[photophysics]\nemitter = \"methylammonium-lead-bromide\"\n";
  const Plan plan = support::plans_of(crystals + light).front();
  REQUIRE(plan.warnings.size() == 1);
  support::require_parts(plan.warnings[0].text, {"photophysics.emitter", "MA 0.9-1", "CsPbBr3"});
  const std::string small = "[photophysics]\nemitter = \"caesium-lead-halide\"\n";
  for (const char* formula : {"CsPbI3", "Cs0.7FA0.3PbBr3"})
    CHECK(support::plans_of(support::replaced(crystals, "CsPbBr3", formula) + small).front().warnings.empty());
  // of pure CsPbBr3 no family has data: the warning says how well its rate is known
  for (const char* name : {"caesium-lead-halide", "caesium-lead-mixed-halide"}) {
    const Plan bromide = support::plans_of(crystals + support::replaced(small, "caesium-lead-halide", name)).front();
    REQUIRE(bromide.warnings.size() == 1);
    support::require_parts(bromide.warnings[0].text, {name, "CsPbBr3", "a factor of six"});
  }
}

TEST_CASE("washing pure iodide makes no bromide of it, and says what was missing", "[surface]") {
  const std::string text = support::replaced(support::replaced(washed("0.552"), "CsPbBr3", "CsPbI3"), "open_share",
                                             "extrapolate = true\nopen_share");
  const Result result = run(text);
  CHECK(value(result, "iodide_fraction") == 1);
  CHECK(value(result, "iodide_released") > 0);
  CHECK(value(result, "bromide_released") == 0);
  REQUIRE(result.warnings.size() == 1);
  support::require_parts(result.warnings[0].text,
                         {"antisolvent", "bromide per formula unit, 0 are around", "surface.treatment.0.bromide"});
  const Result fed = run(text + "bromide = 10\n");
  CHECK(fed.warnings.empty());
  CHECK(value(fed, "iodide_fraction") < 0.2);
  CHECK(value(fed, "halide_offered") == 10);
}

TEST_CASE("halide at the surface counts in the iodide share of all halides", "[surface]") {
  const std::string text = support::replaced(crystals, "CsPbBr3", "CsPb(I0.67Br0.33)3") +
                           "[[surface.treatment]]\nname = \"potassium-bromide\"\ndose = 0.1\n";
  const Result result = run(text);
  CHECK(value(result, "iodide_fraction") == Approx(0.67).epsilon(1e-12));
  CHECK(value(result, "iodide_share") < 0.67);
  CHECK(-value(result, "bromide_released") <= 0.1);
}

TEST_CASE("nothing of a treatment does nothing, whatever its data", "[surface]") {
  const std::string iodide = support::replaced(crystals, "CsPbBr3", "CsPbI3");
  for (const char* name : {"acid-cleaning", "phenylpropylamine"}) {
    const Result none = run(iodide + "[[surface.treatment]]\nname = \"" + std::string(name) + "\"\ndose = 0\n");
    CHECK(none.warnings.empty());
    CHECK(value(none, "pair_density") == Approx(value(run(iodide), "pair_density")).epsilon(1e-12));
  }
}

TEST_CASE("keys of the surface that contradict one another are refused", "[surface][bad]") {
  const auto refusal = [](const std::string& text) { return support::complaint([&] { support::plans_of(text); }); };
  support::require_parts(refusal(crystals + "cation_per_lead = 0.8\n"), {"surface.cation_per_lead", "open_share"});
  support::require_parts(refusal(crystals + "temperature = \"300 K\"\n"), {"surface.temperature", "open_share"});
  support::require_parts(refusal(crystals + "incomplete_layers = 0.9\n"), {"surface.incomplete_layers", "1"});
  support::require_parts(refusal(washed("1e300")), {"surface.treatment.0.dose", "1e+06"});
}

TEST_CASE("treatments that do not exist, and films of crystals that do not emit, are refused", "[surface][bad]") {
  const auto refusal = [](const std::string& text) { return support::complaint([&] { support::plans_of(text); }); };
  support::require_parts(refusal(support::replaced(washed("0.3"), "antisolvent", "antisolvant")),
                         {"surface.treatment.0.name", "antisolvant", "antisolvent"});
  support::require_parts(refusal(crystals + "[film]\n"), {"film", "[photophysics]"});
  support::require_parts(refusal(washed("-0.1")), {"surface.treatment.0.dose"});
}

TEST_CASE("a yield from treatments rests on what these were fitted to", "[surface]") {
  const std::string text = washed("0.3") + "[photophysics]\nemitter = \"caesium-lead-halide\"\n";
  const scenarios::Case source = scenarios::parse_case(io::Document::parse(text, "case.toml"));
  const Plan plan = scenarios::load_plan(source.variants.front(), support::library());
  const auto numbers = scenarios::fitted_numbers(source, source.variants.front(), plan);
  const auto names = [&](const char* output) {
    std::string text_of;
    for (const auto& number : scenarios::ancestors(*scenarios::find_scalar(output), plan, numbers))
      text_of += number.name + " ";
    return text_of;
  };
  CHECK(names("plqy").find("treatments/antisolvent.stripping") != std::string::npos);
  CHECK(names("pl_peak").find("treatments/antisolvent.stripping") == std::string::npos);
  CHECK(names("pl_peak").find("treatments/antisolvent.half_polarity") != std::string::npos);
}

TEST_CASE("a file has the film's vacancies with all that they rest on", "[surface][store]") {
  const support::Folder folder;
  const std::string text = washed("0.3") + "[photophysics]\nemitter = \"caesium-lead-halide\"\n[film]\n";
  const Result result = run(text);
  scenarios::store(folder / "out.h5", scenarios::parse_case(io::Document::parse(text, "case.toml")), {result});
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  const io::Hdf5Dataset* vacancies = file.find("/film/film_vacancies");
  REQUIRE(vacancies);
  CHECK(vacancies->values.front() == value(result, "film_vacancies"));
  CHECK(vacancies->label.unit == "m-3");
  const std::string& data = file.attributes.at("/").at("data");
  support::require_parts(data, {"treatments/antisolvent.stripping", "fitted", "ye2022",
                                "surfaces/oleic-acid-oleylamine.ligand_activity", "assumed"});
}

TEST_CASE("alkali bromides are best at a tenth of the lead, potassium above sodium above lithium", "[surface]") {
  const auto traps = [](const std::string& salt, const std::string& dose) {
    const std::string step = "[[surface.treatment]]\nname = \"" + salt + "-bromide\"\ndose = " + dose + "\n";
    return value(run(support::replaced(crystals, "CsPbBr3", "CsPb(I0.67Br0.33)3") + step), "pair_density");
  };
  // on the composition that they have data for
  for (const char* salt : {"potassium", "sodium", "lithium"}) {
    CHECK(traps(salt, "0.10") < traps(salt, "0.08"));
    CHECK(traps(salt, "0.10") < traps(salt, "0.12"));
  }
  CHECK(traps("potassium", "0.10") < traps("sodium", "0.10"));
  CHECK(traps("sodium", "0.10") < traps("lithium", "0.10"));
}

TEST_CASE("an exchange in parts is one exchange, also for what it has data for", "[surface]") {
  const auto offered = [](std::initializer_list<const char*> doses) {
    std::string text = crystals;
    for (const char* dose : doses)
      text += "[[surface.treatment]]\nname = \"iodide-exchange\"\ndose = " + std::string(dose) + "\n";
    return run(text);
  };
  const Result once = offered({"27"}), twice = offered({"13.5", "13.5"});
  CHECK(twice.plan.warnings.empty());
  for (const char* output : {"iodide_fraction", "iodide_share", "open_share", "vacancy_density"})
    CHECK(value(twice, output) == Approx(value(once, output)).epsilon(1e-9));
  const Result little = offered({"0.01"});
  REQUIRE(little.warnings.size() == 1);
  support::require_parts(little.warnings[0].text, {"iodide per formula unit", "surface.treatment.0.dose"});
  CHECK(little.warnings[0].text.find("washing") == std::string::npos);
}

TEST_CASE("acid that dissolves much of the crystals says that their sizes stay", "[surface]") {
  const std::string iodide = support::replaced(crystals, "CsPbBr3", "CsPbI3");
  const std::string acid = "incomplete_layers = 0.6\n[[surface.treatment]]\nname = \"acid-cleaning\"\n";
  const Result result = run(iodide + acid);
  REQUIRE(value(result, "dissolved") > 0.05);
  REQUIRE(result.warnings.size() == 1);
  support::require_parts(result.warnings[0].text, {"dissolves", "sizes are taken", "synthesis.layer_removed"});
  CHECK(run(iodide + support::replaced(acid, "0.6", "0.02")).warnings.empty());
}

TEST_CASE("chemistry, sizing and ageing on compositions without data are used with a warning", "[surface][bad]") {
  const auto warnings = [](const std::string& text) {
    std::string all;
    const Plan plan = support::plans_of(text).front();
    for (const scenarios::Warning& warning : plan.warnings) all += warning.text + "\n";
    return all;
  };
  const auto with = [](const std::string& formula) { return support::replaced(crystals, "CsPbBr3", formula); };
  const auto born = [&](const std::string& formula) {
    return support::replaced(with(formula), "open_share = 0.2", "");
  };
  support::require_parts(warnings(born("CsPbCl3")), {"surface.chemistry", "Br 0-0.5, I 0.5-1", "CsPbCl3", "open site"});
  CHECK(warnings(born("CsPbI3")).empty());
  CHECK(warnings(with("CsPbCl3")).empty());  // no free energy takes part
  const auto sized = [&](const std::string& formula, const std::string& shape) {
    return warnings(
        support::replaced(with(formula), "[confinement]\n", "[confinement]\nsizing = \"MAPbBr3-peng2022\"\n" + shape));
  };
  CHECK(sized("MAPbBr3", "shape = \"sphere\"\n").empty());
  support::require_parts(sized("CsPbI3", "shape = \"sphere\"\n"), {"confinement.sizing", "MA 0.9-1", "CsPbI3"});
  support::require_parts(sized("MAPbBr3", "shape = \"platelet\"\nmonolayers = 3\n"), {"spheres", "platelets"});
  const std::string film = "[photophysics]\nemitter = \"caesium-lead-halide\"\n[film]\n";
  CHECK(warnings(with("CsPbI3") + film).empty());  // it does not age
  support::require_parts(warnings(with("CsPbI3") + film + "air_time = \"72 h\"\n"), {"film.ageing", "CsPbI3"});
  support::require_parts(warnings(with("CsPb(Cl0.5I0.5)3")), {"chloride and iodide", "straight lines"});
}

TEST_CASE("a family of emitters says for which sizes it has data", "[surface][bad]") {
  const std::string light =
      support::replaced(crystals, "CsPbBr3", "CsPbI3") + "[photophysics]\nemitter = \"caesium-lead-halide\"\n";
  CHECK(run(light).warnings.empty());
  const Result large = run(support::replaced(light, "8 nm", "12 nm"));
  REQUIRE(large.warnings.size() == 1);
  support::require_parts(large.warnings[0].text, {"photophysics.emitter", "4 to 11 nm", "12 nm"});
}

TEST_CASE("light without a word on traps is a warning, none on purpose is not", "[surface][bad]") {
  const std::string bare =
      "schema = 1\n[material]\ncomposition = \"CsPbI3\"\n[sizes]\nsource = \"given\"\nmean = \"8 nm\"\n"
      "[confinement]\n[photophysics]\nemitter = \"caesium-lead-halide\"\n";
  const Plan plan = support::plans_of(bare).front();
  REQUIRE(plan.warnings.size() == 1);
  support::require_parts(plan.warnings[0].text, {"no traps", "trap_density"});
  CHECK(support::plans_of(bare + "trap_density = \"0 1/nm2\"\n").front().warnings.empty());
}

TEST_CASE("a mixture names itself where one of its end members is not in the data", "[surface][bad]") {
  const std::string text = support::replaced(crystals, "CsPbBr3", "Cs0.5MA0.5PbI3");
  support::require_parts(support::complaint([&] { support::plans_of(text); }),
                         {"material.composition", "a mixture with MAPbI3", "which is not in the data"});
}
