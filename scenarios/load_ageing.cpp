#include "scenarios/load_ageing.hpp"

#include <string>

#include "scenarios/require.hpp"

namespace nacre::scenarios {
namespace {

using io::Inputs;

void read_held(const Inputs& inputs, AgeingPlan& plan) {
  plan.by_device = inputs.text("ageing.carriers") == "device";
  require(!plan.by_device || inputs.has_table("device"), inputs, "ageing.carriers",
          "a device that the case does not have", "a table [device], or ageing.carriers = \"law\"");
  plan.current = inputs.number("ageing.current");
  plan.luminance = inputs.number("ageing.luminance");
  plan.voltage = inputs.number("ageing.voltage");
  const int held = (inputs.given("ageing.current") && plan.current > 0) + (plan.luminance > 0) + (plan.voltage > 0);
  require(held <= 1, inputs, "ageing", "more than one of current, luminance and voltage", "the one that is held");
  if (plan.luminance > 0) plan.held = AgeingHeld::luminance;
  if (plan.voltage > 0) plan.held = AgeingHeld::voltage;
  require(plan.held == AgeingHeld::current || plan.by_device, inputs,
          plan.voltage > 0 ? "ageing.voltage" : "ageing.luminance", "a voltage or luminance without a device",
          "ageing.current, or ageing.carriers = \"device\"");
  require(plan.held != AgeingHeld::current || plan.current > 0, inputs, "ageing.current", "no current",
          "a current density above 0");
  plan.exciton_share = inputs.number("ageing.exciton_share");
}

void read_start(const Inputs& inputs, AgeingPlan& plan) {
  plan.vacancies = inputs.number("ageing.vacancies");
  plan.yield = inputs.number("ageing.yield");
  const bool by_hand = inputs.given("ageing.vacancies") || inputs.given("ageing.yield");
  plan.of_film = inputs.text("ageing.vacancies_from") == "film" && !by_hand;
  if (plan.of_film) {
    require(inputs.has_table("film") && inputs.has_table("surface"), inputs, "ageing",
            "an ageing whose vacancies come from no stage",
            "tables [surface] and [film], or ageing.vacancies and ageing.yield");
    return;
  }
  require(plan.vacancies > 0 && inputs.given("ageing.yield"), inputs, "ageing.vacancies",
          "vacancies and a yield by hand, and not both are given", "ageing.vacancies above 0 and ageing.yield");
}

/// What drifts at a rate in proportion to the vacancies, under one drive, keeps step with them.
void read_drift(const Inputs& inputs, AgeingPlan& plan) {
  plan.with_drift = inputs.has_table("drift") && inputs.flag("ageing.drift");
  if (!plan.with_drift) return;
  const std::string segregation = inputs.text("drift.segregation");
  require(segregation == "ensemble" || segregation == "off", inputs, "ageing.drift",
          "the drift of a " + segregation + ", whose rates are not those of the vacancies alone",
          "drift.segregation = \"ensemble\", or ageing.drift = false");
  const std::string step = "drift.step.0.";
  const bool one = inputs.count("drift.step") == 1 && inputs.number(step + "increment") == 0 &&
                   inputs.number(step + "light") == 0 && inputs.number(step + "rest") == 0;
  require(one, inputs, "ageing.drift", "a drift with more than one level, with light or with rests",
          "one [[drift.step]] that holds a current or a voltage, or ageing.drift = false");
  const bool knows_current = inputs.text("drift.carriers") == "device" || inputs.number("drift.current") > 0;
  require(plan.held == AgeingHeld::voltage || knows_current, inputs, "ageing.drift",
          "a held current, and a drift by a law that knows no current",
          "drift.current above 0, drift.carriers = \"device\", or ageing.drift = false");
}

}  // namespace

AgeingPlan load_ageing(const Inputs& inputs) {
  AgeingPlan plan;
  read_held(inputs, plan);
  read_start(inputs, plan);
  read_drift(inputs, plan);
  if (inputs.text("ageing.damage_by") == "recombination") plan.by = DamageBy::recombination;
  if (inputs.text("ageing.damage_by") == "vacancies") plan.by = DamageBy::vacancies;
  plan.damage = inputs.number("ageing.damage");
  plan.ligand_barrier = inputs.number("ageing.ligand_barrier");
  plan.temperature = inputs.number("ageing.temperature");
  plan.zone = inputs.number("ageing.zone");
  require(plan.zone > 0 || plan.by_device, inputs, "ageing.zone", "no thickness", "a thickness above 0 nm");
  plan.until = inputs.number("ageing.until");
  plan.longest = inputs.number("ageing.longest");
  plan.points = static_cast<int>(inputs.number("ageing.points"));
  plan.states = static_cast<int>(inputs.number("ageing.states"));
  return plan;
}

}  // namespace nacre::scenarios
