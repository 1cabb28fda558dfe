#include <cmath>

#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/scenarios/support.hpp"

using namespace nacre;

namespace {

/// Dots with light and instruments, without a flask.
std::string dots(const std::string& photophysics = "traps_per_crystal = 3", const std::string& instruments = "") {
  return "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nsource = \"given\"\nmean = \"5 nm\"\n"
         "standard_deviation = \"0.5 nm\"\n[confinement]\n[photophysics]\nemitter = \"caesium-lead-halide\"\n" +
         photophysics + "\n[instruments]\n" + instruments + "\n";
}

scenarios::Result run(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table());
  return pipeline.run(support::plans_of(text, set).front());
}

double value(const scenarios::Result& result, const std::string& name) {
  return scenarios::scalar(*scenarios::find_scalar(name), result);
}

std::vector<double> values(const scenarios::Result& result, scenarios::Stage stage, const std::string& name) {
  for (const scenarios::OutputRow& row : scenarios::outputs())
    if (row.stage == stage && row.name == name) return row.values(result);
  return {};
}

/// The warnings that speak of something.
std::vector<std::string> about(const scenarios::Result& result, const std::string& what) {
  std::vector<std::string> texts;
  for (const scenarios::Warning& warning : result.warnings)
    if (warning.text.find(what) != std::string::npos) texts.push_back(warning.text);
  return texts;
}

}  // namespace

TEST_CASE("light and instruments leave no scalar of theirs silent", "[instruments][pipeline]") {
  const scenarios::Result result = run(dots());
  CHECK(result.failures.empty());
  for (const scenarios::OutputRow& row : scenarios::outputs()) {
    if (row.stage != scenarios::Stage::photophysics && row.stage != scenarios::Stage::instruments) continue;
    INFO(name_of(row.stage) << "/" << row.name);
    const std::vector<double> found = row.values(result);
    CHECK_FALSE(found.empty());
    for (const double number : found) CHECK(std::isfinite(number));
  }
}

TEST_CASE("what instruments read is what was there", "[instruments][pipeline]") {
  const scenarios::Result r = run(dots());
  CHECK(value(r, "traps_per_crystal") == Approx(3).epsilon(0.02));  // 3 in a crystal of the mean edge
  CHECK(value(r, "lifetime") == Approx(value(r, "plqy") / value(r, "radiative_rate")));
  CHECK(value(r, "trpl_lifetime") == Approx(value(r, "lifetime")).epsilon(0.02));
  CHECK(value(r, "urbach_fitted") == Approx(value(r, "urbach_energy")).epsilon(0.05));
  CHECK(value(r, "tem_mean") == Approx(5e-9).margin(4 * value(r, "tem_mean_error")));
  CHECK(value(r, "bleach_biexciton_lifetime") == Approx(value(r, "biexciton_lifetime")).epsilon(0.2));
  CHECK(value(r, "quenching_energy") == Approx(value(r, "exciton_binding")).epsilon(0.15));
  CHECK(value(r, "xrd_size") > 5e-9);  // large crystals count for more
}

TEST_CASE("a yield given by hand comes back, with the lifetime that belongs to it", "[instruments][pipeline]") {
  const scenarios::Result r = run(dots("trap_source = \"plqy\"\nplqy = 0.78"));
  CHECK(value(r, "plqy") == Approx(0.78).epsilon(1e-6));
  CHECK(value(r, "lifetime") == Approx(0.78 / value(r, "radiative_rate")));
  CHECK(value(r, "trap_density") > 0);
  const scenarios::Result lossy = run(dots("trap_source = \"plqy\"\nplqy = 0.9\nother_loss_rate = \"1 1/ns\""));
  REQUIRE(lossy.failures.size() == 1);
  support::require_parts(lossy.failures[0].message, {"quantum yield"});
  CHECK(std::isnan(value(lossy, "plqy")));
  support::require_parts(lossy.failures[0].message, {"without traps"});
  const scenarios::Result dark = run(dots("trap_source = \"plqy\"\nplqy = 1e-12"));
  REQUIRE(dark.failures.size() == 1);
  support::require_parts(dark.failures[0].message, {"as low as 1e-12"});
}

TEST_CASE("a decay that outlasts the window, or is over within a channel, has no lifetime", "[instruments][bad]") {
  for (const char* window : {"trpl.window = \"2 ns\"", "trpl.window = \"1 ms\""}) {
    const scenarios::Result r = run(dots("", window));
    CHECK(std::isnan(value(r, "trpl_lifetime")));
    for (const double lifetime : values(r, scenarios::Stage::instruments, "component_lifetime"))
      CHECK(std::isnan(lifetime));
    CHECK(about(r, "instruments.trpl").size() == 1);
  }
  CHECK(std::isfinite(value(run(dots("", "trpl.window = \"200 ns\"")), "trpl_lifetime")));
}

TEST_CASE("a photon counter reads the decay, however its curve is stored", "[instruments]") {
  const double usual = value(run(dots()), "trpl_lifetime");
  for (const char* grid : {"decades = 1", "decades = 4", "first_time = \"5 ns\"\ndecades = 1", "times_per_decade = 1"})
    CHECK(value(run(dots(std::string("traps_per_crystal = 3\n") + grid)), "trpl_lifetime") ==
          Approx(usual).epsilon(1e-9));
}

TEST_CASE("a window in which the pulse does not come is refused with its key", "[instruments][bad]") {
  const auto complaint = [](const char* keys) {
    return support::complaint([&] { support::plans_of(dots("", keys)); });
  };
  for (const char* window : {"trpl.window = \"0.0002 ns\"", "trpl.window = \"0.8 ns\"\ntrpl.channels = 100000"})
    support::require_parts(complaint(window), {"instruments.trpl.window", "before the pulse", "0.8 ns", "or 0 ns"});
  CHECK(support::plans_of(dots("", "trpl.window = \"0.0002 ns\"\ntrpl.response = \"0 ns\"")).size() == 1);
}

TEST_CASE("a lifetime that a background hides comes with its standard error and a warning", "[instruments][bad]") {
  const scenarios::Result good = run(dots("", "trpl.peak_counts = 10000"));
  CHECK(value(good, "trpl_lifetime_error") > 0);
  CHECK(value(good, "trpl_lifetime_error") < 0.02 * value(good, "trpl_lifetime"));
  CHECK(about(good, "trpl_lifetime is").empty());
  for (const char* keys :
       {"trpl.peak_counts = 1000\ntrpl.background = 1e5", "trpl.peak_counts = 1", "trpl.background = 1e9"}) {
    const scenarios::Result hidden = run(dots("", keys));
    CHECK(about(hidden, "instruments.trpl").size() == 1);
  }
}

TEST_CASE("an Urbach plot in noise or under the line's own wing warns with both numbers", "[instruments][bad]") {
  CHECK(about(run(dots()), "instruments.urbach").empty());
  for (int seed = 1; seed <= 6; ++seed)
    for (const char* noise : {"0.02", "0.05"}) {
      const scenarios::Result r =
          run(dots("", "seed = " + std::to_string(seed) + "\nabsorption.noise = " + std::string(noise)));
      const double read = value(r, "urbach_fitted"), there = value(r, "urbach_energy");
      if (std::isnan(read)) CHECK(about(r, "urbach_fitted").size() == 1);
      if (std::abs(read - there) > 0.35 * there) CHECK(about(r, "instruments.urbach").size() == 1);
    }
  const scenarios::Result cold =
      run(dots(), {{"confinement.temperature", "\"77 K\""}, {"sizes.standard_deviation", "\"0 nm\""}});
  if (std::abs(value(cold, "urbach_fitted") / value(cold, "urbach_energy") - 1) > 0.15)
    CHECK(about(cold, "urbach_fitted is").size() == 1);
}

TEST_CASE("equal traps have one Urbach energy, from the surface, by hand or from a yield", "[instruments][surface]") {
  const auto light = [](const std::string& traps) {
    return "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[surface]\nopen_share = 0.3\n[sizes]\nmean = \"5 nm\"\n"
           "[confinement]\n[photophysics]\nemitter = \"caesium-lead-halide\"\n" +
           traps + "\n";
  };
  const scenarios::Result surface = run(light(""));
  const auto number = [](double x) { return std::to_string(x); };
  const scenarios::Result hand = run(
      light("trap_source = \"given\"\ntrap_density = \"" + number(value(surface, "trap_density") / 1e18) + " 1/nm2\""));
  const scenarios::Result yield = run(light("trap_source = \"plqy\"\nplqy = " + number(value(surface, "plqy"))));
  for (const char* output : {"urbach_energy", "urbach_static", "stokes_defect"}) {
    CHECK(value(hand, output) == Approx(value(surface, output)).epsilon(1e-3));
    CHECK(value(yield, output) == Approx(value(surface, output)).epsilon(1e-3));
  }
}

TEST_CASE("line and step read the continuum of platelets of any width", "[instruments]") {
  for (const char* edge : {"\"19 nm\"", "\"20 nm\"", "\"21 nm\""}) {
    const scenarios::Result r = run(dots("", ""), {{"sizes.mean", edge},
                                                   {"sizes.standard_deviation", "\"0 nm\""},
                                                   {"confinement.shape", "\"platelet\""},
                                                   {"confinement.monolayers", "3"}});
    CHECK(value(r, "line_step_binding") == Approx(value(r, "exciton_binding")).epsilon(0.05));
    CHECK(value(r, "line_step_residual") < 0.01);
    CHECK(about(r, "line_step_binding").empty());
    CHECK(about(r, "instruments.xrd").size() == 1);
    CHECK(about(r, "Auger").size() == 1);
  }
}

TEST_CASE("crystals of hardly a cell, and platelets thicker than wide, warn", "[instruments][bad]") {
  const auto warned = [](const std::string& confinement, const std::string& mean) {
    return run("schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nmean = \"" + mean + "\"\n[confinement]\n" +
               confinement);
  };
  CHECK(about(warned("", "0.7 nm"), "envelope function").size() == 1);
  CHECK(about(warned("", "2.2 nm"), "envelope function").empty());
  CHECK(about(warned("aspect_ratio = 0.1\n[photophysics]\nemitter = \"caesium-lead-halide\"\n", "8 nm"),
              "envelope function")
            .size() == 1);
  const scenarios::Result tall = warned("shape = \"platelet\"\nmonolayers = 3\n", "1 nm");
  CHECK(about(tall, "nm thick").size() == 1);
  CHECK(about(warned("shape = \"platelet\"\nmonolayers = 3\n", "10 nm"), "confinement").empty());
}

TEST_CASE("line and step of small dots are read where the spectrum holds the step; else a warning says why",
          "[instruments]") {
  const std::vector<scenarios::Override> small{{"sizes.mean", "\"2.2 nm\""},
                                               {"sizes.standard_deviation", "\"0.2 nm\""}};
  const scenarios::Result near = run(dots("", "absorption.fitted_range = \"0.3 eV\""), small);
  CHECK(std::isnan(value(near, "line_step_binding")));
  CHECK(about(near, "line_step_binding").size() == 1);
  for (const char* noise : {"", "absorption.noise = 1e-3", "absorption.noise = 5e-3"}) {
    const scenarios::Result far = run(dots("", std::string("absorption.fitted_range = \"1.5 eV\"\n") + noise), small);
    CHECK(value(far, "line_step_binding") > value(far, "exciton_binding"));
    REQUIRE(about(far, "line_step_binding").size() == 1);  // the next shell's distance, which is no binding energy
    support::require_parts(about(far, "line_step_binding")[0], {"exciton_binding", "25 %"});
  }
}

TEST_CASE("What a series, a Tauc plot or a bleach misreads comes with both numbers", "[instruments]") {
  const auto look = [](const std::string& settings, const char* about_what) {
    return about(run(dots("trap_density = \"0.02 1/nm2\"", settings)), about_what);
  };
  CHECK(look("", "quenching_energy").empty());
  CHECK(look("", "tauc_gap_fitted").empty());
  CHECK(look("", "bleach_biexciton_lifetime").empty());
  for (const auto& [settings, name] : {std::pair{"quenching.noise = 0.05", "quenching_energy"},
                                       std::pair{"absorption.noise = 0.03", "tauc_gap_fitted"},
                                       std::pair{"bleach.strong = 5", "bleach_biexciton_lifetime"}}) {
    INFO(settings);
    const std::vector<std::string> said = look(settings, name);
    REQUIRE(said.size() == 1);
    support::require_parts(said[0], {name, " +- ", "where"});
  }
}

TEST_CASE("emitters that nobody sees have spectra and no colour", "[instruments]") {
  const scenarios::Result r =
      run("schema = 1\n[material]\ncomposition = \"CsPbCl3\"\n[sizes]\nsource = \"given\"\nmean = \"2.5 "
          "nm\"\n[confinement]\n");
  CHECK(r.failures.empty());
  CHECK(value(r, "pl_peak") < 380e-9);
  if (std::isnan(value(r, "cie_x"))) CHECK(about(r, "no colour").size() == 1);
}

TEST_CASE("equal seeds give equal readings, and one instrument's noise does not move another", "[instruments]") {
  const std::string noisy = "seed = 4\ntrpl.peak_counts = 1000\nabsorption.noise = 1e-3";
  const scenarios::Result a = run(dots("", noisy)), b = run(dots("", noisy));
  const scenarios::Result other = run(dots("", "seed = 5\ntrpl.peak_counts = 1000\nabsorption.noise = 1e-3"));
  CHECK(values(a, scenarios::Stage::instruments, "counts") == values(b, scenarios::Stage::instruments, "counts"));
  CHECK(values(a, scenarios::Stage::instruments, "counts") != values(other, scenarios::Stage::instruments, "counts"));
  const scenarios::Result quiet = run(dots("", "seed = 4"));
  CHECK(value(a, "tem_mean") == value(quiet, "tem_mean"));
  CHECK(value(a, "tem_mean") != value(other, "tem_mean"));
}

TEST_CASE("instruments without light read what needs none", "[instruments]") {
  const std::string text =
      "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nsource = \"given\"\nmean = \"5 nm\"\n"
      "[confinement]\n[instruments]\n";
  const scenarios::Result r = run(text);
  CHECK(std::isfinite(value(r, "xrd_size")));
  CHECK(std::isfinite(value(r, "tauc_gap_fitted")));
  CHECK(std::isnan(value(r, "trpl_lifetime")));
}

TEST_CASE("bromide with chloride is blue, bromide platelets are, and cuboids lie beside cubes", "[instruments][blue]") {
  const auto peak = [](const std::string& material, const std::string& confinement) {
    return value(run("schema = 1\n[material]\ncomposition = \"" + material +
                     "\"\n[sizes]\nsource = \"given\"\nmean = \"10 nm\"\n[confinement]\n" + confinement + "\n"),
                 "pl_peak");
  };
  CHECK(peak("CsPb(Br0.5Cl0.5)3", "") == Approx(455e-9).margin(10e-9));
  CHECK(peak("CsPbCl3", "") == Approx(412e-9).margin(10e-9));
  CHECK(peak("Cs0.7FA0.3PbBr3", "") > peak("CsPbBr3", ""));  // formamidinium narrows the gap
  double before = 0;
  for (const int layers : {2, 3, 4, 6, 9}) {
    const double here = peak("CsPbBr3", "shape = \"platelet\"\nmonolayers = " + std::to_string(layers));
    CHECK(here > before + 4e-9);
    before = here;
  }
  CHECK(before < 525e-9);
  CHECK(peak("CsPbBr3", "aspect_ratio = 0.4") < peak("CsPbBr3", ""));
  CHECK(peak("CsPbBr3", "aspect_ratio = 1.0") == Approx(peak("CsPbBr3", "")));
}

TEST_CASE("crystals beyond the data of Auger lifetimes: a warning with the range, extrapolated only when told",
          "[instruments][bad]") {
  const scenarios::Result held = run(dots(), {{"sizes.mean", "\"2 nm\""}, {"sizes.standard_deviation", "\"0 nm\""}});
  REQUIRE(about(held, "Auger").size() == 1);
  support::require_parts(about(held, "Auger")[0], {"3", "13 nm", "2 nm", "photophysics.extrapolate"});
  const scenarios::Result told =
      run(dots("extrapolate = true"), {{"sizes.mean", "\"2 nm\""}, {"sizes.standard_deviation", "\"0 nm\""}});
  CHECK(about(told, "Auger").size() == 1);
  CHECK(value(told, "biexciton_lifetime") == Approx(24e-12 * std::pow(2 / 4.5, 1.5)));
  CHECK(value(held, "biexciton_lifetime") == Approx(24e-12 * std::pow(3 / 4.5, 1.5)));
  CHECK(about(run(dots()), "Auger").empty());
}

TEST_CASE("keys of light and instruments that contradict one another", "[instruments][bad]") {
  const auto complaint = [](const std::string& text) { return support::complaint([&] { support::plans_of(text); }); };
  support::require_parts(complaint(dots("plqy = 0.5")), {"photophysics.plqy", "trap_source"});
  support::require_parts(complaint(dots("trap_source = \"plqy\"")), {"no quantum yield"});
  support::require_parts(complaint(dots("trap_density = \"0.1 1/nm2\"\ntraps_per_crystal = 2")), {"one of the two"});
  support::require_parts(complaint(dots("", "urbach.lowest = 0.5")), {"instruments.urbach.lowest", "below"});
  support::require_parts(complaint(dots("", "trpl.components = 7")), {"instruments.trpl.components", "4"});
  support::require_parts(complaint(dots("", "xrd.reflection = 7")), {"instruments.xrd.reflection", "7"});
  support::require_parts(complaint(dots("", "xrd.wavelength = \"2 nm\"")), {"instruments.xrd.wavelength", "planes"});
  for (const char* angle : {"0.1", "0.1 nm"})
    support::require_parts(complaint(dots("", "xrd.instrument_width = \"" + std::string(angle) + "\"")),
                           {"instruments.xrd.instrument_width", "a quantity in deg such as \"0.1 deg\""});
  support::require_parts(complaint(dots("emitter = \"none\"")), {"emitter"});
  const std::string plain =
      "schema = 1\n[material]\ncomposition = \"CsPbBr3\"\n[sizes]\nsource = \"given\"\nmean = \"5 nm\"\n";
  support::require_parts(complaint(plain + "[instruments]\n"), {"without [confinement]"});
  support::require_parts(complaint(plain + "[confinement]\nmonolayers = 3\n"), {"confinement.monolayers", "platelet"});
  support::require_parts(complaint(plain + "[confinement]\nshape = \"platelet\"\n"), {"without a thickness"});
  support::require_parts(complaint(plain + "[confinement]\nshape = \"sphere\"\naspect_ratio = 0.5\n"), {"cuboids"});
}

TEST_CASE("the lattice that diffracts has the temperature of the crystals", "[instruments]") {
  const auto at = [](const char* temperature) {
    const scenarios::Result r = run(dots(), {{"confinement.temperature", temperature}});
    const double wavelength = r.plan.instruments->diffractometer.wavelength;
    const double reflection = r.plan.instruments->diffractometer.reflection;
    return wavelength * std::sqrt(reflection) / (2 * std::sin(0.5 * value(r, "xrd_angle")));  // Bragg
  };
  const double expansion = run(dots()).plan.treated.bulk.thermal_expansion;
  CHECK(at("\"400 K\"") / at("\"300 K\"") - 1 == Approx(100 * expansion).epsilon(1e-3));
}

TEST_CASE("a microscope that errs by as much as the crystals' size says so", "[instruments][bad]") {
  CHECK(about(run(dots()), "instruments.tem").empty());
  CHECK(about(run(dots("", "tem.error = \"1 nm\"")), "instruments.tem").empty());
  REQUIRE(about(run(dots("", "tem.error = \"5 nm\"")), "instruments.tem").size() == 1);
}

TEST_CASE("no noise is blamed for a tail without a straight part where there is none", "[instruments][bad]") {
  const scenarios::Result full = run(dots("trap_density = \"100 1/nm2\""));
  REQUIRE(std::isnan(value(full, "urbach_fitted")));
  for (const std::string& text : about(full, "urbach_fitted")) CHECK(text.find("noise") == std::string::npos);
}
