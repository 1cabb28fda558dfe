#include "scenarios/drift_inputs.hpp"

#include "scenarios/append.hpp"

namespace nacre::scenarios {
namespace {

using io::Holds;
using io::InputRow;
using io::Range;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Range not_negative{0, infinite, false};
constexpr Range positive{0, infinite, true};
constexpr Range bias{-100, 100, false};
constexpr Range time{0, 1e9, false};

InputRow row(std::string key, Holds holds, std::string unit, Range range, std::string standard, std::string meaning) {
  return {std::move(key), holds, std::move(unit), range, {}, std::move(standard), std::move(meaning)};
}

InputRow quantity(std::string key, std::string unit, Range range, std::string standard, std::string meaning) {
  return row(std::move(key), Holds::quantity, std::move(unit), range, std::move(standard), std::move(meaning));
}

InputRow choice(std::string key, std::vector<std::string> choices, std::string standard, std::string meaning) {
  return {std::move(key), Holds::choice, "", {}, std::move(choices), std::move(standard), std::move(meaning)};
}

std::vector<InputRow> law_rows() {
  return {
      choice("drift.segregation", {"off", "ensemble", "shuttle", "both"}, "\"ensemble\"",
             "What separates the halides: nothing, carriers that gather in iodide-rich domains (exchange between "
             "crystals in equilibrium with them), holes that oxidise iodide (redox shuttle), or both."),
      row("drift.exchange", Holds::text, "", {}, "\"lead-mixed-halide\"",
          "Data of the exchange of halides: exchange/NAME.toml."),
      choice("drift.carriers", {"law", "device"}, "\"law\"",
             "Where the carriers of the emitting layer come from: susceptibility and onset, or the solution of "
             "[device], whose layer with emission = \"confinement\" it is."),
      choice("drift.driven_by", {"holes", "electrons", "majority"}, "\"holes\"",
             "Which carriers of the device gather where iodide is rich: one kind, or on each monolayer those that are "
             "more."),
      choice("drift.ions", {"exchange", "layer"}, "\"exchange\"",
             "Mobile ions of the device's layer while it drifts, at rest in every state: the vacancies that halides "
             "are exchanged through, or what [[device.layer]] says."),
      row("drift.back_action", Holds::boolean, "", {}, "false",
          "Whether the gap where carriers are, as it changes, changes the bands of the device's layer: its carriers "
          "are "
          "then computed anew after every 10 meV."),
      quantity("drift.susceptibility", "1/V", not_negative, "\"1.15 1/V\"",
               "Carriers a crystal of the monolayer where they gather, per volt beyond the onset; this and the onset, "
               "assumed: as "
               "holes gather in the LED of yang2020 (crystals of 11.4 nm)."),
      quantity("drift.onset", "V", bias, "\"4.58 V\"", "Bias from which they gather."),
      quantity("drift.current", "mA/cm2", not_negative, "\"19 mA/cm2\"",
               "Current density 1 V beyond the onset, for the law; it grows with the square."),
      choice("drift.vacancies_from", {"film", "given"}, "\"film\"",
             "Whether the halide vacancies are those that the recipe leaves on the crystals of [film]."),
      quantity("drift.vacancies", "1/m3", {0, 1e28, false}, "\"0 1/m3\"",
               "Halide vacancies per volume, given by hand: fewer than halide sites."),
  };
}

std::vector<InputRow> layer_rows() {
  return {
      quantity("drift.temperature", "K", {100, 700, false}, "\"298.15 K\"", "Of the exchange."),
      quantity("drift.thickness", "nm", {0, 1e6, true}, "\"30 nm\"",
               "Of the layer of crystals, where no [device] says it."),
      quantity("drift.crystal_spacing", "nm", {0, 20, false}, "\"1.5 nm\"",
               "Between the surfaces of neighbouring crystals: with their size the pitch of the monolayers."),
      row("drift.rich_above", Holds::number, "1", {0, 1, false}, "0.85",
          "Iodide fraction above which a domain counts as rich."),
      row("drift.depths", Holds::integer, "1", {1, 100, false}, "1",
          "Of the ensemble: 1 mixes the whole layer; otherwise the first monolayer, from the anode's side, and even "
          "shares of the rest, with exchange between them. \"both\" takes the monolayers."),
      {"drift.classes",
       Holds::integer,
       "1",
       {1, 100, false},
       {},
       std::nullopt,
       "Classes of sizes that carriers see; all other crystals are one more.",
       "9, and 27 where the middle two thirds of the crystals spread over more than 1.7 kT (15 % of 5 nm): within 0.5 "
       "nm"},
      {"drift.cells",
       Holds::integer,
       "1",
       {10, 10000, false},
       {},
       std::nullopt,
       "Of the iodide fraction, narrower where iodide is rich.",
       "120, and more where films poor in iodide or large domains need them for 0.3 nm"},
      row("drift.tolerance", Holds::number, "1", {1e-8, 1, false}, "1e-2",
          "Share of the domains by which a step in time may be wrong."),
  };
}

std::vector<InputRow> protocol_rows() {
  const std::string step = "drift.step.*.";
  return {
      quantity(step + "voltage", "V", bias, "\"0 V\"", "Where the bias goes in this step of the protocol."),
      {step + "from",
       Holds::quantity,
       "V",
       bias,
       {},
       std::nullopt,
       "First level of a staircase.",
       "one increment beyond the last step's bias"},
      quantity(step + "increment", "V", {0, 100, false}, "\"0 V\"",
               "Of a staircase to the voltage; 0: the bias goes there at once."),
      quantity(step + "current", "mA/cm2", {0, 1e6, false}, "\"0 mA/cm2\"",
               "Current density that is held instead of a voltage; 0: none."),
      quantity(step + "light", "mW/cm2", {0, 1e6, false}, "\"0 mW/cm2\"",
               "Light on the film, which takes iodide out of it; the spectra are then photoluminescence."),
      {step + "dwell", Holds::quantity, "s", time, {}, std::nullopt, "How long every level is held."},
      quantity(step + "rest", "s", time, "\"0 s\"", "In the dark without bias after every dwell (pulses)."),
      row(step + "cycles", Holds::integer, "1", {1, 100000, false}, "1", "Of dwell and rest on every level."),
      row(step + "points", Holds::integer, "1", {1, 10000, false}, "1",
          "Spectra kept of every dwell, even in time, the last at its end."),
  };
}

}  // namespace

std::vector<InputRow> drift_inputs() {
  std::vector<InputRow> rows = law_rows();
  append(rows, layer_rows());
  append(rows, protocol_rows());
  return rows;
}

}  // namespace nacre::scenarios
