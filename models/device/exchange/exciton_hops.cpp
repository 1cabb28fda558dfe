#include "models/device/exchange/exciton_hops.hpp"

#include <algorithm>
#include <numeric>

namespace nacre::device {

void hop_downhill(std::span<double> light, std::span<const double> crystals, std::span<const std::size_t> by_gap,
                  double hops) {
  const double all = std::accumulate(crystals.begin(), crystals.end(), 0.0);
  double made = std::accumulate(light.begin(), light.end(), 0.0), stay = made, below = 0;
  for (const std::size_t k : by_gap) {
    made -= light[k];  // above k
    below += crystals[k];
    const double above = std::max(0.0, made) / (1 + hops * below / all);
    light[k] = std::max(0.0, stay - above);  // of round-off
    stay = above;
  }
}

}  // namespace nacre::device
