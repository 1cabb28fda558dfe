#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace nacre::instruments {

/// A transmission electron microscope and the person who measures particles on its pictures.
struct Microscope {
  int particles = 200;  ///< measured
  double error = 0;     ///< standard deviation of one measurement [m]
  int bins = 16;        ///< of the histogram
  std::uint64_t seed = 1;
};

/// What is reported.
struct Micrograph {
  std::vector<double> size;                             ///< one a particle [m]
  std::vector<double> bin;                              ///< middle of each bin [m]
  std::vector<double> frequency;                        ///< share of the particles in each bin [1]
  double mean = 0, standard_deviation = 0;              ///< of the particles measured [m]
  double mean_error = 0, standard_deviation_error = 0;  ///< their standard errors, as of a normal distribution [m]
};

/// Draws particles from a distribution by number, edges [m] ascending, and measures each once. Within a class sizes are
/// spread evenly up to half way to its neighbours. A measurement that is not positive is taken again.
Micrograph photograph(const Microscope& microscope, std::span<const double> edges, std::span<const double> weights);

}  // namespace nacre::instruments
