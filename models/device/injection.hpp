#pragma once
#include <cmath>

#include "engine/fvm/physics.hpp"
#include "engine/math/dual.hpp"
#include "models/device/layer_terms.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// By how much the image force lets a contact lie closer to a band than its nominal barrier, in kT, at a reduced field
/// f = r_c (q field)/kT with r_c = q^2/(4 pi eps kT) (J. C. Scott, G. G. Malliaras, Chem. Phys. Lett. 299, 115 (1999)):
/// log n_c/n_0 = sqrt f + log 4 psi^2,   psi = [1 + sqrt f - sqrt(1 + 2 sqrt f)]/f = 1/(1 + sqrt f + sqrt(1 + 2 sqrt
/// f)). Zero in a retarding field (f < 0). Backflow makes it negative, by at most 0.27, up to f = 3.6.
///
/// spacing: over r_c, by how much a layer keeps carriers away from the metal, as thick as one of the device's
/// permittivity would be. The root becomes sqrt f - spacing f while the barrier's top lies in the device, and stays at
/// 1/(4 spacing), the image force at its edge, beyond. With what falls over the layer, spacing f, the top stays where
/// it was without it.
template <class T>
T image_force_lowering(const T& f, double spacing = 0) {
  using std::sqrt, std::log;
  if (!(math::value(f) > 0)) return T(0);
  // Of f; bent off below 0.1 (1e5 V/m in an organic). The lowering falls at first, by sqrt f, at a right angle: it
  // draws the contact's potential down, which makes the field larger, and for f below some hundredths a layer of 100 nm
  // would have several states that nature does not have. Beyond f = 0.5 less than a thousandth of the root is lost.
  constexpr double bend = 0.1;
  const T squared = f * f, rounded = sqrt(squared * squared + bend * bend * bend * bend);  // of f^2
  const T root = squared / (sqrt(rounded) * sqrt(sqrt(rounded)));
  const T lowering = 2 * spacing * math::value(root) < 1 ? root - spacing * (root * root) : T(1 / (4 * spacing));
  return lowering - 2. * log((1. + root + sqrt(1. + 2. * root)) / 2.);
}

/// A contact whose barrier depends on the field. The potential of the device's end moves against the metal's by `sign`
/// times the lowering, up for electrons, down for holes, and by what falls over a layer between them.
struct Injection {
  double sign = 0;                   ///< zero: a nominal barrier
  double field_of_displacement = 0;  ///< f per displacement along x [m2/C]
  double spacing = 0;                ///< of a layer, over r_c
  double rise = 0;                   ///< of the potential from metal to device, per displacement along x [m2/C kT/q]

  /// Of the layer, as an insulator [m2 kT/(q C)].
  double elastance() const { return std::abs(rise); }

  Injection() = default;
  Injection(const Stack& stack, fvm::Side side);

  /// [kT/q]
  template <class T>
  T shift(const T& displacement) const {
    const T across = rise * displacement;
    return sign == 0 ? across : across + sign * image_force_lowering<T>(field_of_displacement * displacement, spacing);
  }
};

}  // namespace nacre::device
