#pragma once

namespace nacre::confinement {

/// Stokes shift of a crystal of edge L, S = min(reference_shift (reference_edge/L)^exponent, cap).
/// A fit to measured shifts, no theory (Brennan et al., J. Am. Chem. Soc. 139, 12201 (2017)).
struct StokesLaw {
  double reference_shift = 0;  ///< [J]
  double reference_edge = 1;   ///< [m]
  double exponent = 1;         ///< [1]
  double cap = 0;              ///< the largest shift [J]
};

/// [J] for an edge [m].
double stokes_shift(const StokesLaw& law, double edge);

}  // namespace nacre::confinement
