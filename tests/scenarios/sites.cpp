#include <cmath>

#include "engine/io/hdf5.hpp"
#include "tests/scenarios/running.hpp"

using namespace nacre;
using scenarios::Stage;
using support::run, support::value;

namespace {

/// A green LED of given crystals on sites: three monolayers of 9.5 nm, with rates of its own.
std::string site_led() {
  return R"(schema = 1
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "8 nm"
standard_deviation = "0.8 nm"
[confinement]
[device]
transport = "sites"
bias = "5 V"
bias_step = "0.2 V"
cathode.image_force = true
[[device.layer]]
material = "PEDOT-PSS"
[[device.layer]]
material = "poly-TPD"
thickness = "40 nm"
[[device.layer]]
material = "CsFAPbBr3-dots"
thickness = "30 nm"
emission = "confinement"
gap = "confinement"
states = "crystals"
statistics = "blakemore"
charging = "poisson"
yield = 0.5
radiative_rate = "0.06 1/ns"
biexciton_lifetime = "30 ps"
langevin = 0.1
[[device.layer]]
material = "TPBi"
thickness = "40 nm"
[[device.layer]]
material = "LiF"
[[device.layer]]
material = "Al"
[[device.interface]]
first = "poly-TPD"
second = "CsFAPbBr3-dots"
cross_recombination = "1e-28 m4/s"
)";
}

}  // namespace

TEST_CASE("a device on sites: light with charged crystals, whatever the mesh", "[device][sites]") {
  const auto result = run(site_led());
  REQUIRE(result.failures.empty());
  CHECK(value(result, "current_unclosed") < 1e-8);
  CHECK(value(result, "turn_on") > 1.5);
  const auto eqe = support::values_of(result, Stage::device, "eqe");
  const auto charges = support::values_of(result, Stage::device, "charges_per_crystal");
  const auto made = support::values_of(result, Stage::device, "photon_flux");
  const auto formed = support::values_of(result, Stage::device, "recombination_radiative");
  REQUIRE(charges.size() == eqe.size());
  const std::size_t last = eqe.size() - 1;
  CHECK(charges[last] > 0);
  CHECK(charges[last] < 16);
  // Of the excitons that form, those without charges emit: less than the yield, more than nothing.
  const double share = made[last] * 1.602176634e-19 / formed[last] / 0.2;
  CHECK(share < 0.5);
  CHECK(share > 0.5 * std::exp(-charges[last]) * 0.99);
  // Those that charges take are lost before they shine, beyond the half that the yield loses.
  const auto lost = support::values_of(result, Stage::device, "excitons_lost");
  CHECK(lost[last] > 0.5 * formed[last]);
  CHECK(formed[last] - lost[last] == Approx(share * formed[last]));
  const auto other = run(site_led(), {{"device.nodes", "999"}});
  CHECK(support::values_of(other, Stage::device, "eqe")[last] == eqe[last]);
}

TEST_CASE("a barrier that lets nothing in is a result: turn-on is NaN, with a warning", "[device][sites]") {
  const auto result = run(site_led(), {{"device.cathode.work_function", "\"4.3 eV\""}});
  CHECK(result.failures.empty());
  CHECK(std::isnan(value(result, "turn_on")));
  REQUIRE(result.warnings.size() == 1);
  support::require_parts(result.warnings.front().text, {"turn-on", "not reached", "5 V"});
  const auto dark = run(site_led(), {{"device.cathode.work_function", "\"6 eV\""}});  // not one photon
  REQUIRE(dark.warnings.size() == 1);
  support::require_parts(dark.warnings.front().text, {"turn-on", "not reached", "5 V"});
}

TEST_CASE("what charging and losses rest on has to be there", "[device][sites][bad]") {
  const auto complaint = [](const std::string& what, const std::string& with) {
    std::string text = site_led();
    text.replace(text.find(what), what.size(), with);
    return support::complaint([&] { support::plans_of(text, {}); });
  };
  support::require_parts(complaint("radiative_rate = \"0.06 1/ns\"\n", ""), {"charging", "[photophysics]"});
  support::require_parts(complaint("m4/s\"\n", "m4/s\"\ncross_recombination_by = \"loss\"\n"), {"[film]"});
  support::require_parts(complaint("\"sites\"", "\"sits\""), {"continuum", "sites"});
  support::require_parts(complaint("cathode.image_force = true\n", "anode.velocity_hole = \"1 m/s\"\n"),
                         {"case.toml:", "device.anode.velocity_hole", "on sites", "continuum"});
}

TEST_CASE("sites are not refined: what a programme does on them has an error of time alone", "[program][sites][slow]") {
  const support::Folder folder;
  const std::string path =
      folder.write("sites.toml", site_led() + "[[device.step]]\nvoltage = \"3 V\"\nhold = \"1 ms\"\n");
  const support::Ending ending = support::nacre("run '" + path + "' --refine -o '" + (folder / "out.h5") + "'");
  INFO(ending.err);
  CHECK(ending.code == 0);
  support::require_parts(ending.err, {"--refine", "pitch of sites is an input", "stays"});
  const auto kept = io::Hdf5File::load(folder / "out.h5");
  REQUIRE(kept.find("/device/time_current_density_time_error"));
  double largest = 0;
  for (const double error : kept.find("/device/time_current_density_time_error")->values)
    largest = std::max(largest, error);
  CHECK(largest > 0);
  CHECK_FALSE(kept.find("/device/luminance_extrapolated"));
  const std::string turn_on = ending.out.substr(ending.out.find("turn_on, V"));
  CHECK(turn_on.substr(0, turn_on.find('\n')).find("+-") == std::string::npos);
}

TEST_CASE("what crystals absorb of their own light follows from their spectra, or is the number",
          "[device][reabsorption]") {
  const auto with = [](const std::string& more) {
    std::string text = site_led();
    const std::string mark = "emission = \"confinement\"\n";
    return run(text.insert(text.find(mark) + mark.size(), more), {{"device.bias", "4 V"}});
  };
  const auto none = with(""), some = with("reabsorption = \"spectra\"\n"),
             thin = with("reabsorption = \"spectra\"\nedge_absorption = \"4e4 1/m\"\n"),
             given = with("reabsorption = \"spectra\"\nreabsorbed = 0.25\n");
  REQUIRE(some.failures.empty());
  const double a = value(some, "reabsorbed");
  CHECK(value(none, "reabsorbed") == 0);
  CHECK(value(given, "reabsorbed") == 0.25);
  CHECK(a > 0.01);
  CHECK(a < 0.3);
  CHECK(value(thin, "reabsorbed") < 0.1 * a);
  // e (1 - a)/(1 - y a) leaves in place of e, y that of crystals charged as they are
  const double y = support::values_of(none, Stage::device, "charged_yield").back();
  CHECK(y < 0.49);
  CHECK(value(some, "eqe_at_bias") / value(none, "eqe_at_bias") == Approx((1 - a) / (1 - y * a)).epsilon(1e-9));
  CHECK(value(given, "eqe_at_bias") / value(none, "eqe_at_bias") == Approx(1 / (1 - 0.25 * y)).epsilon(1e-9));
}

TEST_CASE("light that a monolayer absorbs again meets the charges that excitons met", "[device][reabsorption]") {
  const auto with = [](const std::string& more) {
    std::string text = support::replaced(site_led(), "thickness = \"30 nm\"", "thickness = \"9.5 nm\"");
    const std::string mark = "emission = \"confinement\"\n";
    return run(text.insert(text.find(mark) + mark.size(), more));
  };
  const auto none = with(""), again = with("reabsorbed = 0.4\n");
  REQUIRE(again.failures.empty());
  const auto of = [](const scenarios::Result& result, const char* name) {
    return support::values_of(result, Stage::device, name);
  };
  const auto made = of(none, "photon_flux"), more = of(again, "photon_flux"),
             formed = of(none, "recombination_radiative");
  double lowest = 1, highest = 0;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (!(formed[i] > 1e-6)) continue;
    const double yield = made[i] * 1.602176634e-19 / formed[i] / 0.2;
    CHECK(more[i] / made[i] == Approx(1 / (1 - 0.4 * yield)).epsilon(1e-8));
    lowest = std::min(lowest, yield), highest = std::max(highest, yield);
  }
  CHECK(highest < 0.5);
  CHECK(lowest < 0.8 * highest);  // charges take more and more
}

TEST_CASE("a sweep that ends while light or efficiency rise says so", "[device][sites]") {
  const auto told = [](const scenarios::Result& result) {
    std::string all;
    for (const scenarios::Warning& warning : result.warnings) all += warning.text + "\n";
    return all;
  };
  const auto early = run(site_led(), {{"device.bias", "4.4 V"}});
  CHECK_THAT(told(early),
             Catch::Contains("luminance_max") && Catch::Contains("end of the sweep") && Catch::Contains("4.4 V"));
  // downwards the end of the sweep is its dark one
  const auto down = run(site_led(), {{"device.bias_from", "4.4 V"}, {"device.bias", "0 V"}});
  CHECK(told(down).find("luminance_max") == std::string::npos);
  CHECK(value(down, "luminance_max") == Approx(value(early, "luminance_max")).epsilon(1e-6));
}

TEST_CASE("a film of one monolayer has two states between two biases, and one state outside", "[device][sites][slow]") {
  const auto sweep = [](const std::string& from, const std::string& to) {
    const std::string layer = "variant.led_liq.device.layer.3.", device = "variant.led_liq.device.";
    const scenarios::Case source =
        scenarios::load_case(support::case_path("li2022"), {{layer + "thickness", "11.5 nm"},
                                                            {layer + "mobility_electron", "1e-11 m2/(V s)"},
                                                            {layer + "mobility_hole", "1e-11 m2/(V s)"},
                                                            {device + "layer.2.valence_band", "5.3 eV"},
                                                            {device + "layer.4.trap_density", "0 1/m3"},
                                                            {device + "interface.1.cross_recombination", "0 m4/s"},
                                                            {device + "cathode.work_function", "2.95 eV"},
                                                            {device + "thermal_resistance", "0 K m2/W"},
                                                            {device + "bias_from", from},
                                                            {device + "bias", to},
                                                            {device + "bias_step", "0.5 V"}});
    for (const scenarios::Variant& variant : source.variants)
      if (variant.name == "led_liq")
        return scenarios::Pipeline(scenarios::ModelData(support::library()).colour_table())
            .run(scenarios::load_plan(variant, support::library()));
    throw std::runtime_error("no such variant");
  };
  const auto up = sweep("3 V", "7 V"), down = sweep("7 V", "3 V");
  REQUIRE(up.failures.empty());
  REQUIRE(down.failures.empty());
  const auto forth = support::values_of(up, Stage::device, "current_density");
  const auto back = support::values_of(down, Stage::device, "current_density");
  REQUIRE(forth.size() == 9);
  REQUIRE(back.size() == 9);
  for (const std::size_t outside : {0, 1, 6, 7, 8}) CHECK(back[8 - outside] == Approx(forth[outside]).epsilon(1e-6));
  for (const std::size_t inside : {3, 4, 5}) CHECK(back[8 - inside] > 5 * forth[inside]);
}
