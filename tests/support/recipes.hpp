#pragma once
#include <cmath>

#include "models/synthesis/recipe.hpp"

namespace nacre::support {

/// The reference problem of the Becker-Doering kinetics: MAPbBr3 by reprecipitation, with the "insoluble" constants.
inline synthesis::Recipe reprecipitation(double temperature, double duration = 900) {
  synthesis::Recipe recipe;
  recipe.formula_volume = 0.2085e-27;
  recipe.supply_total = 0.654;
  recipe.supply_time = 1.8e-3;
  recipe.start_temperature = temperature;
  recipe.baths = {{.temperature = temperature, .time_constant = 0, .duration = duration}};
  recipe.solvent = {.viscosity_298 = 554.2e-6, .viscosity_series = {-5.2203, 8.964, -5.834, 2.089}};
  recipe.kinetics = {.interfacial_energy = 0.118186,
                     .log_solubility_298 = -28.6905,
                     .solution_enthalpy = 93895.4,
                     .log_attachment_298 = -12.0728,
                     .attachment_energy = 19180.2,
                     .monomer_radius = 0.5e-9};
  return recipe;
}

/// Its hot injection: CsPbI3 at 453.15 K for 10 s, then an ice bath.
inline synthesis::Recipe hot_injection(double supply_time) {
  synthesis::Recipe recipe = reprecipitation(453.15);
  recipe.formula_volume = 0.238e-27;
  recipe.supply_total = 15;
  recipe.supply_time = supply_time;
  recipe.baths = {{.temperature = 453.15, .time_constant = 0, .duration = 10},
                  {.temperature = 273.15, .time_constant = 25, .duration = 120}};
  recipe.solvent = {.viscosity_298 = 0.52e-3, .viscosity_series = {0, 0, 0, 0}};
  recipe.largest_edge = 30e-9;
  return recipe;
}

}  // namespace nacre::support
