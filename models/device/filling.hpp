#pragma once
#include <cmath>
#include <memory>

#include "engine/math/degeneracy.hpp"
#include "engine/math/dual.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// log(1 + e^x), without overflow.
template <class T>
T log1p_exp(const T& x) {
  using std::exp, std::log1p, math::select;
  return select(math::value(x) > 0, x + log1p(exp(-x)), log1p(exp(x)));
}

/// log(1 + share (e^x - 1)) for a share in (0, 1], without overflow.
template <class T>
T log_crowded(double share, const T& x) {
  using std::exp, std::expm1, std::log1p, math::select;
  const auto large = math::value(x) > 30;
  const T high = x + std::log(share) + log1p((1 / share - 1) * exp(-x)), low = log1p(share * expm1(x));
  return select(large, high, low);
}

/// How the carriers of a band fill its states: n = N exp(eta + log_degeneracy(eta)), eta the height of their Fermi
/// level in the band in kT. The logarithm is zero for Boltzmann's statistics, negative where states are crowded.
class Filling {
 public:
  Filling() = default;
  Filling(const Layer& layer, double kT)
      : statistics_(layer.statistics), crowding_(layer.crowding), log_crowding_(std::log(layer.crowding)) {
    if (statistics_ == Statistics::gaussian)
      table_ = std::make_shared<const math::LogDegeneracy>(math::gaussian_degeneracy(layer.disorder / kT));
  }

  bool dilute() const { return statistics_ == Statistics::boltzmann; }

  template <class T>
  T log_degeneracy(const T& eta) const {
    using std::exp, std::log1p, math::select;
    if (dilute()) return T(0);
    if (statistics_ != Statistics::blakemore)
      return interpolated(table_ ? *table_ : math::fermi_dirac_degeneracy(), eta);
    return select(math::value(eta) > 0, -(eta + log_crowding_ + log1p(exp(-eta) / crowding_)),
                  -log1p(crowding_ * exp(eta)));
  }

 private:
  static double interpolated(const math::LogDegeneracy& table, double eta) { return table(eta).value; }
  static math::Lanes interpolated(const math::LogDegeneracy& table, const math::Lanes& eta) {
    return math::lane_by_lane([&](double at) { return table(at).value; }, eta);
  }
  template <int N>
  static math::Dual<N> interpolated(const math::LogDegeneracy& table, const math::Dual<N>& eta) {
    const math::Sample s = table(eta.value);
    return {s.value, s.slope * eta.slope};
  }

  Statistics statistics_ = Statistics::boltzmann;
  double crowding_ = 1, log_crowding_ = 0;
  std::shared_ptr<const math::LogDegeneracy> table_;  // of Gaussian states
};

}  // namespace nacre::device
