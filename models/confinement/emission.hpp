#pragma once
#include <span>
#include <vector>

#include "models/confinement/colour.hpp"
#include "models/confinement/line.hpp"
#include "models/confinement/spectrum.hpp"

namespace nacre::confinement {

/// What an emission spectrum looks like.
struct EmissionSeen {
  double peak = 0, fwhm = 0;     ///< per wavelength; NaN where there is no light, or no half height [m]
  double x = 0, y = 0;           ///< CIE 1931 chromaticity; NaN where nobody sees it [1]
  double luminous_efficacy = 0;  ///< of the radiation [lm/W]
};

/// Spectra of emitters of one line at many energies, on one grid: everything that does not depend on who emits is
/// computed once.
class EmissionGrid {
 public:
  /// For energies from `lowest` to `highest` [J] and lines of a full width [J] > 0.
  EmissionGrid(double lowest, double highest, double full_width, double lorentz_share, const ColourTable& eye);

  /// Ascending photon energies [J], and the same points as wavelengths, descending [m].
  const std::vector<double>& photon_energy() const { return energy_; }
  const std::vector<double>& wavelength() const { return wavelength_; }

  /// Photons per wavelength [1/m], unit area, of emitters at `energies` [J] with weights on any scale; all zero where
  /// the weights are.
  std::vector<double> spectrum(std::span<const double> energies, std::span<const double> weights) const;

  /// Peak, width and colour of such a spectrum.
  EmissionSeen seen(const std::vector<double>& photons) const;

 private:
  EnergyGrid grid_;
  std::vector<double> energy_, wavelength_, kernel_;
  ColourMatching eye_;
};

}  // namespace nacre::confinement
