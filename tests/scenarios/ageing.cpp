// Ageing, self-heating and equivalent circuits as a case asks for them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/device/ageing.hpp"
#include "tests/scenarios/running.hpp"

using namespace nacre;
using scenarios::Stage;
using support::run;
using support::value;

namespace {

/// Crystals that lose a fifth of their excitons, at a held current.
const std::string law = R"toml(schema = 1
[ageing]
carriers = "law"
current = "10 mA/cm2"
vacancies = "1e25 1/m3"
yield = 0.8
damage = 1e-9
zone = "30 nm"
)toml";

/// The reference LED, with a line that loses a tenth.
std::string led(const std::string& more = "", const std::string& layer = "") {
  return support::reference_led_case("yield = 0.9\n" + layer) + more;
}

constexpr double q = 1.602176634e-19;

}  // namespace

TEST_CASE("a held current ages crystals as the closed form says", "[ageing]") {
  const auto result = run(law);
  REQUIRE(result.failures.empty());
  const double loss = 0.25, rate = 1e-9 * 100 / q / 30e-9 * loss / 1e25;
  CHECK(value(result, "t50") == Approx(device::dose_to_fade(loss, 0.5) / rate).epsilon(1e-8));
  CHECK(value(result, "t95") == Approx(device::dose_to_fade(loss, 0.95) / rate).epsilon(1e-8));
  CHECK(value(result, "ageing_t50_constant") == Approx(value(result, "t50")).epsilon(1e-8));
  CHECK(value(result, "ageing_rate") == Approx(std::log(2.) / value(result, "t50")));
  const auto light = support::values_of(result, Stage::ageing, "light");
  CHECK(light.front() == 1);
  CHECK(light.back() == Approx(0.4).epsilon(1e-9));
  const auto losses = support::values_of(result, Stage::ageing, "loss_ratio");
  for (std::size_t i = 0; i < light.size(); ++i) CHECK(light[i] == Approx(1.25 / (1 + losses[i])));
}

TEST_CASE("a ligand's barrier stretches all times by its Boltzmann factor, and twice the current halves them",
          "[ageing]") {
  const double t50 = value(run(law), "t50");
  CHECK(value(run(law, {{"ageing.ligand_barrier", "50 meV"}}), "t50") ==
        Approx(t50 * std::exp(0.05 * q / (1.380649e-23 * 298.15))).epsilon(1e-9));
  CHECK(value(run(law, {{"ageing.current", "20 mA/cm2"}}), "t50") == Approx(t50 / 2).epsilon(1e-9));
}

TEST_CASE("where every recombination damages, vacancies grow evenly in time", "[ageing]") {
  const auto result = run(law, {{"ageing.damage_by", "recombination"}});
  const double made = 1e-9 * 100 / q / 30e-9;  // [1/(m3 s)]
  // half the light at kappa = 1 + 2 kappa_0 = 1.5, six times the vacancies
  CHECK(value(result, "t50") == Approx(5 * 1e25 / made).epsilon(1e-8));
}

TEST_CASE("a longest time ends the course, and a lifetime beyond it is not reached", "[ageing]") {
  const double t50 = value(run(law), "t50");
  const auto result = run(law, {{"ageing.longest", std::to_string(t50 / 7200) + " h"}});
  CHECK(std::isnan(value(result, "t50")));
  CHECK(support::values_of(result, Stage::ageing, "time").back() == Approx(t50 / 2).epsilon(1e-4));
}

TEST_CASE("crystals that lose nothing do not age, and say so", "[ageing]") {
  const auto result = run(law, {{"ageing.yield", "1"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures.front().message.find("do not age") != std::string::npos);
}

TEST_CASE("a device ages at a held current, a held luminance and a held voltage alike where it only loses light",
          "[ageing][device]") {
  // Nothing of the device depends on the yield: current and recombination stay, and the closed form holds.
  const std::string ageing = R"toml([ageing]
carriers = "device"
vacancies = "1e24 1/m3"
yield = 0.9
damage = 1e-9
damage_by = "recombination"
states = 12
)toml";
  const auto result = run(led(ageing + "voltage = \"2.5 V\"\n"));
  REQUIRE(result.failures.empty());
  const double current = value(result, "ageing_recombination");
  const double loss = 1 / 0.9 - 1, growth = (1 + 2 * loss) / loss;
  CHECK(value(result, "t50") == Approx((growth - 1) * 1e24 * q * 30e-9 / (1e-9 * current)).epsilon(1e-6));
  CHECK(value(result, "ageing_voltage_rise") == Approx(0).margin(1e-9));
  const auto currents = support::values_of(result, Stage::ageing, "current_density");
  const auto held = run(led(ageing + "current = \"" + std::to_string(currents.front() / 10) + " mA/cm2\"\n"));
  CHECK(value(held, "t50") == Approx(value(result, "t50")).epsilon(1e-3));
  const double shining = support::values_of(result, Stage::ageing, "luminance").front();
  const auto lit = run(led(ageing + "luminance = \"" + std::to_string(shining) + " cd/m2\"\n"));
  CHECK(value(lit, "t50") == Approx(value(result, "t50")).epsilon(0.05));  // half a volt between points of the sweep
}

TEST_CASE("what ages and drifts at once keeps one count of vacancies, and drifts in step with them",
          "[ageing][drift][slow]") {
  const auto mixed = [](const std::string& composition, const std::string& vacancies) {
    return support::replaced(law, "10 mA", "19 mA") + "[material]\ncomposition = \"" + composition +
           "\"\n[sizes]\nsource = \"given\"\nmean = \"9 nm\"\nstandard_deviation = \"1 nm\"\n[confinement]\n" +
           "temperature = \"298.15 K\"\n[drift]\nvacancies = \"" + vacancies +
           "\"\n[[drift.step]]\ncurrent = \"19 mA/cm2\"\ndwell = \"600 s\"\npoints = 600\n";
  };
  const std::vector<scenarios::Override> fast{{"ageing.damage", "1e-5"}, {"ageing.longest", "\"150 s\""}};
  const auto both = run(mixed("CsPb(I0.67Br0.33)3", "1e25 1/m3"), fast);
  REQUIRE(both.failures.empty());
  const auto of = [](const scenarios::Result& result, const char* name) {
    return support::values_of(result, Stage::ageing, name);
  };
  const auto time = of(both, "time"), vacancies = of(both, "vacancies"), peak = of(both, "peak");
  REQUIRE(vacancies.back() > 1.5 * vacancies.front());

  // Exchange makes no vacancy: they grow as without it.
  const auto still =
      run(mixed("CsPb(I0.67Br0.33)3", "1e25 1/m3"), {fast[0], fast[1], {"drift.segregation", "\"off\""}});
  CHECK(of(still, "vacancies").back() == Approx(vacancies.back()).epsilon(1e-9));
  // Red light is dimmer to the eye.
  CHECK(of(both, "light").back() < of(still, "light").back());

  // The drift after t is that of a layer which rests at its first vacancies, after the integral of c/c0 over t.
  double stretched = 0;
  for (std::size_t i = 1; i < time.size(); ++i)
    stretched += (time[i] - time[i - 1]) * (vacancies[i] + vacancies[i - 1]) / (2 * vacancies[0]);
  REQUIRE(stretched < 600);
  const auto resting = run(mixed("CsPb(I0.67Br0.33)3", "1e25 1/m3"),
                           {{"ageing.drift", "false"}, {"drift.step.0.dwell", fmt::format("\"{:.9g} s\"", stretched)}});
  CHECK(std::abs(value(resting, "drift_peak") - peak.back()) < 0.02e-9);
  CHECK(value(resting, "drift_peak") - peak.front() > 1e-9);

  // Of one halide the light fades as without a drift, number for number.
  const auto one = run(mixed("CsPbBr3", "1e25 1/m3"), fast);
  auto alone = fast;
  alone.push_back({"ageing.drift", "false"});
  const auto plain = run(mixed("CsPbBr3", "1e25 1/m3"), alone);
  REQUIRE(of(one, "light").size() == of(plain, "light").size());
  for (std::size_t i = 0; i < of(one, "light").size(); ++i)
    CHECK(of(one, "light")[i] == Approx(of(plain, "light")[i]).epsilon(1e-9));
}

TEST_CASE("an ageing that rests on nothing is refused with the key and the remedy", "[ageing][bad]") {
  const auto message = [](const std::string& text, const std::vector<scenarios::Override>& set) {
    return support::complaint([&] { support::plans_of(text, set); });
  };
  support::require_parts(message(law, {{"ageing.carriers", "device"}}), {"ageing.carriers", "[device]"});
  support::require_parts(message(law, {{"ageing.luminance", "100 cd/m2"}}), {"more than one"});
  support::require_parts(message(law, {{"ageing.vacancies", "0 1/m3"}}), {"ageing.vacancies", "ageing.yield"});
  support::require_parts(message(law, {{"ageing.zone", "0 nm"}}), {"ageing.zone", "above 0"});
  support::require_parts(message("schema = 1\n[ageing]\n", {}), {"[film]"});
}

TEST_CASE("a device warms up to where its heat leaves as it is made, and carries the current of that temperature",
          "[device][self_heating]") {
  const double resistance = 5e-2;
  const auto result = run(led(), {{"device.thermal_resistance", "5e-2 K m2/W"}});
  REQUIRE(result.failures.empty());
  const auto values = [&](const std::string& name) { return support::values_of(result, Stage::device, name); };
  const auto temperature = values("temperature"), current = values("heated_current_density"), bias = values("bias");
  REQUIRE(temperature.size() == bias.size());
  CHECK(temperature.front() == 298);
  const double top = temperature.back();
  CHECK(top > 300);
  const double electric = resistance * current.back() * bias.back();
  const double eqe = values("heated_eqe").back(), photon = 6.62607015e-34 * 299792458 / 640e-9;
  CHECK(top - 298 == Approx(electric - resistance * eqe * current.back() / q * photon).epsilon(2e-3));
  const auto isothermal = run(led(), {{"device.temperature", std::to_string(top) + " K"}});
  CHECK(support::values_of(isothermal, Stage::device, "current_density").back() ==
        Approx(current.back()).epsilon(1e-3));
  CHECK(support::values_of(isothermal, Stage::device, "luminance").back() ==
        Approx(values("heated_luminance").back()).epsilon(1e-3));
  CHECK(value(result, "temperature_max") == top);
}

TEST_CASE("a film that warms up loses more of its light where its yield is computed", "[device][self_heating]") {
  const auto plans =
      scenarios::load_plans(scenarios::load_case(support::case_path("li2022")).variants, support::library());
  const auto plan = std::find_if(plans.begin(), plans.end(), [](const auto& p) { return p.variant == "led_liq"; });
  REQUIRE(plan != plans.end());
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table());
  const auto result = pipeline.run(*plan);
  REQUIRE(result.failures.empty());
  const double warm = value(result, "temperature_max");
  CHECK(warm > 302);
  CHECK(warm < 330);
  const auto yields = confinement::yields_at_temperatures(result.photophysics_input, result.crystals.edge,
                                                          result.crystals.weight, std::vector{298.15, warm});
  CHECK(yields[1] < yields[0]);
  const auto cool = support::values_of(result, Stage::device, "eqe");
  const auto heated = support::values_of(result, Stage::device, "heated_eqe");
  CHECK(heated.back() < cool.back() * 1.1);
}

TEST_CASE("the drift of what ages is that under what the ageing holds", "[ageing][drift]") {
  const auto mixed = [](const std::string& level) {
    return law + "[material]\ncomposition = \"CsPb(I0.67Br0.33)3\"\n[sizes]\nsource = \"given\"\nmean = \"9 nm\"\n" +
           "standard_deviation = \"0 nm\"\n[confinement]\ntemperature = \"298.15 K\"\n[drift]\ncells = 30\nvacancies "
           "= " +
           "\"1e25 1/m3\"\n[[drift.step]]\n" + level + "\ndwell = \"100 s\"\npoints = 20\n";
  };
  const std::vector<scenarios::Override> fast{{"ageing.damage", "1e-5"}, {"ageing.longest", "\"50 s\""}};
  const auto matched = run(mixed("current = \"10 mA/cm2\""), fast), other = run(mixed("voltage = \"6 V\""), fast);
  const auto of = [](const scenarios::Result& result, const char* name) {
    return support::values_of(result, Stage::ageing, name);
  };
  REQUIRE(matched.failures.empty());
  REQUIRE(other.failures.empty());
  const auto told = [](const scenarios::Result& result) {  // the drift has words of its own for few cells
    std::vector<std::string> all;
    for (const scenarios::Warning& warning : result.warnings)
      if (warning.text.starts_with("ageing")) all.push_back(warning.text);
    return all;
  };
  CHECK(told(matched).empty());
  REQUIRE(told(other).size() == 1);
  support::require_parts(told(other).front(), {"what the ageing holds", "10 mA/cm2", "6 V"});
  // The drift stage still shows what its own step does.
  CHECK(std::abs(value(other, "drift_peak") - value(matched, "drift_peak")) > 0.1e-9);
  const auto asked = of(matched, "light"), found = of(other, "light"), peak = of(other, "peak");
  REQUIRE(asked.size() == found.size());
  for (std::size_t i = 0; i < asked.size(); ++i) CHECK(found[i] == Approx(asked[i]).epsilon(1e-12));
  CHECK(peak.back() > peak.front() + 0.1e-9);
  // Vacancies that become more make it drift further than the step lasts: a word.
  const auto brief = run(support::replaced(mixed("current = \"10 mA/cm2\""), "100 s", "20 s"), fast);
  REQUIRE(told(brief).size() == 1);
  support::require_parts(told(brief).front(), {"the drift ends before", "drift.step.0.dwell gives 20 s"});
}

TEST_CASE("a drift whose law knows no current cannot follow an ageing at one", "[ageing][drift][bad]") {
  const std::string text = law +
                           "[material]\ncomposition = \"CsPb(I0.67Br0.33)3\"\n[sizes]\nsource = \"given\"\nmean = " +
                           "\"9 nm\"\nstandard_deviation = \"1 nm\"\n[confinement]\n[drift]\ncurrent = \"0 mA/cm2\"\n" +
                           "vacancies = \"1e25 1/m3\"\n[[drift.step]]\nvoltage = \"5 V\"\ndwell = \"100 s\"\n";
  support::require_parts(support::complaint([&] { support::plans_of(text, {}); }),
                         {"ageing.drift", "knows no current", "drift.current above 0"});
}

TEST_CASE("the impedance of a case is read as a circuit, whose resistances sum to that of slow oscillations",
          "[device][equivalent_circuit]") {
  const auto result =
      run(led("[[device.impedance]]\nbias = \"2.5 V\"\n[device.circuit]\nseries_resistance = \"2e-4 ohm m2\"\n"));
  REQUIRE(result.failures.empty());
  const auto at = [&](const std::string& name) { return support::values_of(result, Stage::device, name).at(0); };
  CHECK(at("fit_misfit") < 0.02);
  CHECK(at("fit_series_resistance") == Approx(2e-4).epsilon(0.05));
  CHECK(at("fit_recombination_resistance") > 0);
  CHECK(at("fit_recombination_capacitance") > 0);
  CHECK(value(result, "recombination_resistance") == Approx(at("fit_recombination_resistance") / 4e-6));
  CHECK(std::isfinite(at("fit_ionic_frequency")));
  const auto& response = result.device->impedance;
  for (std::size_t i = 0; i < result.device->frequencies.size(); ++i) {
    const auto z = 1. / response.admittance[i];
    CHECK(std::abs(result.device->circuits[0].impedance(result.device->frequencies[i]) - z) < 0.06 * std::abs(z));
  }
}

TEST_CASE("the ions' arc is told by what its time goes with, at any frequency", "[device][equivalent_circuit]") {
  const auto read = [](const std::string& bias, const std::string& mobility) {
    auto result = run(led("[[device.impedance]]\nbias = \"" + bias + " V\"\n"),
                      {{"device.layer.1.vacancy_mobility", mobility + " m2/(V s)"}});
    REQUIRE(result.failures.empty());
    return result;
  };
  const auto at = [](const auto& result, const std::string& name) {
    return support::values_of(result, Stage::device, name).at(0);
  };
  const auto quick = read("3", "1e-12"), middle = read("3", "1e-15"), slow = read("3", "1e-19");
  // Above and below any frequency that one could draw a line at: of the loop that late ions make ...
  CHECK(at(quick, "fit_ionic_frequency") > 100);
  CHECK(at(middle, "fit_ionic_frequency") == Approx(1e-3 * at(quick, "fit_ionic_frequency")).epsilon(0.3));
  CHECK(at(quick, "fit_ionic_resistance") < 0);
  CHECK(at(middle, "fit_ionic_resistance") == Approx(at(quick, "fit_ionic_resistance")).epsilon(0.1));
  // ... the recombination resistance knows nothing.
  for (const auto* result : {&quick, &middle}) {
    CHECK(at(*result, "fit_recombination_resistance") ==
          Approx(at(slow, "fit_recombination_resistance")).epsilon(0.02));
    CHECK(std::abs(at(*result, "fit_recombination_ions")) < 0.02);
  }
  const auto mixed = [](const auto& result) {
    int told = 0;
    for (const scenarios::Warning& warning : result.device->warnings)
      told += warning.about.find("carriers and ions share arcs") != std::string::npos ? 1 : 0;
    return told;
  };
  CHECK(mixed(quick) == 0);
  CHECK(mixed(read("4", "1e-10")) == 1);  // as fast as carriers
  // At 0 V all that is left to read is how ions move: 1/mobility, and no recombination.
  const auto at_rest = read("0", "1e-12"), slower = read("0", "1e-15");
  CHECK(at(at_rest, "fit_ionic_frequency") > 100);
  CHECK(at(slower, "fit_ionic_resistance") == Approx(1000 * at(at_rest, "fit_ionic_resistance")).epsilon(0.02));
  for (const auto* result : {&at_rest, &slower}) {
    CHECK(std::isnan(at(*result, "fit_recombination_resistance")));
    CHECK(std::isnan(value(*result, "recombination_resistance")));
  }
}

TEST_CASE("a circuit that does not follow its impedance says so", "[device][equivalent_circuit]") {
  const auto told = [](const char* mobility) {
    const auto result = run(led("[[device.impedance]]\nbias = \"0 V\"\n"),
                            {{"device.layer.1.vacancy_density", "1e26 1/m3"},
                             {"device.layer.1.vacancy_mobility", std::string(mobility) + " m2/(V s)"}});
    REQUIRE(result.failures.empty());
    const bool far = support::values_of(result, Stage::device, "fit_misfit").at(0) > 0.1;
    bool warned = false;
    for (const scenarios::Warning& warning : result.device->warnings)
      warned = warned || warning.text.find("equivalent circuit does not follow") != std::string::npos;
    CHECK(warned == far);
    return warned;
  };
  int warned = 0;
  for (const char* mobility : {"1e-15", "1e-17", "1e-18", "1e-19"}) warned += told(mobility) ? 1 : 0;
  INFO(warned);
  CHECK(warned > 0);
  CHECK(warned < 4);
}

TEST_CASE("what an overlayer heals of the surface reaches the excitons of the LED", "[device][surface]") {
  // li2022: P=O groups of the electron transport layer coordinate the crystals below it.
  const auto plans =
      scenarios::load_plans(scenarios::load_case(support::case_path("li2022")).variants, support::library());
  scenarios::Pipeline pipeline(scenarios::ModelData(support::library()).colour_table());
  std::vector<double> yields, rates, losses;
  for (const scenarios::Plan& plan : plans) {
    if (plan.variant != "led_liq" && plan.variant != "led_tppo" && plan.variant != "led_sppo13") continue;
    const auto result = pipeline.run(plan);
    INFO(plan.variant);
    REQUIRE(result.device);
    for (const device::Layer& layer : result.device->stack.layers) {
      if (!(layer.excitons.radiative > 0)) continue;
      CHECK(layer.excitons.radiative == Approx(result.photophysics->radiative_rate));
      CHECK(layer.excitons.nonradiative == Approx(layer.excitons.radiative * (1 / result.film->plqy - 1)));
      yields.push_back(result.film->plqy), rates.push_back(layer.excitons.nonradiative);
      losses.push_back(result.film->vacancies);
    }
  }
  REQUIRE(yields.size() == 3);
  CHECK(yields[0] == yields[1]);  // the same crystals under the same layer
  CHECK(yields[2] != yields[0]);
  CHECK((rates[2] < rates[0]) == (losses[2] < losses[0]));
}
