#pragma once

namespace nacre::confinement {

/// The emission line of one crystal.
struct Line {
  double static_width = 0;      ///< full width at half maximum without phonons [J]
  double coupling = 0;          ///< to longitudinal optical phonons [J]
  double phonon_energy = 0;     ///< of these phonons [J]
  double lorentz_share = 0.05;  ///< of the area of the pseudo-Voigt profile, 0 (Gaussian) to 1 [1]
};

/// Full width at half maximum Gamma(T) = static + coupling/(exp(E_LO/kT) - 1) [J]
/// (Wright et al., Nat. Commun. 7, 11755 (2016)); temperature [K] >= 0.
double line_width(const Line& line, double temperature);

/// Pseudo-Voigt profile of unit area, Gaussian and Lorentzian of the same full width at half maximum [1/J].
double line_profile(double detuning, double full_width, double lorentz_share);

}  // namespace nacre::confinement
