#pragma once
#include <cmath>
#include <limits>

#include "engine/population/exchange.hpp"
#include "engine/population/size_grid.hpp"

namespace nacre::support {

/// Rates of the textbook problem: a cluster of n grows at strength n^exponent c_1; its equilibrium is
/// c_n = c_s S^n exp(-theta (n^(2/3) - 1)). Infinite theta-free dissolution is switched off with solubility 0.
struct ConstantRates {
  population::FaceRates rates;

  ConstantRates(const population::SizeGrid& grid, double theta, double solubility, double exponent = 2.0 / 3,
                double strength = 1) {
    for (std::size_t e = 0; e < grid.distance.size(); ++e) {
      const double n = 0.5 * (grid.size[e] + grid.size[e + 1] - 1);
      const double step = (std::pow(grid.size[e + 1], 2.0 / 3) - std::pow(grid.size[e], 2.0 / 3)) / grid.distance[e];
      rates.attachment.push_back(strength * std::pow(n, exponent));
      rates.log_equilibrium.push_back(solubility > 0 ? std::log(solubility) + theta * step : -700);
      rates.equilibrium.push_back(solubility > 0 ? solubility * std::exp(theta * step) : 0);
    }
  }
  const population::FaceRates& at(double) { return rates; }
  double time_scale(double) const { return std::numeric_limits<double>::infinity(); }
};

}  // namespace nacre::support
