#include "models/device/exchange/composition_grid.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::device {
namespace {

constexpr double sparse = 0.1;         // density of cells on the poor side, of that on the rich one
constexpr double reach = 3;            // standard deviations of the undriven ensemble to the poor side
constexpr double transition = 0.15;    // iodide fraction in which the density changes
constexpr double least_room = 0.02;    // keeps the cells at both ends from becoming needlessly narrow
constexpr std::size_t samples = 4096;  // of the density of cells

/// Integral of the density of cells over the iodide fraction, at even steps of it.
std::vector<double> counted(double iodide, double sites) {
  const double edge = iodide - reach * std::sqrt(iodide * (1 - iodide) / sites);
  std::vector<double> sum{0};
  for (std::size_t i = 0; i < samples; ++i) {
    const double x = (static_cast<double>(i) + 0.5) / samples;
    const double rich = (1 + std::tanh((x - edge) / transition)) / 2;
    sum.push_back(sum.back() + (sparse + (1 - sparse) * rich) * std::pow(x * (1 - x) + least_room, -0.25));
  }
  return sum;
}

}  // namespace

CompositionGrid composition_grid(double iodide, double sites, std::size_t cells) {
  if (cells == 1) return {{iodide}, {1}, {0, 1}};
  const std::vector<double> sum = counted(iodide, sites);
  const auto place = [&](double number) {  // linear between samples
    const double target = number / static_cast<double>(cells) * sum.back();
    const auto above = std::upper_bound(sum.begin() + 1, sum.end() - 1, target);
    const double part = (target - above[-1]) / (above[0] - above[-1]);
    return (static_cast<double>(above - sum.begin() - 1) + part) / samples;
  };
  CompositionGrid grid;
  for (std::size_t i = 0; i <= cells; ++i) grid.face.push_back(place(static_cast<double>(i)));
  for (std::size_t i = 0; i < cells; ++i) {
    grid.centre.push_back(place(static_cast<double>(i) + 0.5));
    grid.width.push_back(grid.face[i + 1] - grid.face[i]);
  }
  return grid;
}

}  // namespace nacre::device
