#include "scenarios/device_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "engine/units/constants.hpp"

namespace nacre::scenarios {
namespace {

using device::Layer;
using io::InputError;
using io::Inputs;

std::string in_volts(double energy) {
  return fmt::format("{:.6g} eV", energy / units::constants::electron_volt);
}

/// Complaints about one layer.
class LayerCheck {
 public:
  LayerCheck(const Inputs& inputs, const std::string& table, const Layer& layer)
      : inputs_(inputs), table_(table), layer_(layer) {}

  [[noreturn]] void refuse(const std::string& leaf, const std::string& read, const std::string& expected) const {
    const std::string key = table_ + "." + leaf;
    throw InputError(inputs_.where(key), key, "layer '" + layer_.name + "': " + read, expected);
  }

  void bands(const LayerPlan& plan, bool both) const {
    if (plan.gap_of_crystals || layer_.valence_band > layer_.conduction_band || !both) return;
    refuse(given("conduction_band") ? "conduction_band" : "valence_band",
           fmt::format("a conduction band at {}, a valence band at {}", in_volts(layer_.conduction_band),
                       in_volts(layer_.valence_band)),
           "a valence band deeper below the vacuum than the conduction band");
  }

  void traps(const LayerPlan& plan, const std::string& carriers) const {
    const device::Traps& traps = layer_.traps;
    if (traps.per_vacancy > 0 && !(layer_.vacancies.density > 0) && !plan.vacancies_of_film)
      refuse("traps_per_vacancy", "traps of vacancies that are not there", "a vacancy_density, or trap_density alone");
    if (traps.charge != 0 && std::abs(traps.charge) != 1)
      refuse("trap_charge", fmt::format("{:g}", traps.charge), "-1 of electron traps, 1 of hole traps, or 0");
    if (traps.per_vacancy > 0 &&
        ((traps.charge > 0 && carriers == "electrons") || (traps.charge < 0 && carriers == "holes")))
      refuse("traps_per_vacancy", "traps that hold charge of a carrier which device.carriers leaves out",
             "trap_density alone, trap_charge = 0, or carriers = \"both\"");
    if (!(traps.density > 0) && !(traps.per_vacancy > 0)) return;
    for (const auto& [leaf, capture] :
         {std::pair{"trap_capture_electron", traps.capture_electron}, {"trap_capture_hole", traps.capture_hole}})
      if (!(capture > 0))
        refuse(leaf, "traps without it", std::string(leaf) + " beside the traps, here or in its data");
    // A level in a band would capture what already is at its energy.
    if (plan.gap_of_crystals || traps.level == 0) return;
    if (traps.level > layer_.conduction_band && traps.level < layer_.valence_band) return;
    refuse("trap_level", "a trap at " + in_volts(traps.level) + ", outside the gap",
           fmt::format("a level between {} and {}", in_volts(layer_.conduction_band), in_volts(layer_.valence_band)));
  }

  /// sites: of such ions in a crystal without vacancies [1/m3].
  void ions(const device::Vacancies& ions, const std::string& prefix, bool of_film, double sites) const {
    if (!(ions.density > 0) && !of_film) return;
    if (!(ions.mobility > 0))
      refuse(prefix + "_mobility", "mobile vacancies without it",
             prefix + "_mobility beside " + prefix + "_density, here or in its data");
    if (ions.charge == 0) refuse(prefix + "_charge", "0", "a charge, with its sign, or no " + prefix + "_density");
    if (ions.site_density > 0 && !(ions.site_density > ions.density))
      refuse(prefix + "_sites",
             fmt::format("{:.6g} 1/m3 for {:.6g} 1/m3 of vacancies", ions.site_density, ions.density),
             "more sites than vacancies, or no " + prefix + "_sites for no limit");
    if (!of_film && ions.density > sites)
      refuse(prefix + "_density", fmt::format("{:.6g} 1/m3", ions.density),
             fmt::format("at most {:.3g} 1/m3, one for every such ion of a perfect crystal", sites));
  }

  void statistics(double kT) const {
    const bool gaussian = layer_.statistics == device::Statistics::gaussian;
    if (gaussian && !(layer_.disorder > 0))
      refuse("disorder", "Gaussian statistics without it", "disorder, the width of the density of states");
    if (gaussian && layer_.disorder > 10 * kT)
      refuse("disorder", in_volts(layer_.disorder) + ", more than 10 kT",
             "at most " + in_volts(10 * kT) + ": Gaussian statistics are tabulated up to there");
    if (!gaussian && given("disorder"))
      refuse("disorder", "a disorder that its statistics do not have", "statistics = \"gaussian\", or no disorder");
    if (layer_.statistics != device::Statistics::blakemore && given("crowding"))
      refuse("crowding", "a crowding that its statistics do not have", "statistics = \"blakemore\", or no crowding");
  }

 private:
  bool given(const std::string& leaf) const { return inputs_.given(table_ + "." + leaf); }

  const Inputs& inputs_;
  const std::string& table_;
  const Layer& layer_;
};

std::string step_table(int index) {
  return "device.step." + std::to_string(index);
}

void check_pulses(const Inputs& inputs, const std::string& table, bool of_current) {
  const std::string other = table + (of_current ? ".pulse_voltage" : ".pulse_current");
  if (inputs.given(other))
    throw InputError(inputs.where(other), other, of_current ? "of a step of the current" : "of a step of the voltage",
                     of_current ? "pulse_current" : "pulse_voltage");
  if (inputs.number(table + ".pulses") > 0) return;
  for (const char* leaf : {".pulse_voltage", ".pulse_current", ".pulse_width", ".pulse_period"})
    if (inputs.given(table + leaf))
      throw InputError(inputs.where(table + leaf), table + leaf, "no pulses that it could belong to",
                       "pulses = a number above 0 beside it, or none of pulse_*");
}

}  // namespace

void check_role(const Inputs& inputs, const std::string& table, const std::string& name, Role role) {
  for (const LayerKey& known : layer_keys()) {
    const std::string leaf = known.row.key.substr(known.row.key.rfind('.') + 1), key = table + "." + leaf;
    if (known.belongs_to(role) || !inputs.given(key)) continue;
    std::string owners;
    for (const Role owner : known.roles) owners += (owners.empty() ? "\"" : " or \"") + name_of(owner) + "\"";
    throw InputError(inputs.where(key), key,
                     "layer '" + name + "': a key without effect on a layer of role \"" + name_of(role) + "\"",
                     "role = " + owners + ", or no " + leaf);
  }
}

void check_layer(const Inputs& inputs, const std::string& table, const Layer& layer, const LayerPlan& plan,
                 double cell) {
  const double cells = 1 / (cell * cell * cell);  // per volume; each holds A, Pb and three halides
  const LayerCheck check(inputs, table, layer);
  check.bands(plan, inputs.text("device.carriers") == "both");
  check.traps(plan, inputs.text("device.carriers"));
  check.ions(layer.vacancies, "vacancy", plan.vacancies_of_film, 3 * cells);
  check.ions(layer.cation_vacancies, "cation_vacancy", false, 2 * cells);
  check.statistics(units::constants::boltzmann * inputs.number("device.temperature"));
}

void check_interface(const Inputs& inputs, const std::string& table) {
  for (const char* carrier : {"electron", "hole"}) {
    const std::string velocity = table + ".velocity_" + carrier, transfer = std::string("transfer_") + carrier;
    const bool through = inputs.text(table + "." + transfer) == "continuous", fast = inputs.number(velocity) > 0;
    if (!through && !fast)
      throw InputError(inputs.where(velocity), velocity,
                       "a " + inputs.text(table + "." + transfer) + " transfer without it",
                       "a velocity above 0 m/s, or " + transfer + " = \"continuous\"");
    if (through && fast)
      throw InputError(inputs.where(velocity), velocity, "the velocity of a transfer that has none",
                       transfer + " = \"thermionic\" or \"hopping\", or no velocity");
  }
}

void check_names(const Inputs& inputs) {
  std::map<std::string, io::Position> known;
  for (int i = 0; i < inputs.count("device.layer"); ++i) {
    const io::Value name = inputs.at("device.layer." + std::to_string(i) + ".name");
    if (name.text.empty()) continue;
    const auto [before, fresh] = known.emplace(name.text, name.where);
    if (!fresh)
      throw InputError(name.where, name.key, "\"" + name.text + "\", which another layer is called",
                       fmt::format("another name than that of line {}", before->second.line));
  }
}

void check_transport(const Inputs& inputs) {
  if (inputs.text("device.transport") != "sites") return;
  for (const char* leaf :
       {"anode.velocity_electron", "anode.velocity_hole", "cathode.velocity_electron", "cathode.velocity_hole"})
    if (const std::string key = std::string("device.") + leaf; inputs.given(key))
      throw InputError(inputs.where(key), key, "a surface recombination velocity on sites",
                       "transport = \"continuum\", or no velocity");
}

void check_programme(const Inputs& inputs) {
  const int steps = inputs.count("device.step");
  // To go on from a state is asked for by the command line, too, and has a message of its own.
  if (steps == 0 && inputs.has_table("device.programme") && !inputs.given("device.programme.from"))
    throw InputError(inputs.where("device.programme"), "device.programme", "a programme without steps",
                     "[[device.step]]s that it is made of, or no [device.programme]");
  double longest = 0;
  for (int i = 0; i < steps; ++i) {
    const std::string table = step_table(i);
    const bool of_current = inputs.given(table + ".current");
    if (!of_current && !inputs.given(table + ".voltage"))
      throw InputError(inputs.where(table), table, "a step of nothing", "voltage or current, one of them");
    check_pulses(inputs, table, of_current);
    longest = std::max(longest, inputs.number(table + ".hold"));
  }
  const io::Value first = inputs.at("device.programme.first_time");
  if (steps > 0 && first.given && first.number > longest)
    throw InputError(first.where, first.key,
                     fmt::format("{:.6g} s, beyond every hold (the longest: {:.6g} s)", first.number, longest),
                     "a time within a hold, or no first_time");
}

}  // namespace nacre::scenarios
