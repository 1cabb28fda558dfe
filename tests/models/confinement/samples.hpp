#pragma once
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "engine/units/constants.hpp"
#include "models/confinement/bands.hpp"
#include "models/confinement/colour.hpp"
#include "tests/support/places.hpp"

/// What several tests of confinement start from.
namespace samples {

constexpr double electron_volt = nacre::units::constants::electron_volt;
constexpr double nanometre = 1e-9;
constexpr double hc = nacre::units::constants::planck * nacre::units::constants::speed_of_light;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Kane bands with a finite barrier, close to those of a lead bromide perovskite.
inline nacre::confinement::Bands bands(double gap_in_electron_volts = 2.38) {
  constexpr double mass = nacre::units::constants::electron_mass;
  return {gap_in_electron_volts * electron_volt, 0.117 * mass, 7.5, 3 * electron_volt, mass};
}

/// Parabolic bands between infinite walls: everything is known in Rydbergs and Bohr radii.
inline nacre::confinement::Bands infinite_well() {
  nacre::confinement::Bands b = bands();
  b.gap = b.barrier = infinite;
  return b;
}

inline nacre::confinement::ColourTable colour_table() {
  nacre::confinement::ColourTable table;
  std::ifstream file(nacre::places::source("models/data/cie/cie1931_2deg_5nm.csv"));
  for (std::string line; std::getline(file, line);) {
    double wavelength = 0, x = 0, y = 0, z = 0;
    if (std::sscanf(line.c_str(), "%lf,%lf,%lf,%lf", &wavelength, &x, &y, &z) != 4) continue;
    table.wavelength.push_back(wavelength * nanometre);
    table.x.push_back(x);
    table.y.push_back(y);
    table.z.push_back(z);
  }
  return table;
}

/// A normal distribution of edges over +-4 standard deviations.
struct Sizes {
  std::vector<double> edge, number;
};
inline Sizes normal_sizes(double mean, double standard_deviation, int count = 401) {
  Sizes sizes;
  for (int i = 0; i < count; ++i) {
    const double t = -4 + 8.0 * i / (count - 1);
    sizes.edge.push_back(mean + t * standard_deviation);
    sizes.number.push_back(std::exp(-t * t / 2));
  }
  return sizes;
}

}  // namespace samples
