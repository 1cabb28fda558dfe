#pragma once
#include <complex>
#include <cstddef>
#include <optional>
#include <vector>

namespace nacre::device {

/// A flat layer as light sees it.
struct OpticalLayer {
  std::complex<double> index;  ///< n + i k, k >= 0
  double thickness;            ///< [m]
};

/// Layers between two half spaces. Light is collected in front: in the half space there, or beyond it where that is a
/// thick plate (glass: thousands of wavelengths, so that its reflections do not interfere).
struct OpticalStack {
  std::complex<double> front;          ///< index of the half space in front; real
  std::vector<OpticalLayer> layers;    ///< from front to back
  std::complex<double> back;           ///< index of the half space behind
  std::size_t emitting = 0;            ///< which of the layers emits; its index is taken as real
  std::optional<double> beyond_front;  ///< index beyond the plate in front (air: 1)
};

/// What becomes of the power of dipoles, over what they would radiate in their medium without end.
struct DipoleEmission {
  double total = 0;       ///< all that they lose: the Purcell factor
  double into_front = 0;  ///< that reaches the half space in front
  double into_back = 0;   ///< that reaches the one behind
  double escaped = 0;     ///< that is collected: into_front, or what leaves the plate
  /// Photons collected per excitation of an emitter that has the quantum yield in a medium without end; the stack
  /// changes its radiative rate alone.
  double outcoupling(double yield) const { return yield * escaped / (1 - yield + yield * total); }
};

/// Dipoles in a plane of the emitting layer, `depth` [m] behind its front face, at a wavelength [m] in vacuum; of their
/// power without the stack the share `horizontal` comes from those parallel to the layers (2/3: all directions alike).
///
/// Plane waves of every in-plane wave vector u (over that of the emitting medium), through the recursion of Fresnel's
/// coefficients (R. R. Chance, A. Prock, R. Silbey, Adv. Chem. Phys. 37, 1 (1978); K. A. Neyts, J. Opt. Soc. Am. A 15,
/// 962 (1998)). The total power is integrated below the real axis, away from the poles of guided modes and surface
/// plasmons, which lie on it or above. Relative error about 1e-8; grows where an absorber is within a nanometre, where
/// the power itself grows as 1/distance^3.
DipoleEmission dipole_emission(const OpticalStack& stack, double depth, double wavelength, double horizontal = 2. / 3);

/// The estimate of ray optics for an isotropic emitter of index n before a perfect mirror without interference: the
/// share of the escape cone, 1 - sqrt(1 - 1/n^2), which is 1/(2 n^2) for large n.
double escape_cone(double index);

}  // namespace nacre::device
