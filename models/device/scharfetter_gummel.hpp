#pragma once
#include "engine/math/bernoulli.hpp"

namespace nacre::device {

/// Flux of particles between places of density exp(log_a) and exp(log_b) that leave with the same probability once the
/// step of their electrochemical potential `level` (in kT) is taken off: exactly zero with it, and with its digits.
template <class T>
T transfer(double exchange, const T& log_a, const T& log_b, const T& level) {
  using std::exp, std::expm1;
  if (math::value(level) > 0) return exchange * exp(log_b) * expm1(-level);
  return -exchange * exp(log_a) * expm1(level);
}

/// Flux of particles of density n = exp(log_a), exp(log_b) across a cell in which the drift force is constant
/// (Scharfetter, Gummel, IEEE Trans. Electron Devices 16, 64 (1969)), from the steps of log n = drift + level over the
/// cell:
///
///     F = -(D/h) n_a B(-drift) expm1(level) = (D/h) n_b B(drift) expm1(-level)
///
/// The level is the electrochemical potential in kT. F is exactly zero where it does not change, and has the digits of
/// `level`. Where carriers crowd, drift includes the step of the logarithm of their degeneracy factor: an excess
/// chemical potential drives as a potential does.
template <class T>
T scharfetter_gummel(double exchange, const T& log_a, const T& log_b, const T& drift, const T& level) {
  using std::exp, std::expm1, math::bernoulli;
  if (math::value(level) > 0) return exchange * exp(log_b) * bernoulli(drift) * expm1(-level);
  return -exchange * exp(log_a) * bernoulli(-drift) * expm1(level);
}

}  // namespace nacre::device
