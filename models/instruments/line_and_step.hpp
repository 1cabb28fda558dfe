#pragma once
#include <span>

namespace nacre::instruments {

/// An absorption edge as one asymmetric line and a step (Naeem et al., Phys. Rev. B 91, 121302 (2015)): a Gaussian of
/// standard deviation g convolved with exp(-E/eta) upwards, and a broadened step.
struct LineAndStep {
  bool converged = false;                         ///< and the distance is above its standard error
  double line_area = 0;                           ///< in the unit of the absorption times energy
  double line = 0;                                ///< energy of the exciton E_x [J]
  double line_width = 0;                          ///< g [J]
  double asymmetry = 0;                           ///< eta [J]
  double step_height = 0;                         ///< in the unit of the absorption
  double step = 0;                                ///< onset of the continuum E_c [J]
  double step_width = 0;                          ///< standard deviation of its error function [J]
  double binding_error = 0;                       ///< standard error of E_c - E_x [J]
  double residual = 0;                            ///< root mean square over the highest absorption [1]
  double binding() const { return step - line; }  ///< the exciton binding energy as it is read [J]
};

/// Absorption of this edge at a photon energy [J].
double absorption_of(const LineAndStep& edge, double photon_energy);

/// Fits it to an absorption spectrum up to `highest` [J]; `edge` is the first transition, `width` [J] that of its line.
LineAndStep line_and_step_fit(std::span<const double> photon_energy, std::span<const double> absorption, double edge,
                              double width, double highest);

}  // namespace nacre::instruments
