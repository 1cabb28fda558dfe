#pragma once

namespace nacre::confinement {

/// How likely an exciton finds a neighbour of the same kind in resonance: the overlap of one crystal's emission and
/// absorption lines, both Gaussian with a full width, apart by a Stokes shift, over that without a shift:
/// exp(-S^2/4 sigma^2) (Foerster) [1]. Shift >= 0 and width > 0 in one unit.
double resonance(double stokes_shift, double full_width);

/// Non-radiative over radiative rate of a yield in (0, 1], kappa = 1/yield - 1, and back [1].
double loss_ratio(double yield);
double yield_of_loss(double ratio);

/// Loss ratio of a film whose excitons meet the traps of 1 + hops crystals in a lifetime [1].
double film_loss(double ratio, double hops);

/// Loss ratio after a time in air, dose = rate x time [1]: attack starts at a vacancy and makes the next one,
/// dkappa/dt = rate kappa.
double loss_after_air(double ratio, double dose);

/// Loss ratio under light: damage comes with non-radiative events and makes more of them,
/// dkappa/dt = rate kappa/(1 + kappa), so ln kappa + kappa grows as rate x time [1].
double loss_after_light(double ratio, double dose);

/// Photoluminescence left when the loss ratio has grown [1].
double brightness_left(double before, double after);

}  // namespace nacre::confinement
