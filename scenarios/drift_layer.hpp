#pragma once
#include <cstddef>
#include <vector>

namespace nacre::scenarios {

/// A layer of crystals as monolayers from the anode's side, and the depths that an ensemble divides it into: one, as
/// many as monolayers, or the first monolayer and even parts of the rest.
class DriftLayer {
 public:
  /// Thickness and pitch of the monolayers [m] > 0; `depths` beyond the number of monolayers, or 0: one a monolayer.
  DriftLayer(double thickness, double pitch, std::size_t depths);

  std::size_t monolayers() const { return monolayers_; }
  std::size_t depths() const { return shares_.size(); }
  /// Of the depths in the layer, sum 1.
  const std::vector<double>& shares() const { return shares_; }

  /// Of numbers of the monolayers: what is at a depth in all, and its mean over the depth.
  double sum_at(std::size_t depth, const std::vector<double>& of_monolayers) const;
  double mean_at(std::size_t depth, const std::vector<double>& of_monolayers) const {
    return sum_at(depth, of_monolayers) / (shares_[depth] * static_cast<double>(monolayers_));
  }

  /// Coefficient K of what moves between neighbouring depths, where neighbouring monolayers exchange at `rate` times a
  /// difference of potentials [1/s], times `speed` of the monolayers: halves of two depths lie one behind the other,
  /// so speeds enter as their harmonic mean. Without speeds: 1.
  std::vector<double> transport(double rate, const std::vector<double>& speed = {}) const;

 private:
  std::size_t monolayers_;
  std::vector<double> shares_;
};

}  // namespace nacre::scenarios
