#include "models/device/drift_diffusion.hpp"

#include <cmath>

namespace nacre::device {
namespace {

namespace constants = units::constants;

LayerTerms terms(const Layer& layer, double kT) {
  const double voltage = kT / constants::elementary_charge;
  LayerTerms t{};
  t.displacement = layer.permittivity * constants::vacuum_permittivity * voltage;
  t.log_electrons = std::log(layer.conduction_states) + layer.conduction_band / kT;
  t.log_holes = std::log(layer.valence_states) - layer.valence_band / kT;
  t.diffusion_electron = layer.mobility_electron * voltage;
  t.diffusion_hole = layer.mobility_hole * voltage;
  t.intrinsic_squared = std::exp(t.log_electrons + t.log_holes);
  t.radiative = layer.radiative_coefficient;
  t.capture_electron = layer.traps.density * layer.traps.capture_electron;
  t.capture_hole = layer.traps.density * layer.traps.capture_hole;
  t.trap_electrons = layer.conduction_states * std::exp((layer.conduction_band - layer.traps.level) / kT);
  t.trap_holes = layer.valence_states * std::exp((layer.traps.level - layer.valence_band) / kT);
  t.fixed_charge = layer.fixed_charge;
  t.vacancy_density = layer.vacancies.density;
  t.vacancy_charge = layer.vacancies.charge;
  t.diffusion_vacancy = layer.vacancies.mobility * voltage / std::abs(layer.vacancies.charge);
  return t;
}

}  // namespace

std::vector<LayerTerms> layer_terms(const Stack& stack) {
  std::vector<LayerTerms> result;
  for (const Layer& layer : stack.layers) result.push_back(terms(layer, constants::boltzmann * stack.temperature));
  return result;
}

}  // namespace nacre::device
