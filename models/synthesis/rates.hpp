#pragma once
#include <vector>

#include "engine/population/exchange.hpp"
#include "engine/population/size_grid.hpp"
#include "models/synthesis/recipe.hpp"
#include "models/synthesis/temperature.hpp"

namespace nacre::synthesis {

/// [Pa s]
double viscosity(const Solvent& solvent, double temperature);
/// Monomer solubility, with the halide excess as a common ion: c_s = c_298 exp(-(dH/R)(1/T - 1/298.15 K)) excess^-3
/// [mol/m3].
double solubility(const Recipe& recipe, double temperature);
/// Surface attachment velocity k_s [m/s].
double attachment_velocity(const Kinetics& kinetics, double temperature);
/// gamma x 6 v^(2/3)/(kT): the surface energy of a monomer-sized cube in units of kT [1].
double surface_number(const Recipe& recipe, double temperature);

/// Attachment and equilibrium concentration at every face of a size grid over time, in detailed balance:
///   beta = b_d b_s/(b_d + b_s),  b_d = 4 pi R D,  b_s = k_s A g,  c_eq = c_s exp(gamma dA/(kT)) per monomer.
/// A face's attachment is that of a cluster half a monomer below it, so that a discrete face n|n+1 has beta_n exactly.
class Rates {
 public:
  Rates(const Recipe& recipe, const population::SizeGrid& grid);

  const population::FaceRates& at(double t);
  /// Over which temperature or gate change at t; infinite when neither does [s].
  double time_scale(double t) const;
  const TemperatureProgramme& programme() const { return programme_; }

 private:
  double closing(double t) const;
  void update(double temperature, double gate);

  const Recipe& recipe_;
  TemperatureProgramme programme_;
  std::vector<double> diffusive_, surface_, area_step_;  // per face: 4 pi R, A x facet gate, dA per monomer
  population::FaceRates rates_;
  double temperature_ = -1, gate_ = -1;
};

}  // namespace nacre::synthesis
