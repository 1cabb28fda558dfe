#include "models/instruments/urbach_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/math/least_squares.hpp"

namespace nacre::instruments {

UrbachReading urbach_fit(std::span<const double> energy, std::span<const double> absorption, double edge,
                         const UrbachWindow& window) {
  UrbachReading reading{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(), 0};
  const auto end = static_cast<std::size_t>(std::upper_bound(energy.begin(), energy.end(), edge) - energy.begin());
  if (end == 0) return reading;
  const double reference = absorption[end - 1];
  std::vector<double> x, y;
  for (std::size_t i = end; i-- > 0 && absorption[i] >= window.lowest * reference;) {
    if (absorption[i] > window.highest * reference) continue;
    x.push_back(energy[i]);
    y.push_back(std::log(absorption[i]));
  }
  reading.points = static_cast<int>(x.size());
  if (x.size() < 3) return reading;
  const math::Line line = math::straight_line(x, y);
  if (!(line.slope > 0)) return reading;
  reading.energy = 1 / line.slope;
  reading.standard_error = line.slope_error / (line.slope * line.slope);
  return reading;
}

}  // namespace nacre::instruments
