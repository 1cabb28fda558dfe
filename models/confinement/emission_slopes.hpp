#pragma once
#include <optional>
#include <span>

#include "models/confinement/optics.hpp"

namespace nacre::confinement {

/// Derivatives of a number by what the bands of a crystal are, all others held.
struct BandSlopes {
  double gap = 0;           ///< [1/J times the number's unit], and so on
  double reduced_mass = 0;  ///< [1/kg]
  double permittivity = 0;  ///< [1]
  double barrier = 0;       ///< [1/J]
  double outside_mass = 0;  ///< [1/kg]
  double size_ratio = 0;    ///< [1]
};

/// Which maximum of the photoluminescence: of photons per wavelength, or per photon energy.
enum class PeakOver { wavelength, energy };

/// How the maximum of the photoluminescence over wavelengths moves with the bands: the photon energy E* of the maximum,
/// with G(E) = E^2 sum w_i L(E - E_i) and G'(E*) = 0, so dE* = sum w_i (2 E* L' + E*^2 L'') dE_i/G''. The energies E_i
/// of the crystals move as exciton_slopes() says, computed at up to 12 sizes and interpolated. `peak` is where the
/// maximum is [m]. Over photon energies the same without the factor E^2, `peak` [J]. Nothing for platelets, for weights
/// that depend on energies (funnelling), or where a state is unbound. Slopes are of the wavelength [m], or of the
/// photon energy [J].
std::optional<BandSlopes> peak_slopes(const OpticsInput& input, std::span<const double> edges,
                                      std::span<const double> weights, double peak,
                                      PeakOver over = PeakOver::wavelength);

}  // namespace nacre::confinement
