#pragma once
#include <span>

namespace nacre::instruments {

/// What the usual fit of intensity against temperature reads: I(T) = I_0/(1 + A exp(-E/kT)).
struct QuenchingReading {
  bool converged = false;
  double intensity = 0;     ///< I_0, in the unit of the intensities
  double prefactor = 0;     ///< A [1]
  double energy = 0;        ///< E [J]
  double energy_error = 0;  ///< standard errors, from the scatter
  double prefactor_error = 0;
};

/// Fits intensities (> 0) at temperatures [K]; at least 4 of them.
QuenchingReading quenching_fit(std::span<const double> temperature, std::span<const double> intensity);

}  // namespace nacre::instruments
