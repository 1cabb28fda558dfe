#include "scenarios/layer_rows.hpp"

#include "scenarios/append.hpp"

namespace nacre::scenarios {
namespace {

using io::Holds;
using io::InputRow;
using io::Range;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Range any{};
constexpr Range positive{0, infinite, true};
constexpr Range work_function{0, 20, true};
constexpr Range bias{-100, 100, false};

InputRow quantity(std::string key, std::string unit, Range range, std::string standard, std::string meaning) {
  return {std::move(key), Holds::quantity, std::move(unit), range, {}, std::move(standard), std::move(meaning)};
}

/// A quantity or a number that may be left out, and what holds then.
InputRow optional(std::string key, std::string unit, Range range, std::string meaning, std::string otherwise) {
  const Holds holds = unit == "1" ? Holds::number : Holds::quantity;
  return {std::move(key), holds, std::move(unit), range, {}, std::nullopt, std::move(meaning), std::move(otherwise)};
}

/// Keys of layers of these roles.
std::vector<LayerKey> keys_of(const Roles& roles, std::vector<InputRow> rows) {
  std::vector<LayerKey> keys;
  for (InputRow& row : rows) keys.push_back({std::move(row), roles});
  return keys;
}

InputRow choice(std::string key, std::vector<std::string> choices, std::string standard, std::string meaning) {
  return {std::move(key), Holds::choice, "", any, std::move(choices), std::move(standard), std::move(meaning)};
}

std::vector<InputRow> sweep_rows() {
  return {
      choice("device.order", {"anode-first", "cathode-first"}, "\"anode-first\"",
             "Which end of the stack the first [[device.layer]] is."),
      choice("device.transport", {"continuum", "sites"}, "\"continuum\"",
             "How carriers move: by drift and diffusion on a mesh, or by hops (Miller-Abrahams) between sites, a "
             "monolayer "
             "of crystals or a molecule, a pitch apart."),
      quantity("device.temperature", "K", {77, 700, false}, "\"298.15 K\"", "Of the device."),
      quantity("device.bias", "V", bias, "\"5 V\"",
               "Where the sweep of the bias ends; numbers \"at the bias\" belong to it."),
      quantity("device.bias_from", "V", bias, "\"0 V\"", "Where the sweep of the bias begins."),
      quantity("device.bias_step", "V", {1e-4, 10, false}, "\"0.1 V\"",
               "Between points of the sweep; the last step may be shorter."),
      {"device.outcoupling",
       Holds::number,
       "1",
       {0, 1, true},
       {},
       "0.2",
       "Share of the photons made inside that leave forward, into air."},
      choice(
          "device.outcoupling_from", {"number", "layers"}, "\"number\"",
          "From device.outcoupling, or from thickness and refractive index of all layers, contacts among them: dipoles "
          "spread evenly over the emitting layer."),
      choice("device.light_leaves", {"anode", "cathode"}, "\"anode\"",
             "Outcoupling from layers: at which end the substrate is, through which the light is seen."),
      {"device.substrate_index",
       Holds::number,
       "1",
       {1, 4, false},
       {},
       "1.52",
       "Outcoupling from layers: of the substrate, a plate with air behind it; assumed to be glass."},
      quantity("device.eqe_luminance", "cd/m2", positive, "\"1000 cd/m2\"",
               "At which eqe_at_luminance is read, where the luminance first reaches it."),
      {"device.nodes",
       Holds::integer,
       "1",
       {20, 100000, false},
       {},
       "300",
       "Of the mesh of a continuum; numbers converge with their square."},
      {"device.end_spacing",
       Holds::number,
       "1",
       {1e-4, 1, false},
       {},
       "0.01",
       "Finest cell of a layer, at its ends, over its mean cell, roughly."},
      optional("device.anode.work_function", "eV", work_function, "Of the contact that holes come from.",
               "that of the innermost contact layer at this end"),
      optional("device.cathode.work_function", "eV", work_function, "Of the contact that electrons come from.",
               "that of the innermost contact layer at this end"),
      choice("device.carriers", {"both", "electrons", "holes"}, "\"both\"",
             "Which carriers there are: one alone for single-carrier devices."),
      {"device.profile.*.bias",
       Holds::quantity,
       "V",
       bias,
       {},
       std::nullopt,
       "At which bands, densities, field and recombination across the device are kept."},
  };
}

/// What is between the source and the device, and what else is asked of its steady states.
std::vector<InputRow> terminal_rows() {
  constexpr Range frequency{1e-9, 1e15, false};
  return {
      quantity("device.circuit.series_resistance", "ohm m2", {0, infinite, false}, "\"0 ohm m2\"",
               "Between source and device, times the area of the pixel; biases are voltages of the source."),
      quantity("device.thermal_resistance", "K m2/W", {0, infinite, false}, "\"0 K m2/W\"",
               "Between the device and what stays at device.temperature, times the area of the pixel; 0: the device "
               "does not warm up. 1 mm of glass: 9e-4."),
      quantity("device.area", "mm2", positive, "\"4 mm2\"", "Of the pixel, for the fitted resistances in ohm."),
      optional("device.circuit.shunt_resistance", "ohm m2", positive, "Beside the device, times the area.", "none"),
      quantity("device.circuit.capacitance", "F/m2", {0, infinite, false}, "\"0 F/m2\"",
               "Beside the device, over the area."),
      {"device.at_current.*.current",
       Holds::quantity,
       "A/m2",
       any,
       {},
       std::nullopt,
       "Of the source, at which the steady state is looked for."},
      {"device.impedance.*.bias",
       Holds::quantity,
       "V",
       bias,
       {},
       std::nullopt,
       "At which impedance and admittance are computed over the frequency."},
      quantity("device.frequency.from", "Hz", frequency, "\"10 mHz\"", "First frequency of [[device.impedance]]."),
      quantity("device.frequency.to", "Hz", frequency, "\"10 MHz\"", "Last of them."),
      {"device.frequency.count",
       Holds::integer,
       "1",
       {1, 100000, false},
       {},
       "60",
       "Of them, even on a logarithmic scale."},
      optional("device.frequency.capacitance_at", "Hz", frequency,
               "At which the capacitance is computed over the bias.", "no capacitance over the bias"),
  };
}

std::vector<InputRow> pulse_rows() {
  const std::string step = "device.step.*.";
  return {
      {step + "pulses", Holds::integer, "1", {0, 1e6, false}, {}, "0", "That the source gives at the end of the step."},
      optional(step + "pulse_voltage", "V", bias, "Of the source during a pulse.", "an error for pulses of a voltage"),
      optional(step + "pulse_current", "A/m2", any, "Of the source during a pulse.",
               "an error for pulses of a current"),
      optional(step + "pulse_width", "s", positive, "Length of a pulse.", "an error for pulses"),
      optional(step + "pulse_period", "s", positive, "From the beginning of a pulse to that of the next.",
               "an error for pulses"),
  };
}

std::vector<InputRow> programme_rows() {
  return {
      optional("device.step.*.voltage", "V", bias, "Where the bias goes in this step of the programme.",
               "an error, but for a step of the current"),
      optional("device.step.*.current", "A/m2", any, "Where the current of the source goes, in place of a voltage.",
               "a step of the voltage"),
      quantity(
          "device.step.*.ramp", "s", {0, 1e9, false}, "\"0 s\"",
          "How long the way takes, even in time; 0: the bias jumps. Two ramps, there and back, are a sweep at a rate "
          "in both directions."),
      quantity("device.step.*.hold", "s", {0, 1e9, false}, "\"0 s\"", "How long the bias is held afterwards."),
      quantity("device.programme.rest", "V", bias, "\"0 V\"",
               "Where the device rests before the first [[device.step]]."),
      {"device.programme.points",
       Holds::integer,
       "1",
       {2, 100000, false},
       {},
       "40",
       "In time that are kept of every ramp (even) and of every hold (logarithmic)."},
      {"device.programme.pulse_points",
       Holds::integer,
       "1",
       {1, 1000, false},
       {},
       "4",
       "In time that are kept of every pulse and of every pause."},
      choice("device.programme.profiles", {"none", "ends", "all"}, "\"none\"",
             "Of which points profiles are kept: of none, of the ends of steps, or of all."),
      {"device.programme.from",
       Holds::text,
       "",
       any,
       {},
       "\"\"",
       "Result file whose programme this one goes on from, bit by bit, in place of the rest; `nacre run --from-state` "
       "says it, "
       "too."},
      quantity("device.programme.first_time", "s", {1e-15, 1e6, false}, "\"1 us\"",
               "First of the points of a hold, after its beginning."),
      {"device.programme.tolerance",
       Holds::number,
       "1",
       {1e-8, 1, false},
       {},
       "1e-2",
       "Error of potentials and levels in a step of time, in kT."},
  };
}

std::vector<InputRow> rows_of_every_layer() {
  return {
      {"device.layer.*.material",
       Holds::text,
       "",
       any,
       {},
       "\"\"",
       "Data of the layer: layers/NAME.toml; without it every number stands here."},
      {"device.layer.*.name",
       Holds::text,
       "",
       any,
       {},
       "\"\"",
       "What messages and results call the layer; empty: as its material."},
      {"device.layer.*.role",
       Holds::choice,
       "",
       any,
       {"semiconductor", "contact", "injection"},
       std::nullopt,
       "Whether the layer carries charges and is computed, belongs to a contact and gives its work function, or "
       "injects: a "
       "nanometre or so on a metal that changes its work function and that carriers tunnel through.",
       "as its data say, else a semiconductor"},
      optional("device.layer.*.thickness", "nm", {0, 1e6, true}, "Of the layer.",
               "an error for a semiconductor, the datum for a layer that injects, without effect for a contact"),
  };
}

std::vector<InputRow> carrier_rows() {
  return {
      choice(
          "device.layer.*.statistics", {"boltzmann", "blakemore", "fermi-dirac", "gaussian"}, "\"boltzmann\"",
          "How carriers fill the states: without limit, at most one a state (crowding), a parabolic band, or Gaussian "
          "disorder (disorder)."),
  };
}

std::vector<InputRow> work_function_rows() {
  return {
      optional("device.layer.*.work_function", "eV", work_function,
               "Of a contact layer; of one that injects with the metal behind it, whatever the thickness.",
               "the datum; of a layer that injects what follows from the metal and the three keys below"),
  };
}

std::vector<InputRow> injection_rows() {
  return {
      optional(
          "device.layer.*.work_function_change", "eV", {-10, 10, false},
          "By how much a layer that injects changes the work function of the metal behind it once it covers it all.",
          "the datum"),
      optional("device.layer.*.coverage_length", "nm", {0, 100, true},
               "Its thickness at which it covers 1 - 1/e of the metal.", "the datum"),
      optional("device.layer.*.tunnel_attenuation", "1/m", {0, 1e12, false},
               "a in the share exp(-a thickness) of carriers that get through it.", "the datum"),
  };
}

std::vector<InputRow> emitter_rows() {
  return {
      choice("device.layer.*.emission", {"none", "confinement", "line"}, "\"none\"",
             "Light of the layer's radiative recombination: none, with the spectrum that [confinement] computes, or a "
             "Gaussian line."),
      optional("device.layer.*.emission_wavelength", "nm", {100, 3000, false}, "Peak of a line.", "the datum"),
      optional("device.layer.*.emission_width", "nm", {0.1, 1000, false}, "Full width at half maximum of a line.",
               "the datum"),
      optional("device.layer.*.yield", "1", {0, 1, false},
               "Photons made per radiative recombination, where an exciton may still be lost.", "1"),
      optional(
          "device.layer.*.reabsorbed", "1", {0, 1, false},
          "Share of the photons of the layer that its own crystals absorb again and make light of with their yield "
          "(photon recycling).",
          "0"),
      choice("device.layer.*.reabsorption", {"given", "spectra"}, "\"given\"",
             "Whether that share is a number, or follows from the spectra that [confinement] computes, edge_absorption "
             "and the thickness; reabsorbed, where given, overrides it."),
      optional("device.layer.*.edge_absorption", "1/m", {0, 1e9, true},
               "Absorption coefficient of the film at the first maximum of its crystals' absorption.", "the datum"),
      choice("device.layer.*.yield_from", {"given", "film"}, "\"given\"",
             "Whether the yield stands here or is the one that [film] computes, as cast."),
      choice(
          "device.layer.*.vacancies_from", {"data", "film"}, "\"data\"",
          "Whether the density of mobile vacancies is the datum or the one that the recipe leaves on the crystals of "
          "[film]."),
      choice(
          "device.layer.*.gap", {"data", "confinement"}, "\"data\"",
          "From the bands of the data, or the gap of the crystals that [confinement] computes (first transition plus "
          "exciton binding), opened evenly around the middle of the data's gap."),
      choice("device.layer.*.states", {"data", "crystals"}, "\"data\"",
             "Densities of states from the data, or so many a crystal of the mean size with its ligands."),
      choice(
          "device.layer.*.charging", {"none", "poisson"}, "\"none\"",
          "Whether excitons on charged crystals lose light to Auger recombination, charges being distributed over the "
          "crystals by chance. The yield without charges is that of yield and yield_from."),
      optional("device.layer.*.radiative_rate", "1/ns", positive, "Of an exciton, for charging.",
               "that of [photophysics]"),
      optional("device.layer.*.biexciton_lifetime", "ps", positive,
               "Auger lifetime of a biexciton, for charging; that of a trion is four times as long.",
               "both of [photophysics]"),
      optional("device.layer.*.states_per_crystal", "1", {1, 1000, false},
               "States of either carrier that a crystal offers.", "the datum"),
      optional("device.layer.*.crystal_spacing", "nm", {0, 20, false}, "Between the surfaces of neighbouring crystals.",
               "the datum"),
  };
}

std::vector<InputRow> contact_rows(const std::string& contact) {
  const std::string table = "device." + contact + ".";
  return {
      optional(table + "velocity_electron", "m/s", {0, infinite, false}, "Surface recombination velocity of electrons.",
               "no limit: the metal's level holds there"),
      optional(table + "velocity_hole", "m/s", {0, infinite, false}, "Of holes.",
               "no limit: the metal's level holds there"),
      {table + "image_force",
       Holds::boolean,
       "",
       any,
       {},
       "false",
       "Whether field and image force lower the barrier that carriers are injected over (Scott and Malliaras)."},
  };
}

std::vector<InputRow> interface_rows() {
  const std::string table = "device.interface.*.";
  const auto transfer = [&](const std::string& carrier) {
    return choice(table + "transfer_" + carrier, {"continuous", "thermionic", "hopping"}, "\"continuous\"",
                  "How " + carrier +
                      "s cross: their level goes through, they are emitted over the step of the band, or "
                      "they hop (Miller-Abrahams) into what is not full.");
  };
  return {
      {table + "first", Holds::text, "", any, {}, std::nullopt, "Name or material of the layer on one side."},
      {table + "second", Holds::text, "", any, {}, std::nullopt, "Of its neighbour."},
      transfer("electron"),
      transfer("hole"),
      quantity(table + "velocity_electron", "m/s", {0, infinite, false}, "\"0 m/s\"",
               "Of a thermionic or hopping transfer of electrons, which needs one."),
      quantity(table + "velocity_hole", "m/s", {0, infinite, false}, "\"0 m/s\"", "Of holes."),
      quantity(table + "cross_recombination", "m4/s", {0, infinite, false}, "\"0 m4/s\"",
               "k in the dark recombination k (n p - equilibrium) of one side's electrons with the other's holes."),
      choice(table + "cross_recombination_by", {"number", "loss"}, "\"number\"",
             "Whether k is the number, or the number times the loss ratio 1/yield - 1 of the film of crystals on one "
             "side: "
             "surface traps take part."),
      quantity(table + "dipole", "V", {-10, 10, false}, "\"0 V\"", "Rise of the potential from first to second."),
      quantity(table + "sheet_charge", "1/m2", any, "\"0 1/m2\"", "Fixed, in elementary charges, with its sign."),
  };
}

std::vector<LayerKey> keys_of_layers() {
  std::vector<LayerKey> keys = keys_of({all_roles.begin(), all_roles.end()}, rows_of_every_layer());
  append(keys, keys_of({Role::semiconductor}, carrier_rows()));
  append(keys, keys_of({Role::contact, Role::injection}, work_function_rows()));
  append(keys, keys_of({Role::injection}, injection_rows()));
  for (const LayerRow& row : layer_rows())
    append(keys, keys_of(row.roles, {optional("device.layer.*." + row.key, row.unit, row.range, row.meaning,
                                              row.needed ? "the datum" : "the datum, else " + row.otherwise)}));
  append(keys, keys_of({Role::semiconductor}, emitter_rows()));
  return keys;
}

}  // namespace

std::string name_of(Role role) {
  return std::array<const char*, 3>{"semiconductor", "contact", "injection"}[static_cast<std::size_t>(role)];
}

const std::vector<LayerKey>& layer_keys() {
  static const std::vector<LayerKey> keys = keys_of_layers();
  return keys;
}

std::vector<InputRow> device_inputs() {
  std::vector<InputRow> rows = sweep_rows();
  append(rows, contact_rows("anode"));
  append(rows, contact_rows("cathode"));
  append(rows, interface_rows());
  append(rows, terminal_rows());
  append(rows, programme_rows());
  append(rows, pulse_rows());
  for (const LayerKey& key : layer_keys()) rows.push_back(key.row);
  return rows;
}

}  // namespace nacre::scenarios
