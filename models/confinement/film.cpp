#include "models/confinement/film.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/roots.hpp"

namespace nacre::confinement {

double resonance(double stokes_shift, double full_width) {
  const double sigma = full_width / std::sqrt(8 * std::log(2.0));
  return std::exp(-stokes_shift * stokes_shift / (4 * sigma * sigma));
}

double loss_ratio(double yield) {
  return 1 / yield - 1;
}

double yield_of_loss(double ratio) {
  return 1 / (1 + ratio);
}

double film_loss(double ratio, double hops) {
  return ratio * (1 + hops);
}

double loss_after_air(double ratio, double dose) {
  return ratio * std::exp(dose);
}

double loss_after_light(double ratio, double dose) {
  if (ratio == 0) return 0;
  // in u = ln kappa, where u + e^u is monotonic; it moves by at most the dose
  const double start = std::log(ratio);
  const auto excess = [&](double u) { return (u - start) + (std::exp(u) - ratio) - dose; };
  return std::exp(math::brent_root(excess, start, start + std::max(dose, 0.0)).x);
}

double brightness_left(double before, double after) {
  return std::min(1.0, (1 + before) / (1 + after));  // what grows by less than a rounding error is left whole
}

}  // namespace nacre::confinement
