#include "models/confinement/emission.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/units/constants.hpp"

namespace nacre::confinement {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double hc = units::constants::planck * units::constants::speed_of_light;

/// Fine enough for the line, and with room for it on both sides; tails of a Lorentzian part are cut there.
EnergyGrid grid_for(double lowest, double highest, double full_width) {
  const double first = std::max(lowest - 4 * full_width, 0.2 * lowest), last = highest + 4 * full_width;
  const double step = std::max(full_width / 30, (last - first) / 8000);
  return {first, step, static_cast<std::size_t>(std::ceil((last - first) / step)) + 1};
}

}  // namespace

EmissionGrid::EmissionGrid(double lowest, double highest, double full_width, double lorentz_share,
                           const ColourTable& eye)
    : grid_(grid_for(lowest, highest, full_width)),
      kernel_(line_kernel(grid_, full_width, lorentz_share, grid_.count)),
      eye_(eye) {
  for (std::size_t i = 0; i < grid_.count; ++i) {
    energy_.push_back(grid_.at(i));
    wavelength_.push_back(hc / grid_.at(i));
  }
}

std::vector<double> EmissionGrid::spectrum(std::span<const double> energies, std::span<const double> weights) const {
  std::vector<double> histogram(grid_.count, 0.0);
  for (std::size_t i = 0; i < energies.size(); ++i)
    if (weights[i] > 0) deposit(grid_, energies[i], weights[i], histogram);
  std::vector<double> photons = convolve(histogram, kernel_, grid_.count);
  for (std::size_t i = 0; i < grid_.count; ++i) photons[i] *= energy_[i] * energy_[i] / hc;
  const double area = trapezoid(wavelength_, photons);
  if (area > 0)
    for (double& value : photons) value /= area;
  return photons;
}

EmissionSeen EmissionGrid::seen(const std::vector<double>& photons) const {
  if (!(*std::max_element(photons.begin(), photons.end()) > 0)) return {nan, nan, nan, nan, nan};
  std::vector<double> power(photons);
  for (std::size_t i = 0; i < power.size(); ++i) power[i] *= energy_[i];
  const Colour colour = eye_.of(wavelength_, power);
  return {highest_peak(wavelength_, photons).position, full_width_half_maximum(wavelength_, photons),
          colour.complete ? colour.x : nan, colour.complete ? colour.y : nan, colour.luminous_efficacy};
}

}  // namespace nacre::confinement
