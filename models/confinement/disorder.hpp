#pragma once
#include <span>
#include <vector>

#include "models/confinement/emitter.hpp"

namespace nacre::confinement {

/// Parts of an Urbach energy [J].
struct Urbach {
  double thermal = 0;       ///< lattice vibrations, the zero point included
  double of_structure = 0;  ///< frozen disorder that no trap causes
  double of_traps = 0;      ///< frozen disorder around traps
  double total() const { return thermal + of_structure + of_traps; }
};

/// Thermal and static disorder add (Cody et al., Phys. Rev. Lett. 47, 1480 (1981)): the thermal part is
/// u (1/2 + 1/(exp(E_ph/kT) - 1)), what traps add grows with their density [1/m2]. Temperature [K] > 0.
Urbach urbach_energy(const Emitter& emitter, double trap_density, double temperature);

/// An absorption spectrum with an exponential tail below its edge: from the highest point below `edge` at which the
/// spectrum rises as steeply as the tail, d ln(alpha)/dE = 1/urbach, downwards the tail replaces it; value and slope go
/// on smoothly. Ascending photon energies [J]; unchanged where the spectrum is never that steep or `urbach` is 0.
std::vector<double> with_urbach_tail(std::span<const double> photon_energy, std::span<const double> absorption,
                                     double edge, double urbach);

}  // namespace nacre::confinement
