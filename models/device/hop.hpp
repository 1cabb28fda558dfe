#pragma once
#include <cmath>

#include "models/device/scharfetter_gummel.hpp"

namespace nacre::device {

/// log min(1, e^fall) with its corner rounded over a tenth of kT, where Newton's iteration would go to and fro between
/// two slopes: x/2 + w/2 - sqrt(x^2 + w^2)/2. Slope 1/2 and value 0 at level, and its difference to that of the way back
/// is the fall, as detailed balance asks; far downhill it is w/2, a rate 5 % above one.
template <class T>
T log_hop_rate(const T& fall) {
  using std::sqrt;
  constexpr double w = 0.1;
  return 0.5 * (fall + w - sqrt(fall * fall + w * w));
}

/// Flux of hops from place a to place b at the rates of Miller and Abrahams (Phys. Rev. 120, 745 (1960)): nu downhill,
/// nu exp(-dE/kT) uphill,
///
///     F = exchange [n_a (1 - f_b) min(1, e^fall) - n_b (1 - f_a) min(1, e^-fall)],
///
/// written with the step of the electrochemical potential: exactly zero where it does not change. With exchange = D/pitch
/// it is drift and diffusion of mobility D/(kT/q) as long as the fall stays below about one kT; beyond, the speed
/// saturates at one pitch in 1/nu.
///
/// log_a, log_b: of n (1 - f of the other place); fall: by how much b lies deeper for this carrier [kT]; level: step of
/// its electrochemical potential from a to b [kT].
template <class T, class Real>
T hop(const Real& exchange, const T& log_a, const T& log_b, const T& fall, const T& level) {
  const T down = log_hop_rate(fall);
  return exchange * transfer<T>(1, log_a + down, log_b + (down - fall), level);
}

}  // namespace nacre::device
