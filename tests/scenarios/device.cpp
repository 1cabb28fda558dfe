#include <cmath>

#include "engine/units/constants.hpp"
#include "scenarios/refinement.hpp"
#include "scenarios/result_file.hpp"
#include "scenarios/store.hpp"
#include "tests/scenarios/running.hpp"

using namespace nacre;
using scenarios::Stage;

namespace {

using support::run, support::value;

/// Values of the stage under test.
std::vector<double> values(const scenarios::Result& result, const std::string& name) {
  return support::values_of(result, Stage::device, name);
}

/// A green LED of given crystals, the anode first.
std::string led() {
  return R"(schema = 1
[material]
composition = "CsPbBr3"
[sizes]
source = "given"
mean = "8 nm"
standard_deviation = "0.8 nm"
[confinement]
[device]
bias = "4 V"
bias_step = "0.2 V"
nodes = 120
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
[[device.layer]]
material = "TPBi"
thickness = "40 nm"
[[device.layer]]
material = "LiF"
[[device.layer]]
material = "Al"
[[device.profile]]
bias = "3.05 V"
)";
}

std::string message_of(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  return support::complaint([&] { support::plans_of(text, set); });
}

}  // namespace

TEST_CASE("the case of the reference LED has the published currents, and says how sure they are", "[device]") {
  const scenarios::Case source = scenarios::load_case(support::case_path("led_reference"));
  // From another program's 300, 600 and 1000 nodes [A/m2] at 2, 3, 4 and 5 V.
  const std::vector<std::vector<double>> published{{6.08e-3, 116.9, 722.5, 1730.}, {5.06e-3, 76.1, 523., 1342.}};
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table());
  for (std::size_t v = 0; v < 2; ++v) {
    const scenarios::Plan plan = scenarios::load_plan(source.variants[v], support::library());
    const scenarios::Result result = pipeline.run(plan);
    REQUIRE(result.failures.empty());
    REQUIRE(result.device->points.size() == 51);
    CHECK(value(result, "current_unclosed") < 1e-8);
    scenarios::Refinement refinement(result);
    refinement.add(scenarios::Finer::mesh, pipeline.run(scenarios::refined(plan, scenarios::Finer::mesh)));
    const scenarios::ErrorsOfVariant errors = refinement.errors();
    const std::vector<scenarios::NumericalError>& current = errors.curves.at("current_density");
    for (std::size_t k = 0; k < 4; ++k) {
      CAPTURE(v, k);
      const scenarios::NumericalError& at = current[20 + 10 * k];
      CHECK(at.extrapolated == Approx(published[v][k]).epsilon(5e-3));
      CHECK(at.extrapolation_error < 5e-3 * at.extrapolated);
      CHECK(at.extrapolation_error > 0);
    }
    CHECK(errors.scalars.at("current_at_bias").extrapolated == current.back().extrapolated);
    CHECK_FALSE(errors.curves.contains("electroluminescence"));
  }
}

TEST_CASE("a device takes gap, states and spectrum from the crystals of its case", "[device]") {
  const scenarios::Result result = run(led());
  REQUIRE(result.failures.empty());
  const device::Layer& dots = result.device->stack.layers[1];
  CHECK(dots.valence_band - dots.conduction_band ==
        Approx(result.optics->abs_peak_energy + result.optics->exciton_binding));
  CHECK(dots.valence_band + dots.conduction_band == Approx((3.35 + 5.65) * units::constants::electron_volt));
  const double pitch = 8e-9 + 1.5e-9;
  CHECK(dots.conduction_states == Approx(8 / (pitch * pitch * pitch)).epsilon(1e-6));
  CHECK(value(result, "el_peak") == Approx(value(result, "pl_peak")).margin(0.1e-9));
  CHECK(value(result, "el_fwhm") == Approx(value(result, "pl_fwhm")).margin(0.1e-9));
  CHECK(value(result, "el_cie_x") == Approx(value(result, "cie_x")).margin(1e-3));
  CHECK(value(result, "turn_on") > 1.5);
  CHECK(value(result, "eqe_max") <= 0.2);
}

TEST_CASE("numbers of a result agree: photons, electrons, luminance and spectrum", "[device]") {
  const scenarios::Result result = run(led());
  const std::vector<double> flux = values(result, "photon_flux"), current = values(result, "current_density");
  const std::vector<double> eqe = values(result, "eqe"), luminance = values(result, "luminance");
  const std::vector<double> spectra = values(result, "electroluminescence"), wavelength = values(result, "wavelength");
  const std::size_t last = flux.size() - 1;
  CHECK(eqe[last] == Approx(flux[last] * units::constants::elementary_charge / current[last]));
  CHECK(values(result, "current_efficiency")[last] == Approx(luminance[last] / current[last]));
  const std::vector<double> radiative = values(result, "recombination_radiative"),
                            lost = values(result, "excitons_lost");
  CHECK(lost[last] + values(result, "photons_reabsorbed")[last] + values(result, "photons_kept")[last] +
            flux[last] * units::constants::elementary_charge ==
        Approx(radiative[last]).epsilon(1e-12));
  CHECK(values(result, "photons_kept")[last] == Approx(0.8 * (radiative[last] - lost[last])));  // a fifth leaves
  double photons = 0;
  for (std::size_t i = 0; i < wavelength.size(); ++i)
    photons += spectra[last * wavelength.size() + i] * (wavelength[1] - wavelength[0]);
  CHECK(photons == Approx(flux[last]).epsilon(2e-3));  // the tails beyond 300 to 1000 nm
}

TEST_CASE("the same stack written from the other end is the same device, its profiles seen from there", "[device]") {
  const scenarios::Result one = run(led());
  std::string turned = led();
  turned = turned.substr(0, turned.find("[[device.layer]]")) + "order = \"cathode-first\"\n" + R"(
[[device.layer]]
material = "Al"
[[device.layer]]
material = "LiF"
[[device.layer]]
material = "TPBi"
thickness = "40 nm"
[[device.layer]]
material = "CsFAPbBr3-dots"
thickness = "30 nm"
emission = "confinement"
gap = "confinement"
states = "crystals"
[[device.layer]]
material = "poly-TPD"
thickness = "40 nm"
[[device.layer]]
material = "PEDOT-PSS"
[[device.profile]]
bias = "3.05 V"
)";
  const scenarios::Result other = run(turned);
  CHECK(values(one, "current_density") == values(other, "current_density"));
  const std::vector<double> x = values(one, "position"), holes = values(one, "holes"), field = values(one, "field");
  const std::vector<double> there = values(other, "position"), holes_there = values(other, "holes");
  REQUIRE(x.size() == there.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t j = x.size() - 1 - i;
    CHECK(x[i] == Approx(110e-9 - there[j]).margin(1e-15));
    CHECK(holes[i] == holes_there[j]);
    CHECK(field[i] == -values(other, "field")[j]);
    CHECK(values(one, "layer")[i] == 2 - values(other, "layer")[j]);
  }
  // Holes come from the anode, which is where the profile begins; bands are energies of electrons.
  CHECK(holes.front() > holes.back());
  const std::vector<double> conduction = values(one, "conduction_band"), valence = values(one, "valence_band");
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(conduction[i] > valence[i]);
  CHECK(std::abs(values(one, "electron_level").back()) <
        1e-4 * units::constants::electron_volt);  // of the cathode, behind LiF
  CHECK(values(one, "hole_level").front() == Approx(-3.05 * units::constants::electron_volt));
}

TEST_CASE("contacts are the innermost contact layers, or what the case says", "[device]") {
  const auto stack = [](const std::vector<scenarios::Override>& set) {
    return support::plans_of(led(), set).front().device->stack;
  };
  constexpr double eV = units::constants::electron_volt;
  // LiF on Al: 4.28 eV less 1.4 eV, as far as a nanometre covers it.
  CHECK(stack({}).left_work_function == Approx((4.28 - 1.4 * (1 - std::exp(-5.))) * eV));
  CHECK(stack({}).right_work_function == Approx(5.2 * eV));  // PEDOT:PSS
  CHECK(stack({{"device.layer.4.work_function", "3.1 eV"}}).left_work_function == Approx(3.1 * eV));
  CHECK(stack({{"device.cathode.work_function", "2.5 eV"}}).left_work_function == Approx(2.5 * eV));
  CHECK(stack({}).layers.size() == 3);
}

TEST_CASE("a layer that injects acts with its thickness, and wants a metal behind it", "[device]") {
  constexpr double eV = units::constants::electron_volt;
  const auto stack = [](const std::vector<scenarios::Override>& set) {
    return support::plans_of(led(), set).front().device->stack;
  };
  const device::InjectionLayer layer = stack({}).left_contact.layer;
  CHECK(layer.thickness == 1e-9);
  CHECK(layer.permittivity == 9);
  CHECK(layer.attenuation == Approx(2e9));
  CHECK_FALSE(stack({}).right_contact.layer.is_there());
  const device::Stack thin =
      stack({{"device.layer.4.thickness", "0.1 nm"}, {"device.layer.4.tunnel_attenuation", "3 1/nm"}});
  CHECK(thin.left_contact.layer.thickness == Approx(1e-10));
  CHECK(thin.left_contact.layer.attenuation == Approx(3e9));
  CHECK(thin.left_work_function == Approx((4.28 - 1.4 * (1 - std::exp(-0.5))) * eV));
  CHECK(stack({{"device.layer.4.role", "contact"}, {"device.layer.4.work_function", "3 eV"}})
            .left_contact.layer.thickness == 0);

  std::string bare = led();
  bare.erase(bare.find("[[device.layer]]\nmaterial = \"Al\""),
             std::string("[[device.layer]]\nmaterial = \"Al\"\n").size());
  CHECK(message_of(bare).find("layer 'LiF', which injects, without a metal behind it") != std::string::npos);
  CHECK(support::plans_of(bare, {{"device.cathode.work_function", "3 eV"}})
            .front()
            .device->stack.left_contact.layer.is_there());
  std::string outside = led();
  outside.replace(outside.find("material = \"LiF\""), 16, "material = \"Ag\"");
  outside.replace(outside.find("material = \"Al\""), 15, "material = \"LiF\"");
  CHECK(message_of(outside).find("layer 'LiF', which injects, with another contact layer further in") !=
        std::string::npos);
  CHECK(message_of(led(), {{"device.layer.4.material", "Ag"}, {"device.layer.4.role", "injection"}})
            .find("layer 'Ag' without it") != std::string::npos);
}

TEST_CASE("the current of a LED has a best thickness of its LiF: enough to cover the metal, not enough to shut it off",
          "[device]") {
  const auto current = [](const std::string& thickness) {
    return value(run(led(), {{"device.layer.4.thickness", thickness}, {"device.bias", "3.1 V"}}), "current_at_bias");
  };
  const double thin = current("0.05 nm"), best = current("1 nm"), thick = current("12 nm");
  CHECK(thin < 0.1 * best);
  CHECK(thick < 0.5 * best);
}

TEST_CASE("a number of the case stands in place of the datum, and the data that are used are kept", "[device]") {
  const scenarios::Plan plan = support::plans_of(led(), {{"device.layer.3.mobility_electron", "2 cm2/(V s)"}}).front();
  CHECK(plan.device->stack.layers[0].mobility_electron == Approx(2e-4));
  bool hole = false, electron = false;
  for (const scenarios::UsedDatum& used : plan.used) {
    hole = hole || (used.datum.file == "layers/TPBi" && used.datum.name == "mobility_hole");
    electron = electron || (used.datum.file == "layers/TPBi" && used.datum.name == "mobility_electron");
  }
  CHECK(hole);
  CHECK_FALSE(electron);
}

TEST_CASE("terms beyond plain drift-diffusion reach the model", "[device]") {
  const std::string text = led() + R"([[device.interface]]
first = "poly-TPD"
second = "CsFAPbBr3-dots"
transfer_hole = "hopping"
velocity_hole = "1e4 cm/s"
cross_recombination = "1e-30 m4/s"
dipole = "0.1 V"
)";
  const auto stack = support::plans_of(text, {{"device.layer.1.poole_frenkel_hole", "1e8 V/m"},
                                              {"device.layer.1.statistics", "gaussian"},
                                              {"device.layer.1.disorder", "80 meV"},
                                              {"device.layer.2.vacancy_density", "1e23 1/m3"},
                                              {"device.layer.2.traps_per_vacancy", "1e-3"},
                                              {"device.anode.image_force", "true"},
                                              {"device.cathode.velocity_hole", "10 m/s"}})
                         .front()
                         .device->stack;
  const device::Layer& poly_tpd = stack.layers[2];     // from the cathode
  CHECK(poly_tpd.poole_frenkel_hole == Approx(1e-4));  // (m/V)^1/2
  CHECK(poly_tpd.statistics == device::Statistics::gaussian);
  CHECK(poly_tpd.disorder == Approx(0.08 * units::constants::electron_volt));
  CHECK(stack.layers[1].traps.per_vacancy == 1e-3);
  CHECK(stack.layers[1].fixed_charge == -1e23);  // neutral as it was made
  CHECK(stack.right_contact.image_force);
  CHECK_FALSE(stack.left_contact.image_force);
  CHECK(stack.left_contact.velocity_hole == 10);
  CHECK(std::isinf(stack.left_contact.velocity_electron));
  REQUIRE(stack.interfaces.size() == 2);
  CHECK(stack.interfaces[0] == device::Interface{});
  CHECK(stack.interfaces[1].transfer_hole == device::Transfer::hopping);
  CHECK(stack.interfaces[1].transfer_electron == device::Transfer::continuous);
  CHECK(stack.interfaces[1].velocity_hole == Approx(100));
  CHECK(stack.interfaces[1].dipole == -0.1);  // the case looks at it from the other side
  CHECK(support::plans_of(led(), {{"device.carriers", "holes"}}).front().device->stack.carriers ==
        device::Carriers::holes);
  support::require_parts(message_of(support::replaced(text, "first = \"poly-TPD\"", "first = \"polyTPD\"")),
                         {"device.interface.0.first", "polyTPD", "perhaps \"poly-TPD\""});
  support::require_parts(message_of(support::replaced(text, "second = \"CsFAPbBr3-dots\"", "second = \"TPBi\"")),
                         {"do not touch"});
}

TEST_CASE("an LED with hopping junctions, dark recombination there and image-force contacts closes its budget",
          "[device]") {
  const scenarios::Result result = run(led() + R"([[device.interface]]
first = "poly-TPD"
second = "CsFAPbBr3-dots"
transfer_hole = "hopping"
velocity_hole = "1e4 cm/s"
cross_recombination = "1e-30 m4/s"
)",
                                       {{"device.anode.image_force", "true"}, {"device.cathode.image_force", "true"}});
  REQUIRE(result.failures.empty());
  CHECK(value(result, "current_unclosed") < 1e-8);
  CHECK(values(result, "recombination_interfaces").back() > 0);
  const scenarios::Result plain = run(led());
  CHECK(value(result, "turn_on") != value(plain, "turn_on"));
}

TEST_CASE("a programme in time: a step that ends on the steady point, and its light", "[device]") {
  const std::string text =
      led() + "[[device.step]]\nvoltage = \"4 V\"\nhold = \"10 s\"\n[device.programme]\nrest = \"1 V\"\npoints = 12\n";
  const scenarios::Result result = run(text);
  REQUIRE(result.failures.empty());
  const std::vector<double> time = values(result, "time"), bias = values(result, "time_bias");
  const std::vector<double> current = values(result, "time_current_density");
  REQUIRE(time.size() == 13);
  CHECK(bias.front() == 1);
  CHECK(bias.back() == 4);
  CHECK(time.back() == Approx(10));
  CHECK(current.back() == Approx(values(result, "current_density").back()).epsilon(1e-5));
  CHECK(values(result, "time_luminance").back() == Approx(values(result, "luminance").back()).epsilon(1e-5));
  support::require_parts(message_of(support::replaced(text, "hold = \"10 s\"\n", "")),
                         {"device.step.0", "takes no time", "ramp or a hold"});
}

TEST_CASE("a device takes vacancies and yield that the recipe leaves", "[device]") {
  const std::string text = support::whole_case();
  const std::vector<scenarios::Override> uncharged{{"device.layer.2.charging", "none"}};
  std::vector<scenarios::Override> set = uncharged;
  set.push_back({"device.layer.2.yield_from", "film"});
  set.push_back({"device.layer.2.vacancies_from", "film"});
  const scenarios::Result plain = run(text, uncharged), taken = run(text, set);
  REQUIRE(taken.failures.empty());
  const device::Layer& dots = taken.device->stack.layers[1];
  CHECK(dots.vacancies.density == taken.film->vacancies);
  CHECK(dots.vacancies.density > 0);
  CHECK(dots.fixed_charge == Approx(-dots.vacancies.density));
  CHECK(value(taken, "eqe_max") <= 0.2 * taken.film->plqy * (1 + 1e-12));
  CHECK(value(plain, "eqe_max") > value(taken, "eqe_max"));
  const support::Folder folder;
  scenarios::store(folder / "out.h5", scenarios::parse_case(io::Document::parse(text, "case.toml")), {taken});
  const io::Hdf5File file = scenarios::open_result(folder / "out.h5");
  support::require_parts(file.attributes.at("/device").at("vacancies_from"),
                         {"MAPbBr3-dots", "m-3, of /film/film_vacancies", "oleic-acid"});
  CHECK(file.attributes.at("/film").at("recipe") == taken.plan.surface->recipe);
  support::require_parts(message_of(led(), {{"device.layer.2.yield_from", "film"}}), {"yield_from", "[film]"});
}

TEST_CASE("an interruption ends a device wherever it is, is a failure and is not used again", "[device]") {
  const auto plans = support::plans_of(
      support::replaced(led(), "bias = \"4 V\"", "bias = \"4 V\"\nthermal_resistance = \"2e-4 K m2/W\""));
  int polls = 0, from = 0;
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table(),
                               [&] { return ++polls >= from && from > 0; });
  const auto whole = pipeline.run(plans.front());
  REQUIRE(whole.failures.empty());
  const int all = polls;
  const std::size_t points = whole.device->points.size();
  for (const double share : {0.05, 0.3, 0.7}) {  // in the sweep, then in those of the warm device
    CAPTURE(share);
    scenarios::Plan again = plans.front();
    again.fingerprint += std::to_string(share);
    polls = 0, from = static_cast<int>(share * all);
    const auto part = pipeline.run(again);
    CHECK(polls < from + 50);
    REQUIRE(part.failures.size() == 1);
    CHECK(part.failures.front().message.find("interrupted") != std::string::npos);
    CHECK(part.warnings.size() <= whole.warnings.size());
    CHECK((part.device->points.size() == points) == (share > 0.5));
    from = 0;
    CHECK(pipeline.run(again).failures.empty());
  }
}

TEST_CASE("points of profiles and other beginnings", "[device]") {
  const scenarios::Result result =
      run(led(), {{"device.bias_from", "2 V"}, {"device.bias", "3.1 V"}, {"device.bias_step", "0.5 V"}});
  REQUIRE(result.failures.empty());
  const std::vector<double> expected{2, 2.5, 3, 3.05, 3.1};
  REQUIRE(result.device->biases.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(result.device->biases[i] == Approx(expected[i]));
  CHECK(result.device->profile_biases == std::vector<double>{3.05});
}

TEST_CASE("wrong stacks are refused with layer, datum and remedy", "[device][bad]") {
  const std::string text = led();
  support::require_parts(message_of(support::replaced(text, "thickness = \"40 nm\"\n", "")),
                         {"case.toml:15", "thickness", "poly-TPD"});
  support::require_parts(message_of(support::replaced(text, "\"poly-TPD\"", "\"polyTPD\"")), {"polyTPD", "poly-TPD"});
  support::require_parts(message_of(support::replaced(text, "material = \"TPBi\"", "name = \"mine\"")),
                         {"permittivity", "mine", "a material that has it"});
  support::require_parts(message_of(support::replaced(text, "\"PEDOT-PSS\"", "\"TPBi\"\nthickness = \"1 nm\"")),
                         {"device.anode.work_function", "contact"});
  support::require_parts(message_of(text, {{"device.layer.2.role", "contact"}}),
                         {"contact between layers", "CsFAPbBr3-dots"});
  support::require_parts(message_of(text, {{"device.profile.0.bias", "7 V"}}), {"7 V", "a bias of the sweep"});
  support::require_parts(message_of(text, {{"device.bias_step", "0.0001 V"}, {"device.bias", "50 V"}}),
                         {"bias_step", "longer"});
  support::require_parts(message_of("schema = 1\n[device]\n"), {"device.layer", "no layer"});
  const std::string no_crystals = support::replaced(text, "[confinement]\n", "");
  support::require_parts(message_of(no_crystals), {"CsFAPbBr3-dots", "[confinement]"});
}

TEST_CASE("light beyond the spectra is a named failure", "[device][bad]") {
  const scenarios::Result result = run(led(), {{"device.layer.2.emission", "line"},
                                               {"device.layer.2.emission_wavelength", "1500 nm"},
                                               {"device.layer.2.emission_width", "20 nm"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].stage == Stage::device);
  support::require_parts(result.failures[0].message, {"CsFAPbBr3-dots", "emits outside"});
  CHECK(std::isnan(value(result, "turn_on")));
}
