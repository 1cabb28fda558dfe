#include "models/confinement/tauc.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace nacre::confinement {
namespace {

/// Zero of the least-squares line through (x, y).
double intercept(std::span<const double> x, std::span<const double> y) {
  double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0;
  const double n = static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / n, mean_y += y[i] / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sxx += (x[i] - mean_x) * (x[i] - mean_x);
    sxy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  return mean_x - mean_y * sxx / sxy;
}

}  // namespace

double tauc_gap(std::span<const double> photon_energy, std::span<const double> absorption, double highest) {
  constexpr double straight = 0.95;  // of the steepest slope: what an eye takes for the straight part
  std::vector<double> square;
  for (std::size_t i = 0; i < photon_energy.size() && photon_energy[i] <= highest; ++i)
    square.push_back(std::pow(absorption[i] * photon_energy[i], 2));
  std::vector<double> slope;
  for (std::size_t i = 0; i + 1 < square.size(); ++i)
    slope.push_back((square[i + 1] - square[i]) / (photon_energy[i + 1] - photon_energy[i]));
  const auto steepest = std::max_element(slope.begin(), slope.end());
  if (steepest == slope.end() || !(*steepest > 0)) return std::numeric_limits<double>::quiet_NaN();
  auto from = steepest, to = steepest;
  while (from != slope.begin() && *(from - 1) > straight * *steepest) --from;
  while (to + 1 != slope.end() && *(to + 1) > straight * *steepest) ++to;
  const auto first = static_cast<std::size_t>(from - slope.begin());
  const auto count = static_cast<std::size_t>(to - from) + 2;
  return intercept(photon_energy.subspan(first, count), std::span<const double>(square).subspan(first, count));
}

}  // namespace nacre::confinement
