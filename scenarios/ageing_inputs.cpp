#include "scenarios/ageing_inputs.hpp"

#include <limits>

#include "scenarios/append.hpp"

namespace nacre::scenarios {
namespace {

using io::Holds;
using io::InputRow;
using io::Range;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Range not_negative{0, infinite, false};

InputRow row(std::string key, Holds holds, std::string unit, Range range, std::string standard, std::string meaning) {
  return {"ageing." + key, holds, std::move(unit), range, {}, std::move(standard), std::move(meaning)};
}

InputRow choice(std::string key, std::vector<std::string> choices, std::string standard, std::string meaning) {
  return {"ageing." + key, Holds::choice, "", {}, std::move(choices), std::move(standard), std::move(meaning)};
}

std::vector<InputRow> held_rows() {
  return {
      choice("carriers", {"law", "device"}, "\"law\"",
             "Whether the current makes excitons at a given share, or the device is solved for as it ages."),
      row("current", Holds::quantity, "mA/cm2", not_negative, "\"10 mA/cm2\"", "Current density that is held."),
      row("luminance", Holds::quantity, "cd/m2", not_negative, "\"0 cd/m2\"",
          "Luminance of the fresh device, whose current there is held instead; 0: none."),
      row("voltage", Holds::quantity, "V", not_negative, "\"0 V\"",
          "Voltage that is held instead of a current; 0: none."),
      row("exciton_share", Holds::number, "1", {0, 1, true}, "1", "Excitons a carrier of the current, for the law."),
  };
}

std::vector<InputRow> damage_rows() {
  return {
      choice("damage_by", {"losses", "recombination", "vacancies"}, "\"losses\"",
             "Which events make vacancies: those that make no photon; every recombination; or every recombination in "
             "proportion to the vacancies that are there (1/yield - 1 times)."),
      row("damage", Holds::number, "1", {0, 1, true}, "1e-9",
          "Vacancies made by an event; assumed: nothing but a lifetime says it."),
      row("ligand_barrier", Holds::quantity, "meV", {-1000, 1000, false}, "\"0 meV\"",
          "What a ligand adds to the energy of making one: divides the damage by exp(E/kT)."),
      row("temperature", Holds::quantity, "K", {100, 700, false}, "\"298.15 K\"", "At which it ages."),
      row("zone", Holds::quantity, "nm", not_negative, "\"30 nm\"",
          "Thickness in which carriers recombine; with a device 0 is that of the layer that emits."),
      choice("vacancies_from", {"film", "given"}, "\"film\"",
             "Whether yield and vacancies at the start are those that the recipe leaves on the crystals of [film]."),
      row("vacancies", Holds::quantity, "1/m3", {0, 1e28, false}, "\"0 1/m3\"",
          "Halide vacancies at the start, by hand: fewer than halide sites."),
      row("yield", Holds::number, "1", {0, 1, true}, "1", "Quantum yield of the crystals at the start, by hand."),
      row("drift", Holds::boolean, "", {}, "true",
          "Whether a case that has [drift] shows its colours as it ages, vacancies speeding up the exchange."),
  };
}

std::vector<InputRow> course_rows() {
  return {
      row("until", Holds::number, "1", {1e-6, 0.999, false}, "0.4", "Share of the first luminance at which it ends."),
      row("longest", Holds::quantity, "h", not_negative, "\"0 h\"", "Time after which it ends; 0: none."),
      row("points", Holds::integer, "1", {2, 100000, false}, "60",
          "Of the course, even in the logarithm of the vacancies."),
      row("states", Holds::integer, "1", {2, 50, false}, "4",
          "Of the ageing device that are solved for; between them logarithms are interpolated."),
  };
}

}  // namespace

std::vector<InputRow> ageing_inputs() {
  std::vector<InputRow> rows = held_rows();
  append(rows, damage_rows());
  append(rows, course_rows());
  return rows;
}

}  // namespace nacre::scenarios
