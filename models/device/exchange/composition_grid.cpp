#include "models/device/exchange/composition_grid.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::device {
namespace {

constexpr double sparse = 0.1;         // density of cells on the poor side, of that on the rich one
constexpr double reach = 3;            // standard deviations of the undriven ensemble to the poor side
constexpr double transition = 0.15;    // iodide fraction in which the density changes
constexpr double least_room = 0.02;    // keeps the cells at both ends from becoming needlessly narrow
constexpr double narrow_share = 8;     // an outermost part of this of the cells is narrowed to hold a fraction
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

bool holds(const CompositionGrid& grid, double iodide) {
  return iodide > grid.centre.front() && iodide < grid.centre.back();
}

CompositionGrid narrowed_to(CompositionGrid grid, double iodide) {
  if (grid.centre.size() == 1 || holds(grid, iodide)) return grid;
  const bool poor = iodide <= grid.centre.front();
  const double count = static_cast<double>(grid.centre.size()), fade = count / narrow_share;
  const double outermost = poor ? grid.centre.front() : 1 - grid.centre.back(),
               wanted = (poor ? iodide : 1 - iodide) / 2;
  const auto faded = [&](double number) {  // from the narrowed end to 0 at the other
    return std::exp(-(poor ? number : count - number) / fade) - std::exp(-count / fade);
  };
  const double narrowing = (1 - wanted / outermost) / faded(poor ? 0.5 : count - 0.5);
  const auto moved = [&](double x, double number) {  // the outermost centre to half of the fraction
    const double factor = 1 - narrowing * faded(number);
    return poor ? x * factor : 1 - (1 - x) * factor;
  };
  for (std::size_t i = 0; i < grid.face.size(); ++i) grid.face[i] = moved(grid.face[i], static_cast<double>(i));
  for (std::size_t i = 0; i < grid.centre.size(); ++i) {
    grid.centre[i] = moved(grid.centre[i], static_cast<double>(i) + 0.5);
    grid.width[i] = grid.face[i + 1] - grid.face[i];
  }
  return grid;
}

}  // namespace nacre::device
