#include "models/confinement/elliott.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nacre::confinement {
namespace {

constexpr int states = 12;  // kept as lines

double order(Freedom freedom, double n) {
  return freedom == Freedom::three ? n : n - 0.5;
}

/// Weight of a bound state, in the unit of the continuum times energy.
double weight_of(const Elliott& edge, int n) {
  const double cube = std::pow(order(edge.freedom, n), 3);
  if (edge.freedom == Freedom::two) return 4 * edge.rydberg / cube;
  return 4 * std::numbers::pi * std::pow(edge.rydberg, 1.5) / cube;
}

double continuum(const Elliott& edge, double excess) {
  const bool three = edge.freedom == Freedom::three;
  if (excess <= 0) return three ? 2 * std::numbers::pi * std::sqrt(edge.rydberg) : 2;
  return (three ? std::sqrt(excess) : 1) * sommerfeld_factor(edge.freedom, edge.rydberg, excess);
}

/// Adds the continuum above an onset to a histogram: of each cell the part that lies above.
void add_continuum(const Elliott& edge, const EnergyGrid& grid, double onset, std::vector<double>& histogram) {
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    const double high = grid.at(i) + 0.5 * grid.step, low = std::max(high - grid.step, onset);
    if (high > low) histogram[i] += continuum(edge, 0.5 * (low + high) - edge.gap) * (high - low);
  }
}

}  // namespace

double sommerfeld_factor(Freedom freedom, double rydberg, double excess) {
  const double x = 2 * std::numbers::pi * std::sqrt(rydberg / excess);
  if (freedom == Freedom::two) return 2 / (1 + std::exp(-x));
  return x > 0 ? x / -std::expm1(-x) : 1;
}

double bound_state(Freedom freedom, double rydberg, int n) {
  return rydberg / std::pow(order(freedom, n), 2);
}

std::vector<double> elliott_absorption(const Elliott& edge, const EnergyGrid& grid) {
  const auto reach = static_cast<std::size_t>(std::ceil(2.2 * edge.width / grid.step)) + 1;
  std::vector<double> histogram(grid.count + reach, 0.0);
  double onset = edge.gap;
  if (edge.rydberg > 0) {
    for (int n = 1; n <= states; ++n)
      deposit(grid, edge.gap - bound_state(edge.freedom, edge.rydberg, n), weight_of(edge, n), histogram);
    onset -= edge.rydberg / std::pow(order(edge.freedom, states + 0.5), 2);
  }
  add_continuum(edge, grid, onset, histogram);
  return convolve(histogram, line_kernel(grid, edge.width, 0, reach), grid.count);
}

}  // namespace nacre::confinement
