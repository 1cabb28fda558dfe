#include "scenarios/load_drift.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/units/constants.hpp"
#include "scenarios/require.hpp"

namespace nacre::scenarios {
namespace {

using io::Inputs;

Segregation segregation_of(const std::string& name) {
  if (name == "off") return Segregation::off;
  if (name == "shuttle") return Segregation::shuttle;
  return name == "both" ? Segregation::both : Segregation::ensemble;
}

Driver driver_of(const std::string& name) {
  if (name == "electrons") return Driver::electrons;
  return name == "majority" ? Driver::majority : Driver::holes;
}

ProtocolStep step_of(const Inputs& inputs, const std::string& table) {
  const auto key = [&](const char* leaf) { return table + "." + leaf; };
  ProtocolStep step;
  if (inputs.given(key("from"))) step.first = inputs.number(key("from"));
  step.voltage = inputs.number(key("voltage"));
  step.increment = inputs.number(key("increment"));
  step.current = inputs.number(key("current"));
  step.light = inputs.number(key("light"));
  step.dwell = inputs.number(key("dwell"));
  step.rest = inputs.number(key("rest"));
  step.cycles = static_cast<int>(inputs.number(key("cycles")));
  step.points = static_cast<int>(inputs.number(key("points")));
  require(step.dwell > 0, inputs, key("dwell"), "a step that takes no time", "a dwell above 0 s");
  require(step.current == 0 || (!inputs.given(key("voltage")) && !inputs.given(key("from")) && step.increment == 0),
          inputs, key("current"), "a current beside a voltage", "one of the two");
  require(std::isnan(step.first) || step.increment > 0, inputs, key("from"), "a staircase without an increment",
          "an increment above 0 V");
  require(step.cycles == 1 || step.rest > 0, inputs, key("cycles"), "cycles without a rest between them",
          "a rest above 0 s, or a longer dwell");
  return step;
}

void read_protocol(const Inputs& inputs, DriftPlan& plan) {
  double voltage = 0;
  for (int i = 0; i < inputs.count("drift.step"); ++i) {
    const std::string table = "drift.step." + std::to_string(i);
    const ProtocolStep step = step_of(inputs, table);
    if (step.increment > 0) {
      const double from = std::isnan(step.first) ? voltage : step.first;
      require(std::abs(step.voltage - from) / step.increment <= 1e5, inputs, table + ".increment",
              "a staircase of more than 100 000 levels", "a longer increment");
      require(std::isnan(step.first) || step.voltage != step.first, inputs, table + ".from",
              "a staircase that ends where it begins", "another voltage");
    }
    if (step.current == 0) voltage = step.voltage;
    plan.protocol.push_back(step);
  }
  require(!plan.protocol.empty(), inputs, "drift", "a protocol without a step",
          "at least one [[drift.step]] with a voltage, a current or light, and a dwell");
}

void read_vacancies(const Inputs& inputs, DriftPlan& plan) {
  plan.vacancies_of_film = inputs.text("drift.vacancies_from") == "film" && !inputs.given("drift.vacancies");
  plan.vacancies = inputs.number("drift.vacancies");
  if (plan.vacancies_of_film) {
    require(inputs.has_table("film") && inputs.has_table("surface"), inputs, "drift",
            "a drift whose vacancies come from no stage", "tables [surface] and [film], or drift.vacancies");
    return;
  }
  require(inputs.given("drift.vacancies"), inputs, "drift.vacancies_from", "vacancies given by hand, and none given",
          "drift.vacancies");
  require(!inputs.given("drift.vacancies_from") || inputs.text("drift.vacancies_from") == "given", inputs,
          "drift.vacancies", "vacancies by hand beside those of the film", "one of the two");
}

bool emits_light_of_crystals(const Inputs& inputs) {
  for (int i = 0; i < inputs.count("device.layer"); ++i)
    if (inputs.text("device.layer." + std::to_string(i) + ".emission") == "confinement") return true;
  return false;
}

/// The law of the device's data with the gaps of this material.
void fill_law(DriftPlan& plan, const Plan& whole,
              const std::function<materials::Material(const materials::Composition&)>& ends) {
  materials::Composition iodide = whole.treated.composition, bromide = iodide, half = iodide;
  iodide.iodide = 1, iodide.bromide = 0;
  bromide.iodide = 0, bromide.bromide = 1;
  half.iodide = half.bromide = 0.5;
  device::ExchangeLaw& law = plan.data.law;
  if (whole.treated.composition.iodide > 0 && whole.treated.composition.bromide > 0) {
    law.gap.iodide = materials::gap(ends(iodide), whole.temperature);
    law.gap.bromide = materials::gap(ends(bromide), whole.temperature);
    law.gap.bowing = 2 * (law.gap.iodide + law.gap.bromide) - 4 * materials::gap(ends(half), whole.temperature);
  } else {  // one halide: no other gap is ever asked for
    law.gap.iodide = law.gap.bromide = materials::gap(whole.treated, whole.temperature);
  }
  device::ShuttleLaw& shuttle = plan.data.shuttle;
  shuttle.bromide_mobility = law.bromide_mobility;
  shuttle.interaction = law.interaction;
  shuttle.temperature = law.temperature;
}

}  // namespace

DriftPlan load_drift(const Inputs& inputs, ModelData& data, const Plan& whole,
                     const std::function<materials::Material(const materials::Composition&)>& ends) {
  require(inputs.has_table("confinement"), inputs, "drift", "a drift without [confinement]",
          "a table [confinement], which says how its crystals emit");
  require(whole.treated.composition.chloride == 0, inputs, "drift", "a drift of crystals with chloride",
          "iodide and bromide alone");
  require(inputs.text("confinement.shape") != "platelet", inputs, "drift", "a drift of platelets", "cubes or spheres");
  DriftPlan plan;
  plan.segregation = segregation_of(inputs.text("drift.segregation"));
  plan.carriers = inputs.text("drift.carriers") == "device" ? CarrierSource::device : CarrierSource::law;
  require(plan.carriers == CarrierSource::law || emits_light_of_crystals(inputs), inputs, "drift.carriers",
          "carriers of a device without a layer of these crystals",
          "[device] with a layer that has emission = \"confinement\"");
  plan.back_action = inputs.flag("drift.back_action");
  require(!plan.back_action || plan.carriers == CarrierSource::device, inputs, "drift.back_action",
          "an effect on a device that gives no carriers", "drift.carriers = \"device\"");
  plan.driver = driver_of(inputs.text("drift.driven_by"));
  plan.ions = inputs.text("drift.ions") == "layer" ? LayerIons::of_layer : LayerIons::of_exchange;
  for (const char* key : {"drift.driven_by", "drift.ions"})
    require(plan.carriers == CarrierSource::device || !inputs.given(key), inputs, key,
            "a choice about a device where a law gives the carriers", "drift.carriers = \"device\"");
  for (const char* key : {"drift.susceptibility", "drift.onset", "drift.current"})
    require(plan.carriers == CarrierSource::law || !inputs.given(key), inputs, key,
            "a law of the carriers beside those of the device",
            "one of the two: drift.carriers = \"law\", or [device]");
  plan.by_law = {inputs.number("drift.susceptibility"), inputs.number("drift.onset"), inputs.number("drift.current")};
  const io::Value name = inputs.at("drift.exchange");
  plan.data = data.exchange({name.text, name.given ? name.where : inputs.where("drift"), name.key});
  plan.data.law.temperature = inputs.number("drift.temperature");
  plan.spectra_temperature = whole.temperature;
  fill_law(plan, whole, ends);
  read_vacancies(inputs, plan);
  require(plan.carriers == CarrierSource::law || !inputs.given("drift.thickness"), inputs, "drift.thickness",
          "a thickness beside that of the device's layer", "one of the two: that of the layer in [device]");
  plan.thickness = inputs.number("drift.thickness");
  plan.spacing = inputs.number("drift.crystal_spacing");
  plan.rich = inputs.number("drift.rich_above");
  plan.depths = static_cast<std::size_t>(inputs.number("drift.depths"));
  if (inputs.given("drift.classes")) plan.classes = static_cast<int>(inputs.number("drift.classes"));
  plan.cells = inputs.given("drift.cells") ? static_cast<int>(inputs.number("drift.cells"))
                                           : device::enough_cells(plan.data.law, whole.treated.composition.iodide);
  plan.tolerance = inputs.number("drift.tolerance");
  read_protocol(inputs, plan);
  return plan;
}

std::vector<ProtocolHold> holds_of(const std::vector<ProtocolStep>& steps) {
  std::vector<ProtocolHold> holds;
  double at = 0;
  for (const ProtocolStep& step : steps) {
    std::vector<double> levels;
    if (step.increment > 0) {
      const bool given = !std::isnan(step.first);
      const double from = given ? step.first : at, way = step.voltage - from;
      const double count = std::abs(way) / step.increment;
      for (int i = given ? 0 : 1; i < count - 1e-9; ++i)
        levels.push_back(from + std::copysign(step.increment * i, way));
    }
    levels.push_back(step.voltage);
    for (const double level : levels)
      for (int cycle = 0; cycle < step.cycles; ++cycle) {
        holds.push_back({level, step.current, step.light, step.dwell, step.points});
        if (step.rest > 0) holds.push_back({0, 0, 0, step.rest, 0});
      }
    if (step.current == 0) at = step.voltage;
  }
  return holds;
}

}  // namespace nacre::scenarios
