#pragma once
#include <span>

namespace nacre::instruments {

/// Where an Urbach plot is read: between two shares of the absorption at its edge.
struct UrbachWindow {
  double lowest = 0.02;
  double highest = 0.3;
};

/// An Urbach energy as it is read off.
struct UrbachReading {
  double energy = 0;          ///< [J]; NaN when there is no tail to read
  double standard_error = 0;  ///< from the scatter about the line or the noise of the spectrum, the larger [J]
  int points = 0;
};

/// The inverse slope of ln(absorption) against photon energy below `edge`, by a straight line through the points within
/// the window that stand three standard deviations above the noise (estimated as for a Tauc plot), each weighted by its
/// noise. `absorption` in any unit on ascending photon energies [J]; NaN from fewer than 3 points, a tail that does not
/// rise, or one whose slope is known to less than a third.
UrbachReading urbach_fit(std::span<const double> photon_energy, std::span<const double> absorption, double edge,
                         const UrbachWindow& window);

}  // namespace nacre::instruments
