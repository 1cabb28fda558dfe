#include "models/instruments/bleach_fit.hpp"

#include <cmath>
#include <vector>

#include "engine/math/least_squares.hpp"

namespace nacre::instruments {

BiexcitonReading biexciton_fit(std::span<const double> delay, std::span<const double> weak,
                               std::span<const double> strong, double late) {
  double both = 0, square = 0;
  for (std::size_t i = 0; i < delay.size(); ++i) {
    if (delay[i] < late) continue;
    both += weak[i] * strong[i];
    square += weak[i] * weak[i];
  }
  if (!(square > 0)) return {};
  std::vector<double> rest;
  for (std::size_t i = 0; i < delay.size(); ++i) rest.push_back((strong[i] - both / square * weak[i]) / strong[0]);
  double area = 0;
  for (std::size_t i = 0; i + 1 < delay.size(); ++i) area += 0.5 * (rest[i] + rest[i + 1]) * (delay[i + 1] - delay[i]);
  if (!(rest[0] > 0) || !(area > 0)) return {};
  const double guess = area / rest[0];
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = p[0] * std::exp(-delay[i] / (guess * std::exp(p[1]))) - rest[i];
  };
  const math::LeastSquares fit = math::least_squares(residuals, {rest[0], 0}, delay.size());
  const double lifetime = guess * std::exp(fit.parameters[1]);
  return {fit.converged, lifetime, lifetime * fit.standard_errors[1], fit.parameters[0]};
}

}  // namespace nacre::instruments
