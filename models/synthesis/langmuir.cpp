#include "models/synthesis/langmuir.hpp"

#include <cmath>
#include <numeric>

namespace nacre::synthesis {

double empty_share(std::span<const double> activities) {
  return 1 / std::accumulate(activities.begin(), activities.end(), 1.0);
}

double held_share(std::span<const double> activities, std::size_t species) {
  return activities[species] * empty_share(activities);
}

double titrated_share(double binding, double supply) {
  // binding theta^2 - b theta + binding supply = 0, with the root below 1 in the form that loses no digits
  const double b = binding * supply + binding + 1;
  const double root = std::sqrt(binding * binding * (1 - supply) * (1 - supply) + 2 * binding * (1 + supply) + 1);
  return 2 * binding * supply / (b + root);
}

}  // namespace nacre::synthesis
