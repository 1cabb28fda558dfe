#pragma once
#include "engine/math/bernoulli.hpp"

namespace nacre::device {

/// Flux of particles between places of density exp(log_a) and exp(log_b) that leave with the same probability once the
/// step of their electrochemical potential `level` (in kT) is taken off: exactly zero with it, and with its digits.
template <class T>
T transfer(double exchange, const T& log_a, const T& log_b, const T& level) {
  using std::exp, std::expm1, math::select;
  const auto up = math::value(level) > 0;
  const auto sign = math::sign_of(up);
  return exchange * sign * exp(select(up, log_b, log_a)) * expm1(-sign * level);
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
///
/// drift: the Bernoulli function of it and of its opposite, which carriers that drift in one potential share.
template <class T, class Real>
T scharfetter_gummel(const Real& exchange, const T& log_a, const T& log_b, const math::BernoulliPair<T>& drift,
                     const T& level) {
  using std::exp, std::expm1, math::select;
  const auto up = math::value(level) > 0;
  const auto sign = math::sign_of(up);
  return (exchange * sign) *
         (exp(select(up, log_b, log_a)) * select(up, drift.of, drift.of_opposite) * expm1(-sign * level));
}

}  // namespace nacre::device
