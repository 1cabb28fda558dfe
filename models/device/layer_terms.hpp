#pragma once
#include <array>
#include <vector>

#include "models/device/filling.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// A mobile ionic species in a layer.
struct IonTerms {
  double density = 0;    ///< mean; zero: none [1/m3]
  double charge = 0;     ///< in elementary charges
  double crowding = 0;   ///< mean share of the sites that is taken; zero: no limit
  double diffusion = 0;  ///< [m2/s]
};

/// A layer as the equations use it.
struct LayerTerms {
  double displacement;                        ///< permittivity times kT/q [C/m]
  double log_electrons, log_holes;            ///< log of n at zero psi and level [log 1/m3]
  double diffusion_electron, diffusion_hole;  ///< [m2/s]
  double intrinsic_squared;                   ///< n_i^2 of dilute carriers [1/m6]
  double radiative;                           ///< [m3/s]
  double trap_density;                        ///< [1/m3]
  double traps_per_vacancy;
  double capture_electron, capture_hole;              ///< [m3/s]
  double trap_electrons, trap_holes;                  ///< n_1, p_1 [1/m3]
  double trap_charge;                                 ///< -1: electron traps, 1: hole traps, 0: without charge
  bool trapped_from_valence;                          ///< the band that fills and empties traps that hold charge
  double auger_electron, auger_hole;                  ///< [m6/s]
  double fixed_charge;                                ///< [1/m3]
  std::array<IonTerms, 2> ions;                       ///< vacancies, cation vacancies
  double band_electron, band_hole;                    ///< eta at zero psi and level [kT]
  double poole_frenkel_electron, poole_frenkel_hole;  ///< [(m/V)^1/2]
  double field;                                       ///< of one kT over one metre [V/m]
  Filling electrons, holes;
  double tie;             ///< amid a junction of sites: brings both levels to one, times the density of the carrier
                          ///< that goes through [m/s]
  bool tied_to_holes;     ///< whether that are the holes
  double pitch;           ///< from site to site, where carriers hop [m]
  Excitons excitons;
  bool ideal;  ///< dilute carriers, mobilities that no field changes: the short way through the flux
};

/// One entry a layer.
std::vector<LayerTerms> layer_terms(const Stack& stack);

}  // namespace nacre::device
