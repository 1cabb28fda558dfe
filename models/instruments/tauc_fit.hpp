#pragma once
#include <span>

namespace nacre::instruments {

/// What a Tauc plot of a direct gap reads: the straight line through the steepest part of (alpha E)^2 against E, cut
/// with zero.
struct TaucReading {
  double gap = 0;             ///< NaN where nothing rises, or all of it drowns in noise [J]
  double standard_error = 0;  ///< from the noise of the spectrum [J]
  int points = 0;             ///< of the line
};

/// Reads the gap of a recorded spectrum: `absorption` in any unit on ascending energies [J], of which those up to
/// `highest` are looked at. The noise is estimated from second differences, taken to be the same at all energies;
/// slopes are those of windows just wide enough to know the steepest slope to 1 %, and the line goes through the
/// middles of all windows around it that rise at 0.95 of it or more. Without noise this is confinement::tauc_gap().
TaucReading tauc_fit(std::span<const double> energy, std::span<const double> absorption, double highest);

}  // namespace nacre::instruments
