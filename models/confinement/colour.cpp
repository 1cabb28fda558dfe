#include "models/confinement/colour.hpp"

#include <cassert>
#include <cmath>

#include "engine/units/constants.hpp"

namespace nacre::confinement {

ColourMatching::ColourMatching(const ColourTable& table)
    : first_(table.wavelength.front()),
      last_(table.wavelength.back()),
      x_(table.wavelength, table.x),
      y_(table.wavelength, table.y),
      z_(table.wavelength, table.z) {}

Colour ColourMatching::of(std::span<const double> wavelength, std::span<const double> power) const {
  assert(wavelength.size() == power.size());
  const std::size_t n = wavelength.size();
  double x = 0, y = 0, z = 0, total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double width = std::abs(wavelength[i + 1 < n ? i + 1 : i] - wavelength[i > 0 ? i - 1 : i]) / 2;
    const double share = power[i] * width;
    total += share;
    if (wavelength[i] < first_ || wavelength[i] > last_) continue;
    x += share * x_.value(wavelength[i]);
    y += share * y_.value(wavelength[i]);
    z += share * z_.value(wavelength[i]);
  }
  const double sum = x + y + z;
  if (!(sum > 0) || !std::isfinite(sum) || !(total > 0)) return {};
  return {true, x / sum, y / sum, units::constants::luminous_efficacy * y / total};
}

}  // namespace nacre::confinement
