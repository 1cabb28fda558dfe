#pragma once
#include "models/device/scharfetter_gummel.hpp"

namespace nacre::device {

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
  using math::select;
  const auto uphill = math::value(fall) < 0;
  return exchange *
         transfer<T>(1, log_a + select(uphill, fall, T(0)), log_b + select(uphill, T(0), -fall), level);
}

}  // namespace nacre::device
