#include "models/device/self_heating.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/math/roots.hpp"

namespace nacre::device {

Warmed self_heated(const std::function<double(double)>& power, double ambient, double resistance, double limit) {
  const auto excess = [&](double temperature) { return ambient + resistance * power(temperature) - temperature; };
  constexpr int parts = 200;  // where both steady states lie closer together, the device is about to run away
  double low = ambient;
  if (!(excess(low) > 0)) return {ambient, false};
  for (int i = 1; i <= parts; ++i) {
    const double high =
        ambient + (limit - ambient) * (static_cast<double>(i) / parts) * (static_cast<double>(i) / parts);
    if (excess(high) <= 0) return {math::brent_root(excess, low, high).x, false};
    low = high;
  }
  return {std::numeric_limits<double>::quiet_NaN(), true};
}

double spreading_resistance(double area, double conductivity) {
  return area / (4 * conductivity * std::sqrt(area / std::numbers::pi));
}

}  // namespace nacre::device
