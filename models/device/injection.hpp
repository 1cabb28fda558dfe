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
template <class T>
T image_force_lowering(const T& f) {
  using std::sqrt, std::log;
  if (!(math::value(f) > 0)) return T(0);
  // Of f; bent off below 0.1 (1e5 V/m in an organic). The lowering falls at first, by sqrt f, at a right angle: it draws
  // the contact's potential down, which makes the field larger, and for f below some hundredths a layer of 100 nm would
  // have several states that nature does not have. Beyond f = 0.5 less than a thousandth of the root is lost.
  constexpr double bend = 0.1;
  const T squared = f * f, rounded = sqrt(squared * squared + bend * bend * bend * bend);  // of f^2
  const T root = squared / (sqrt(rounded) * sqrt(sqrt(rounded)));
  return root - 2. * log((1. + root + sqrt(1. + 2. * root)) / 2.);
}

/// A contact whose barrier depends on the field. Its potential moves against the metal's by `sign` times the lowering:
/// up for electrons, down for holes.
struct Injection {
  double sign = 0;                   ///< zero: a nominal barrier
  double field_of_displacement = 0;  ///< f per displacement along x [m2/C]

  Injection() = default;
  Injection(const Stack& stack, fvm::Side side);

  /// [kT/q]
  template <class T>
  T shift(const T& displacement) const {
    return sign == 0 ? T(0) : sign * image_force_lowering<T>(field_of_displacement * displacement);
  }
};

}  // namespace nacre::device
