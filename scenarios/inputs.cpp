#include "scenarios/inputs.hpp"

#include <algorithm>
#include <utility>

#include "engine/io/input_listing.hpp"
#include "models/confinement/photophysics.hpp"
#include "scenarios/ageing_inputs.hpp"
#include "scenarios/append.hpp"
#include "scenarios/drift_inputs.hpp"
#include "scenarios/layer_rows.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

using io::Holds;
using io::InputRow;
using io::Range;
using Standard = std::optional<std::string>;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Range any{};
constexpr Range not_negative{0, infinite, false};
constexpr Range positive{0, infinite, true};
// Beyond a micrometre nothing is a nanocrystal, and sums over states have no end.
constexpr Range edge{0, 1000, true};
constexpr Range edge_or_none{0, 1000, false};

InputRow quantity(std::string key, std::string unit, Range range, Standard standard, std::string meaning) {
  return {std::move(key), Holds::quantity, std::move(unit), range, {}, std::move(standard), std::move(meaning)};
}
InputRow number(std::string key, Range range, Standard standard, std::string meaning) {
  return {std::move(key), Holds::number, "1", range, {}, std::move(standard), std::move(meaning)};
}
InputRow integer(std::string key, Range range, Standard standard, std::string meaning) {
  return {std::move(key), Holds::integer, "1", range, {}, std::move(standard), std::move(meaning)};
}
InputRow flag(std::string key, Standard standard, std::string meaning) {
  return {std::move(key), Holds::boolean, "", any, {}, std::move(standard), std::move(meaning)};
}
InputRow text(std::string key, Standard standard, std::string meaning) {
  return {std::move(key), Holds::text, "", any, {}, std::move(standard), std::move(meaning)};
}
InputRow choice(std::string key, std::vector<std::string> choices, Standard standard, std::string meaning) {
  return {std::move(key), Holds::choice, "", any, std::move(choices), std::move(standard), std::move(meaning)};
}

std::vector<InputRow> general_rows() {
  return {
      integer("schema", {1, 1, false}, std::nullopt, "Version of this form of case."),
      text("title", "\"\"", "What the case is about."),
      text("paper", "\"\"",
           "Name of the paper that the case follows; `nacre reproduce` compares it with targets/NAME.toml."),
      {"fits",
       Holds::list,
       "",
       any,
       {},
       "[]",
       "Records that `nacre fit` wrote, relative to the case: their numbers take the place of those of case and data."},
      text("material.composition", std::nullopt,
           "Formula A Pb X3 of Cs, FA, MA and Cl, Br, I, such as CsPbBr3, CsPb(I0.67Br0.33)3 or Cs0.7FA0.3PbBr3."),
      text("material.alloy", "\"iodide-bromide\"", "Data of the bowing of mixed halides: alloys/NAME.toml."),
      text("material.chloride_alloy", "\"bromide-chloride\"",
           "Data of the bowing of bromide with chloride: alloys/NAME.toml."),
  };
}

std::vector<InputRow> flask_rows() {
  return {
      choice("synthesis.model", {"becker-doering", "classical-nucleation", "finke-watzky"}, "\"becker-doering\"",
             "How nucleation and growth are computed; the last two are cheap comparisons."),
      text("synthesis.kinetics", "\"insoluble\"", "Data of the kinetic constants: kinetics/NAME.toml."),
      text("synthesis.solvent", std::nullopt, "Data of the solvent: solvents/NAME.toml."),
      text("synthesis.ligand", std::nullopt, "Data of the ligands: ligands/NAME.toml."),
      quantity(
          "synthesis.facet_gate", "nm", edge_or_none, "\"0 nm\"",
          "Edge over which ligands on the facets slow attachment by 1/e, an assumption in place of the ligand's datum; "
          "the shorter, the narrower the sizes; 0 nm: no gate."),
      quantity("synthesis.precursor", "mol/m3", positive, std::nullopt,
               "All precursor, as formula units of the crystal per volume of the pot."),
      quantity("synthesis.supply_time", "s", positive, std::nullopt,
               "Time constant of the supply of monomer: mixing of an injection, or conversion of the precursor."),
      number("synthesis.halide_excess", {0.01, 100, false}, "1.0",
             "Free halide relative to the recipe that the solubility was fitted to; the solubility falls as its third "
             "power."),
      quantity("synthesis.layer_removed", "nm", edge_or_none, "\"0 nm\"",
               "What cleaning takes off every edge afterwards."),
      quantity("synthesis.counted_from", "nm", edge, "\"1 nm\"",
               "Smallest edge that a microscope counts as a crystal."),
      quantity("synthesis.start_temperature", "K", {100, 700, false}, std::nullopt,
               "Of the pot, right after the injection."),
      quantity("synthesis.bath.*.temperature", "K", {100, 700, false}, std::nullopt, "Of the bath."),
      quantity("synthesis.bath.*.time_constant", "s", not_negative, "\"0 s\"",
               "Of the pot's approach to the bath's temperature; 0 means at once."),
      quantity("synthesis.bath.*.duration", "s", {0, 1e9, true}, std::nullopt, "How long the pot stays in this bath."),
      quantity("synthesis.finke_watzky.nucleation", "1/s", positive, std::nullopt, "Rate constant of A -> B."),
      quantity("synthesis.finke_watzky.growth", "m3/(mol s)", positive, std::nullopt, "Rate constant of A + B -> 2 B."),
  };
}

std::vector<InputRow> numerical_rows() {
  return {
      quantity("synthesis.largest_edge", "nm", edge, "\"16 nm\"",
               "Of the size grid; the run fails when crystals reach it."),
      number("synthesis.relative_tolerance", {1e-8, 0.1, false}, "1e-3", "Of the integration over time."),
      integer("synthesis.discrete_sizes", {4, 20000, false}, "60",
              "Clusters up to so many formula units have one unknown each."),
      integer("synthesis.unknowns", {50, 50000, false}, "300", "Of the whole size grid."),
      integer("synthesis.output_times", {2, 10000, false}, "120",
              "Points in time that are kept, logarithmic within each bath."),
  };
}

std::vector<InputRow> surface_rows() {
  return {
      text("surface.chemistry", "\"oleic-acid-oleylamine\"", "Data of what binds to the surface: surfaces/NAME.toml."),
      quantity("surface.temperature", "K", {100, 700, false}, "\"298.15 K\"",
               "At which the crystals are born, for a case without [synthesis]."),
      number(
          "surface.cation_per_lead", {0, 10, false}, "0",
          "AX to PbX2 in the flask: the halide that the crystals need more than this is missing on their surface; 0: "
          "halide is a reservoir."),
      number("surface.open_share", {0, 1, false}, "0",
             "Share of halide sites without a halide at birth, by hand; 0: that of equilibrium."),
      number("surface.incomplete_layers", {0, 1, false}, "0",
             "Share of halide sites that lies open under unfinished layers in addition."),
      flag("surface.extrapolate", "false",
           "Take every treatment beyond its data as it stands: doses, surpluses, compositions, a second washing; "
           "otherwise doses are held to the range and the rest is left out. A warning says so in both cases."),
      text("surface.treatment.*.name", std::nullopt,
           "Data of a treatment: treatments/NAME.toml; treatments follow one another in the order of the file."),
      number("surface.treatment.*.dose", {0, 1e6, false}, "1",
             "How much of it, 0 for none; what is counted is said by the data: a ratio of salts, a relative polarity, "
             "..."),
      number("surface.treatment.*.bromide", {0, 1e6, false}, "0",
             "Bromide that the medium of this step holds per formula unit of the crystals, beside what earlier steps "
             "left there: crystals take no more halide than is around them."),
      flag("surface.treatment.*.extrapolate", "false", "The same as surface.extrapolate for this step alone."),
  };
}

std::vector<InputRow> optical_rows() {
  return {
      choice("sizes.source", {"synthesis", "given"}, "\"synthesis\"",
             "Where the sizes for the spectrum come from; \"given\" where the case has no [synthesis]."),
      quantity("sizes.mean", "nm", edge_or_none, "\"0 nm\"",
               "Mean edge or diameter of given sizes (a normal distribution)."),
      quantity("sizes.standard_deviation", "nm", edge_or_none, "\"0 nm\"", "Of given sizes."),
      quantity("confinement.temperature", "K", {1, 700, false}, "\"298.15 K\"", "At which the spectra are taken."),
      text("confinement.sizing", "\"none\"", "Data of how a microscope's sizes become optical ones: sizing/NAME.toml."),
      choice("confinement.shape", {"material", "cube", "sphere", "platelet"}, "\"material\"",
             "Of the crystals; \"material\": as its data say; the sizes of platelets are their lateral edges."),
      number("confinement.aspect_ratio", {0.1, 10, false}, "1.0", "Height over edge of cuboids on a square."),
      integer("confinement.monolayers", {0, 50, false}, "0", "Thickness of platelets, in cells of the lattice."),
      number("confinement.outside_permittivity", {1, 100, false}, "2.2",
             "Relative permittivity around platelets; 2.2 is that of hydrocarbons."),
      choice("confinement.weighting", {"number", "volume", "funnelling"}, "\"number\"",
             "Which crystals emit: all alike, by what they absorb, or by that and then passed on to lower energies."),
      integer("confinement.hops", {0, 1000, false}, "3", "Neighbours that an exciton tries under funnelling."),
      number("confinement.lorentz_share", {0, 1, false}, "0.05", "Lorentzian part of the area of one crystal's line."),
  };
}

std::vector<InputRow> photophysical_rows() {
  return {
      text("photophysics.emitter", std::nullopt,
           "Data of the family of emitters, its radiative rate and traps: emitters/NAME.toml."),
      choice("photophysics.trap_source", {"surface", "given", "plqy"}, "\"surface\"",
             "Where the density of traps comes from; \"given\" by hand, also where the case has no [surface] (beside "
             "one the case has to say so); \"plqy\": from a quantum yield given by hand."),
      quantity("photophysics.trap_density", "1/nm2", {0, 100, false}, "\"0 1/nm2\"",
               "Mean number of traps per area of the crystals' surface."),
      number("photophysics.traps_per_crystal", {0, 1e5, false}, "0",
             "Mean number of traps of a crystal of the mean edge, instead of a density."),
      number("photophysics.plqy", {0, 1, true}, "1.0", "Quantum yield that the trap density is computed from."),
      quantity("photophysics.other_loss_rate", "1/ns", not_negative, "\"0 1/ns\"",
               "Second non-radiative path, the same in every crystal."),
      quantity("photophysics.quenching_energy", "meV", not_negative, "\"0 meV\"",
               "Activation energy of capture by traps; 0: the binding energy of the exciton, which has to part first."),
      flag("photophysics.extrapolate", "false",
           "Extend the law of Auger lifetimes beyond the sizes of its data; otherwise the end of their range is taken. "
           "A warning says so in both cases."),
      number("photophysics.excitons", {0, confinement::most_excitons, false}, "0",
             "Mean number of excitons per crystal after a pulse; 0: weak excitation."),
      number("photophysics.charged_share", {0, 1, false}, "0",
             "Share of crystals with one carrier too many, in which excitations are trions."),
      quantity("photophysics.first_time", "ps", positive, "\"1 ps\"", "First point of the decay curve after 0."),
      number("photophysics.decades", {1, 20, false}, "10", "Decades of time that the decay curve spans."),
      integer("photophysics.times_per_decade", {1, 1000, false}, "32", "Points of the decay curve."),
  };
}

std::vector<InputRow> instrument_rows() {
  return {
      integer("instruments.seed", {0, 1e9, false}, "1", "Of all measurement noise: equal seeds give equal readings."),
      number("instruments.absorption.noise", {0, 1, false}, "0",
             "Standard deviation of the absorption, over its largest value."),
      quantity("instruments.absorption.fitted_range", "eV", positive, "\"0.4 eV\"",
               "How far above the first transition absorption edges are fitted."),
      number("instruments.urbach.lowest", {1e-6, 1, false}, "0.01",
             "An Urbach plot is read from this share of the absorption at the edge ..."),
      number("instruments.urbach.highest", {1e-6, 1, false}, "0.1", "... to this one."),
      quantity("instruments.trpl.response", "ns", not_negative, "\"0.2 ns\"",
               "Full width at half maximum of the photon counter's response."),
      quantity("instruments.trpl.window", "ns", not_negative, "\"0 ns\"",
               "Time that is recorded; 0: eight mean lifetimes."),
      integer("instruments.trpl.channels", {50, 100000, false}, "1000", "Of the photon counter."),
      number("instruments.trpl.peak_counts", {0, 1e9, false}, "0",
             "Counts in the highest channel, which set the counting noise; 0: no noise."),
      number("instruments.trpl.background", {0, 1e9, false}, "0", "Counts in every channel that are not the sample's."),
      integer("instruments.trpl.components", {1, 4, false}, "2", "Exponentials that are fitted to the decay."),
      choice("instruments.trpl.averaging", {"amplitude", "intensity"}, "\"amplitude\"",
             "How their lifetimes become one: sum A tau/sum A, or sum A tau^2/sum A tau."),
      quantity("instruments.quenching.coldest", "K", {1, 1000, false}, "\"80 K\"", "Of the series of temperatures."),
      quantity("instruments.quenching.hottest", "K", {1, 1000, false}, "\"300 K\"", "Of the series of temperatures."),
      integer("instruments.quenching.temperatures", {4, 1000, false}, "12", "In the series."),
      number("instruments.quenching.noise", {0, 1, false}, "0", "Standard deviation of an intensity, over its value."),
      integer("instruments.tem.particles", {2, 1000000, false}, "200", "Measured on the microscope's pictures."),
      quantity("instruments.tem.error", "nm", not_negative, "\"0.1 nm\"", "Standard deviation of one measurement."),
      integer("instruments.tem.bins", {1, 1000, false}, "16", "Of the histogram."),
      quantity("instruments.xrd.wavelength", "nm", positive, "\"0.15406 nm\"", "Of the X-rays; copper K-alpha."),
      integer("instruments.xrd.reflection", {1, 100, false}, "1", "h^2 + k^2 + l^2 in the cubic cell."),
      quantity("instruments.xrd.instrument_width", "deg", not_negative, "\"0.1 deg\"",
               "Full width at half maximum that a large crystal's peak has."),
      number("instruments.xrd.shape_factor", {0, 2, true}, "0.9", "K of Scherrer's formula."),
      number("instruments.bleach.weak", {0, 1, true}, "0.05",
             "Excitons per crystal of the weak pump in transient absorption."),
      number("instruments.bleach.strong", {0, confinement::most_excitons, true}, "1.0", "Of the strong pump."),
  };
}

std::vector<InputRow> film_rows() {
  return {
      number("film.packing", {0, 1, true}, "0.64", "Share of the film's volume that is crystal; 0.64: random packing."),
      number("film.hops", {0, 1000, false}, "3",
             "Hops of an exciton in its lifetime, to neighbours in resonance; a Stokes shift leaves fewer."),
      text("film.ageing", "\"lead-halide\"", "Data of what air and light do to a film: ageing/NAME.toml."),
      quantity("film.air_time", "h", not_negative, "\"0 h\"", "Time in air."),
      quantity("film.light_time", "min", not_negative, "\"0 min\"", "Time under ultraviolet light, by itself."),
  };
}

/// Examples for required keys, where the one made from the row alone would not run: MAPbBr3 by reprecipitation, which
/// the default kinetics were fitted to.
const std::vector<std::pair<std::string, std::string>>& examples() {
  static const std::vector<std::pair<std::string, std::string>> list{
      {"composition", "\"MAPbBr3\""},
      {"name", "\"ammonium-bromide\""},
      {"solvent", "\"toluene\""},
      {"ligand", "\"oleic-acid-octylamine\""},
      {"precursor", "\"0.654 mol/m3\""},
      {"supply_time", "\"1.8 ms\""},
      {"emitter", "\"methylammonium-lead-bromide\""},
      {"start_temperature", "\"298.15 K\""},
      {"temperature", "\"298.15 K\""},
      {"duration", "\"900 s\""},
      {"bias", "\"3 V\""},
      {"dwell", "\"180 s\""},
  };
  return list;
}

/// Lines of keys that have a default, which the crystals of the examples need otherwise.
const std::vector<std::pair<std::string, std::string>>& put_in_use() {
  static const std::vector<std::pair<std::string, std::string>> list{
      {"# chemistry = ", "chemistry = \"oleic-acid-octylamine\"   # of MAPbBr3 by reprecipitation: put yours"},
      {"# cation_per_lead = ", "cation_per_lead = 0.8333   # put yours"},
  };
  return list;
}

/// A line of the template with its value replaced by the example for its key; other commented lines stay as they are.
std::string with_example(const std::string& line) {
  if (line.starts_with("schema = ")) return "schema = 1";
  for (const auto& [start, used] : put_in_use())
    if (line.starts_with(start)) return used;
  for (const auto& [key, example] : examples()) {
    if (!line.starts_with(key + " = ")) continue;
    const std::size_t comment = line.find("   #");
    return key + " = " + example + (comment == std::string::npos ? "" : line.substr(comment));
  }
  return line;
}

/// A stack to start from, for after the keys of its layers: with the crystals of the case, or with a line instead.
std::string starting_stack(bool crystals) {
  const std::string light = crystals ? "emission = \"confinement\"\ngap = \"confinement\"\nstates = \"crystals\"\n"
                                     : "emission = \"line\"\nemission_wavelength = \"520 nm\"\n"
                                       "emission_width = \"20 nm\"\n";
  std::string text = "\n# A stack to start from: put yours.\n";
  const std::vector<std::pair<std::string, std::string>> layers{{"ITO", ""},
                                                                {"PEDOT-PSS", ""},
                                                                {"poly-TPD", "thickness = \"40 nm\"\n"},
                                                                {"MAPbBr3-dots", "thickness = \"30 nm\"\n" + light},
                                                                {"TPBi", "thickness = \"40 nm\"\n"},
                                                                {"LiF", ""},
                                                                {"Al", ""}};
  for (const auto& [material, more] : layers) text += "[[device.layer]]\nmaterial = \"" + material + "\"\n" + more;
  return text;
}

/// Every line a comment.
std::string commented(const std::string& text) {
  std::string result;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = text.substr(start, end - start);
    result += (line.empty() || line.starts_with("#") ? "" : "# ") + line + "\n";
    start = end + 1;
  }
  return result;
}

/// Keys that the stack to start from shows in use, or that may stand as often as wanted.
bool is_for_reading(const InputRow& row) {
  for (const char* list : {"device.layer.", "device.interface.", "device.step.", "device.impedance.",
                           "device.at_current.", "device.programme."})
    if (row.key.starts_with(list)) return true;
  return false;
}

/// The tables that were asked for, with those that they cannot do without.
std::vector<std::string> with_what_they_need(std::vector<std::string> tables) {
  const auto has = [&](const char* name) { return std::find(tables.begin(), tables.end(), name) != tables.end(); };
  const auto need = [&](const char* name) {
    if (!has(name)) tables.emplace_back(name);
  };
  if (has("film")) need("photophysics");
  if (has("photophysics") || has("instruments") || (has("drift") && !has("device"))) need("confinement");
  if ((has("confinement") || has("surface")) && !has("synthesis")) need("sizes");
  return tables;
}

/// Sizes by hand where no synthesis makes them.
void put_sizes(std::string& text) {
  const std::string none = "# mean = \"0 nm\"";
  if (const std::size_t at = text.find(none); at != std::string::npos)
    text.replace(at, none.size(), "mean = \"4 nm\"   # required without [synthesis]: put yours");
}

}  // namespace

const std::vector<InputRow>& case_inputs() {
  static const std::vector<InputRow> rows = [] {
    std::vector<InputRow> all = general_rows();
    append(all, flask_rows());
    append(all, numerical_rows());
    append(all, surface_rows());
    append(all, optical_rows());
    append(all, photophysical_rows());
    append(all, instrument_rows());
    append(all, film_rows());
    append(all, device_inputs());
    append(all, drift_inputs());
    append(all, ageing_inputs());
    return all;
  }();
  return rows;
}

std::vector<std::string> stage_tables() {
  return {"synthesis", "sizes",       "surface", "confinement", "photophysics",
          "film",      "instruments", "device",  "drift",       "ageing"};
}

std::string starting_case(const std::vector<std::string>& tables) {
  const std::vector<std::string> known = stage_tables();
  for (const std::string& table : tables) {
    if (std::find(known.begin(), known.end(), table) != known.end()) continue;
    const std::string near = io::nearest(table, known);
    throw io::InputError({"nacre new", 0, 0}, "STAGE", "\"" + table + "\"",
                         near.empty() ? "one of " + joined(known) : "perhaps \"" + near + "\"");
  }
  std::vector<std::string> wanted =
      tables.empty() ? std::vector<std::string>{"synthesis", "confinement"} : with_what_they_need(tables);
  const bool device = std::find(wanted.begin(), wanted.end(), "device") != wanted.end();
  if (!device || wanted.size() > 1) wanted.push_back("material");
  std::vector<InputRow> rows = case_inputs(), for_reading;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(for_reading), is_for_reading);
  std::erase_if(rows, is_for_reading);
  // Its table contradicts the default model, so it does not belong in a case to start from.
  std::erase_if(rows, [](const InputRow& row) { return row.key.starts_with("synthesis.finke_watzky."); });
  std::string text;
  const std::string all = io::template_case(rows, wanted);
  for (std::size_t start = 0; start < all.size();) {
    const std::size_t end = std::min(all.find('\n', start), all.size());
    text += with_example(all.substr(start, end - start)) + "\n";
    start = end + 1;
  }
  if (std::find(wanted.begin(), wanted.end(), "synthesis") == wanted.end()) put_sizes(text);
  // Without a film, vacancies are given by hand.
  const bool film = std::find(wanted.begin(), wanted.end(), "film") != wanted.end();
  const auto by_hand = [&](const std::string& table, const std::string& standard, const std::string& given) {
    const std::size_t start = text.find("[" + table + "]");
    const std::size_t at = start == std::string::npos ? start : text.find(standard, start);
    if (at != std::string::npos && !film) text.replace(at, standard.size(), given);
  };
  by_hand("drift", "# vacancies = \"0 1/m3\"", "vacancies = \"6e25 1/m3\"");
  by_hand("ageing", "# vacancies = \"0 1/m3\"", "vacancies = \"6e25 1/m3\"");
  by_hand("ageing", "# yield = 1", "yield = 0.8");
  if (!device) return text;
  const bool crystals = std::find(wanted.begin(), wanted.end(), "confinement") != wanted.end();
  return text + commented(io::template_case(for_reading, {"device"})) + starting_stack(crystals);
}

}  // namespace nacre::scenarios
