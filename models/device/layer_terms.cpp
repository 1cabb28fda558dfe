#include "models/device/layer_terms.hpp"

#include <cmath>

#include "engine/units/constants.hpp"

namespace nacre::device {
namespace {

namespace constants = units::constants;

void set_bands(LayerTerms& t, const Layer& layer, double kT) {
  t.band_electron = layer.conduction_band / kT;
  t.band_hole = -layer.valence_band / kT;
  t.log_electrons = std::log(layer.conduction_states) + t.band_electron;
  t.log_holes = std::log(layer.valence_states) + t.band_hole;
  t.intrinsic_squared = std::exp(t.log_electrons + t.log_holes);
  t.electrons = t.holes = Filling(layer, kT);
}

void set_transport(LayerTerms& t, const Layer& layer, double voltage) {
  t.diffusion_electron = layer.mobility_electron * voltage;
  t.diffusion_hole = layer.mobility_hole * voltage;
  t.poole_frenkel_electron = layer.poole_frenkel_electron;
  t.poole_frenkel_hole = layer.poole_frenkel_hole;
  t.field = voltage;
  t.ideal = t.electrons.dilute() && layer.poole_frenkel_electron == 0 && layer.poole_frenkel_hole == 0;
}

void set_recombination(LayerTerms& t, const Layer& layer, double kT) {
  t.radiative = layer.langevin > 0 ? layer.langevin * constants::elementary_charge *
                                         (layer.mobility_electron + layer.mobility_hole) /
                                         (layer.permittivity * constants::vacuum_permittivity)
                                   : layer.radiative_coefficient;
  t.excitons = layer.excitons;
  t.trap_density = layer.traps.density;
  t.traps_per_vacancy = layer.vacancies.density > 0 ? layer.traps.per_vacancy : 0;
  t.capture_electron = layer.traps.capture_electron;
  t.capture_hole = layer.traps.capture_hole;
  t.trap_charge = t.trap_density > 0 || t.traps_per_vacancy > 0 ? layer.traps.charge : 0;
  t.trapped_from_valence = t.trap_charge > 0;
  t.trap_electrons = layer.conduction_states * std::exp((layer.conduction_band - layer.traps.level) / kT);
  t.trap_holes = layer.valence_states * std::exp((layer.traps.level - layer.valence_band) / kT);
  t.auger_electron = layer.auger_electron;
  t.auger_hole = layer.auger_hole;
}

IonTerms ion_terms(const Vacancies& vacancies, double voltage) {
  if (!(vacancies.density > 0)) return {};
  return {.density = vacancies.density,
          .charge = vacancies.charge,
          .crowding = vacancies.site_density > 0 ? vacancies.density / vacancies.site_density : 0,
          .diffusion = vacancies.mobility * voltage / std::abs(vacancies.charge)};
}

/// A device of one carrier: of the other there is none, and all traps are filled and emptied by the one band.
void leave_out(LayerTerms& t, Carriers present) {
  constexpr double never = -std::numeric_limits<double>::infinity();
  if (present == Carriers::electrons) t.log_holes = never, t.diffusion_hole = t.trap_holes = 0;
  if (present == Carriers::holes) t.log_electrons = never, t.diffusion_electron = t.trap_electrons = 0;
  if (present != Carriers::both) t.intrinsic_squared = 0, t.trapped_from_valence = present == Carriers::holes;
}

}  // namespace

std::vector<LayerTerms> layer_terms(const Stack& stack) {
  const double kT = constants::boltzmann * stack.temperature, voltage = kT / constants::elementary_charge;
  std::vector<LayerTerms> result;
  for (const Layer& layer : stack.layers) {
    LayerTerms t{};
    t.displacement = layer.permittivity * constants::vacuum_permittivity * voltage;
    t.fixed_charge = layer.fixed_charge;
    t.pitch = layer.thickness / static_cast<double>(sites_of(layer));
    set_bands(t, layer, kT);
    set_transport(t, layer, voltage);
    set_recombination(t, layer, kT);
    t.ions = {ion_terms(layer.vacancies, voltage), ion_terms(layer.cation_vacancies, voltage)};
    leave_out(t, stack.carriers);
    result.push_back(t);
  }
  return result;
}

}  // namespace nacre::device
