#include "models/device/stack.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/units/constants.hpp"

namespace nacre::device {
namespace {

/// A datum and its value.
using Datum = std::pair<const char*, double>;

bool positive(double value) {
  return value > 0 && std::isfinite(value);
}

/// The first complaint about a layer's own data; empty when there is none. What an absent carrier lacks is no matter.
std::string problem_of(const Layer& layer, Carriers carriers) {
  std::vector<Datum> needed{{"thickness", layer.thickness}, {"permittivity", layer.permittivity}};
  if (carriers != Carriers::holes)
    needed.insert(needed.end(),
                  {{"conduction_states", layer.conduction_states}, {"mobility_electron", layer.mobility_electron}});
  if (carriers != Carriers::electrons)
    needed.insert(needed.end(), {{"valence_states", layer.valence_states}, {"mobility_hole", layer.mobility_hole}});
  for (const auto& [name, value] : needed)
    if (!positive(value)) return std::string(name) + " must be a positive number";
  const std::array optional{Datum{"radiative_coefficient", layer.radiative_coefficient},
                            Datum{"langevin", layer.langevin},
                            Datum{"excitons.crystals", layer.excitons.crystals},
                            Datum{"excitons.nonradiative", layer.excitons.nonradiative},
                            Datum{"excitons.trion", layer.excitons.trion},
                            Datum{"excitons.biexciton", layer.excitons.biexciton},
                            Datum{"poole_frenkel_electron", layer.poole_frenkel_electron},
                            Datum{"poole_frenkel_hole", layer.poole_frenkel_hole},
                            Datum{"auger_electron", layer.auger_electron},
                            Datum{"auger_hole", layer.auger_hole},
                            Datum{"traps.density", layer.traps.density},
                            Datum{"traps.per_vacancy", layer.traps.per_vacancy},
                            Datum{"vacancies.density", layer.vacancies.density},
                            Datum{"vacancies.site_density", layer.vacancies.site_density},
                            Datum{"cation_vacancies.density", layer.cation_vacancies.density},
                            Datum{"cation_vacancies.site_density", layer.cation_vacancies.site_density}};
  for (const auto& [name, value] : optional)
    if (!(value >= 0) || !std::isfinite(value)) return std::string(name) + " must not be negative";
  if (layer.excitons.crystals > 0 && !positive(layer.excitons.radiative))
    return "excitons on crystals need a positive radiative rate";
  if (!std::isfinite(layer.fixed_charge)) return "fixed_charge must be a number";
  if (carriers == Carriers::both && !(layer.valence_band > layer.conduction_band))
    return "valence_band must lie below conduction_band";
  return "";
}

std::string problem_of_traps(const Layer& layer) {
  const Traps& traps = layer.traps;
  const Vacancies& vacancies = layer.vacancies;
  if (traps.per_vacancy > 0 && !(vacancies.density > 0))
    return "traps.per_vacancy needs vacancies in this layer: give vacancies.density, or traps.density alone";
  if ((traps.density > 0 || traps.per_vacancy > 0) && !(traps.capture_electron > 0 && traps.capture_hole > 0))
    return "traps need a capture coefficient for electrons and for holes";
  if ((traps.density > 0 || traps.per_vacancy > 0) && layer.valence_band > layer.conduction_band &&
      !(traps.level > layer.conduction_band && traps.level < layer.valence_band))
    return "traps.level must lie within the gap";
  if (traps.charge != 0 && std::abs(traps.charge) != 1) return "traps.charge must be -1, 0 or 1";
  if (traps.charge != 0 && traps.per_vacancy > 0)
    return "traps.charge is for a density of traps: those of vacancies have the charge of the vacancies";
  return "";
}

std::string problem_of(const Vacancies& vacancies, const std::string& name) {
  if (!(vacancies.density > 0)) return "";
  if (!(vacancies.mobility > 0)) return name + " need a mobility";
  if (vacancies.charge == 0) return name + " need a charge";
  if (vacancies.site_density > 0 && !(vacancies.site_density > vacancies.density))
    return name + ".site_density must exceed " + name + ".density (zero: no limit)";
  return "";
}

/// What a species has in several layers: one charge, and not more separate contents than the border of the matrix has
/// room for.
std::string problem_of_species(const Stack& stack, Vacancies Layer::*species, const std::string& name) {
  const Layer* before = nullptr;
  std::size_t groups = 0;
  bool inside = false;
  for (const Layer& layer : stack.layers) {
    const bool here = (layer.*species).density > 0;
    groups += here && !inside;
    inside = here;
    if (!here) continue;
    if (before && (before->*species).charge != (layer.*species).charge)
      return "layers '" + before->name + "' and '" + layer.name + "': " + name + " of one charge in all layers";
    before = &layer;
  }
  return groups > 3 ? name + " in more than three separate groups of layers" : "";
}

std::string problem_of_statistics(const Layer& layer, double kT) {
  if (layer.statistics == Statistics::blakemore && !positive(layer.crowding))
    return "Blakemore's statistics need a positive crowding (1 for at most one carrier a state)";
  if (layer.statistics != Statistics::gaussian) return "";
  if (!positive(layer.disorder)) return "Gaussian statistics need the disorder, the width of the density of states";
  if (layer.disorder > 10 * kT) return "disorder must not exceed 10 kT: Gaussian statistics are tabulated up to there";
  return "";
}

std::string problem_of(const Contact& contact, const std::string& name) {
  for (double velocity : {contact.velocity_electron, contact.velocity_hole})
    if (!(velocity >= 0))
      return name + ": surface recombination velocities must not be negative (infinite: an ohmic contact)";
  const InjectionLayer& layer = contact.layer;
  if (!(layer.thickness >= 0) || !(layer.attenuation >= 0) || !std::isfinite(layer.thickness * layer.attenuation))
    return name + ": thickness and attenuation of its layer must not be negative";
  if (layer.is_there() && !positive(layer.permittivity)) return name + ": its layer needs a positive permittivity";
  return "";
}

/// `between`: the two layers in words.
std::string problem_of(const Interface& interface, const std::string& between) {
  const std::array carriers{
      std::pair{interface.transfer_electron, Datum{"velocity_electron", interface.velocity_electron}},
      std::pair{interface.transfer_hole, Datum{"velocity_hole", interface.velocity_hole}}};
  for (const auto& [transfer, velocity] : carriers)
    if (transfer != Transfer::continuous && !positive(velocity.second))
      return between + ": thermionic and hopping transfer need a positive " + velocity.first;
  if (!(interface.cross_recombination >= 0)) return between + ": cross_recombination must not be negative";
  if (!std::isfinite(interface.dipole) || !std::isfinite(interface.sheet_charge))
    return between + ": dipole and sheet_charge must be numbers";
  return "";
}

std::string problem_of(const Circuit& circuit) {
  if (!(circuit.series >= 0) || !std::isfinite(circuit.series)) return "circuit: series must not be negative";
  if (!(circuit.shunt > 0)) return "circuit: shunt must be positive (infinite: none)";
  if (!(circuit.capacitance >= 0) || !std::isfinite(circuit.capacitance))
    return "circuit: capacitance must not be negative";
  return "";
}

/// What hops do not know.
std::string problem_of_sites(const Stack& stack) {
  for (const Layer& layer : stack.layers) {
    if (!positive(layer.pitch)) return "layer '" + layer.name + "': pitch must be a positive number";
    if (layer.thickness / layer.pitch > 1e5) return "layer '" + layer.name + "': more than 100 000 sites of this pitch";
  }
  for (const auto& [contact, name] :
       {std::pair{&stack.left_contact, "left contact"}, std::pair{&stack.right_contact, "right contact"}})
    if (std::isfinite(contact->velocity_electron) || std::isfinite(contact->velocity_hole))
      return std::string(name) + ": surface recombination velocities belong to transport in a continuum, not on sites";
  for (const Interface& interface : stack.interfaces)
    if (interface.sheet_charge != 0) return "sheet_charge belongs to transport in a continuum, not on sites";
  return "";
}

}  // namespace

std::size_t sites_of(const Layer& layer) {
  return static_cast<std::size_t>(std::max(1.0, std::round(layer.thickness / layer.pitch)));
}

std::size_t mobile_species(const Stack& stack) {
  const auto any = [&](Vacancies Layer::*species) {
    return std::any_of(stack.layers.begin(), stack.layers.end(),
                       [&](const Layer& layer) { return (layer.*species).density > 0; });
  };
  return any(&Layer::cation_vacancies) ? 2 : any(&Layer::vacancies) ? 1 : 0;
}

std::size_t species_in_time(const Stack& stack) {
  const std::size_t ions = mobile_species(stack);
  const bool charged = std::any_of(stack.layers.begin(), stack.layers.end(),
                                   [](const Layer& l) { return l.traps.density > 0 && l.traps.charge != 0; });
  if (!charged) return ions;
  return ions == 0 ? 3 : 5;
}

std::string problem_of(const Stack& stack) {
  if (stack.layers.empty()) return "the stack has no layer";
  if (!positive(stack.temperature)) return "temperature must be a positive number";
  for (const Layer& layer : stack.layers) {
    for (const std::string& problem :
         {problem_of(layer, stack.carriers), problem_of_traps(layer), problem_of(layer.vacancies, "vacancies"),
          problem_of(layer.cation_vacancies, "cation_vacancies"),
          problem_of_statistics(layer, units::constants::boltzmann * stack.temperature)})
      if (!problem.empty()) return "layer '" + layer.name + "': " + problem;
  }
  for (const std::string& problem : {problem_of_species(stack, &Layer::vacancies, "vacancies"),
                                     problem_of_species(stack, &Layer::cation_vacancies, "cation_vacancies"),
                                     problem_of(stack.left_contact, "left contact"),
                                     problem_of(stack.right_contact, "right contact"), problem_of(stack.circuit)})
    if (!problem.empty()) return problem;
  if (stack.interfaces.size() >= stack.layers.size()) return "more interfaces than places between layers";
  for (std::size_t i = 0; i < stack.interfaces.size(); ++i)
    if (const std::string problem = problem_of(stack.interfaces[i], "interface between '" + stack.layers[i].name +
                                                                        "' and '" + stack.layers[i + 1].name + "'");
        !problem.empty())
      return problem;
  return stack.transport == Transport::sites ? problem_of_sites(stack) : "";
}

}  // namespace nacre::device
