#include "models/instruments/quenching_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/math/least_squares.hpp"
#include "engine/units/constants.hpp"

namespace nacre::instruments {
namespace {

constexpr double boltzmann = units::constants::boltzmann;

/// With E given, 1/I is a straight line in exp(-E/kT): the line and how far the points lie from it.
struct Trial {
  double intensity = 0, prefactor = 0, distance = std::numeric_limits<double>::infinity();
};

Trial with_energy(std::span<const double> temperature, std::span<const double> intensity, double energy) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < temperature.size(); ++i) {
    x.push_back(std::exp(-energy / (boltzmann * temperature[i])));
    y.push_back(1 / intensity[i]);
  }
  const math::Line line = math::straight_line(x, y);
  if (!(line.slope > 0) || !(line.intercept > 0)) return {};
  Trial trial{1 / line.intercept, line.slope / line.intercept, 0};
  for (std::size_t i = 0; i < x.size(); ++i)
    trial.distance += std::pow(trial.intensity / (1 + trial.prefactor * x[i]) - intensity[i], 2);
  return trial;
}

}  // namespace

QuenchingReading quenching_fit(std::span<const double> temperature, std::span<const double> intensity) {
  const double hottest = boltzmann * *std::max_element(temperature.begin(), temperature.end());
  const double scale = *std::max_element(intensity.begin(), intensity.end());
  Trial best;
  double best_energy = hottest;
  for (double energy = 0.3 * hottest; energy < 30 * hottest; energy *= 1.15) {
    const Trial trial = with_energy(temperature, intensity, energy);
    if (trial.distance >= best.distance) continue;
    best = trial;
    best_energy = energy;
  }
  if (!std::isfinite(best.distance)) return {};
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    for (std::size_t i = 0; i < r.size(); ++i) {
      const double quenched = std::exp(p[1] - std::exp(p[2]) / (boltzmann * temperature[i]) * hottest);
      r[i] = (std::exp(p[0]) / (1 + quenched) - intensity[i]) / scale;
    }
  };
  const std::vector<double> start{std::log(best.intensity), std::log(best.prefactor), std::log(best_energy / hottest)};
  const math::LeastSquares fit = math::least_squares(residuals, start, temperature.size(), 1e-12);
  const double prefactor = std::exp(fit.parameters[1]), energy = std::exp(fit.parameters[2]) * hottest;
  return {fit.converged, std::exp(fit.parameters[0]),     prefactor,
          energy,        energy * fit.standard_errors[2], prefactor * fit.standard_errors[1]};
}

}  // namespace nacre::instruments
