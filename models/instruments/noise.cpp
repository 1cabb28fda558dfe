#include "models/instruments/noise.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nacre::instruments {

double noise_of(std::span<const double> curve, int order) {
  std::vector<double> bends(curve.begin(), curve.end());
  double squares = 1;  // sum of the squared weights of the differences, the middle binomial coefficient
  for (int k = 1; k <= order; ++k) {
    squares *= static_cast<double>(order + k) / k;
    if (bends.empty()) return 0;
    for (std::size_t i = 0; i + 1 < bends.size(); ++i) bends[i] = bends[i + 1] - bends[i];
    bends.pop_back();
  }
  if (bends.empty()) return 0;
  for (double& bend : bends) bend = std::abs(bend);
  const auto middle = bends.begin() + static_cast<std::ptrdiff_t>(bends.size() / 2);
  std::nth_element(bends.begin(), middle, bends.end());
  return *middle / (0.6745 * std::sqrt(squares));  // a normal distribution's median
}

}  // namespace nacre::instruments
