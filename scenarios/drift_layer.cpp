#include "scenarios/drift_layer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nacre::scenarios {

DriftLayer::DriftLayer(double thickness, double pitch, std::size_t depths)
    : monolayers_(static_cast<std::size_t>(std::max(1.0, std::round(thickness / pitch)))) {
  const std::size_t count = depths == 0 ? monolayers_ : std::min(depths, monolayers_);
  const double one = 1.0 / static_cast<double>(monolayers_);
  if (count == 1) {
    shares_ = {1};
    return;
  }
  shares_.assign(count, (1 - one) / static_cast<double>(count - 1));
  shares_[0] = one;
}

double DriftLayer::sum_at(std::size_t depth, const std::vector<double>& of_monolayers) const {
  const auto first = shares_.begin();
  const double count = static_cast<double>(monolayers_);
  const double begin = count * std::accumulate(first, first + static_cast<std::ptrdiff_t>(depth), 0.0);
  const double end = begin + count * shares_[depth];
  double sum = 0;
  for (std::size_t k = 0; k < monolayers_; ++k) {
    const double a = static_cast<double>(k);
    sum += of_monolayers[k] * std::max(0.0, std::min(a + 1, end) - std::max(a, begin));
  }
  return sum;
}

std::vector<double> DriftLayer::transport(double rate, const std::vector<double>& speed) const {
  const double count = static_cast<double>(monolayers_);
  const auto resistance = [&](std::size_t depth) {  // from its middle to its face, in monolayers
    return count * shares_[depth] / 2 / (speed.empty() ? 1 : mean_at(depth, speed));
  };
  std::vector<double> coefficients;
  for (std::size_t d = 0; d + 1 < depths(); ++d)
    coefficients.push_back(rate / count / (resistance(d) + resistance(d + 1)));
  return coefficients;
}

}  // namespace nacre::scenarios
