#pragma once
#include <span>

#include "models/confinement/elliott.hpp"

namespace nacre::instruments {

/// An absorption edge as Elliott's formula reads it.
struct ElliottReading {
  bool converged = false;                   ///< and the binding energy is above its standard error
  double gap = 0;                           ///< [J]
  double binding = 0;                       ///< of the 1s exciton: the Rydberg in three dimensions, four in two [J]
  double width = 0;                         ///< full width at half maximum [J]
  double gap_error = 0, binding_error = 0;  ///< standard errors [J]
};

/// Fits elliott_absorption() with a free height to an absorption spectrum on an even grid of photon energies, up to
/// `highest` [J]. `edge` is the first transition, where the fit starts looking.
ElliottReading elliott_fit(std::span<const double> photon_energy, std::span<const double> absorption,
                           confinement::Freedom freedom, double edge, double highest);

}  // namespace nacre::instruments
