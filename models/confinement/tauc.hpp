#pragma once
#include <span>

namespace nacre::confinement {

/// The "optical gap" that a Tauc plot of a direct gap reads: the straight line through the steepest part of
/// (alpha E)^2 against E, cut with zero [J].
/// `absorption` in any unit on ascending photon energies [J]; only energies up to `highest` [J] are looked at.
/// NaN when nothing rises there: the caller must check.
double tauc_gap(std::span<const double> photon_energy, std::span<const double> absorption, double highest);

}  // namespace nacre::confinement
