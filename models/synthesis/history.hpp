#pragma once
#include <string>
#include <vector>

namespace nacre::synthesis {

/// How many numbers an integration took.
struct Effort {
  int steps = 0;
  int rejected = 0;
  int unknowns = 0;
  double mass_drift = 0;  ///< |content at the end - content at the start|/content [1]
};

/// What a synthesis did over time. Vectors over time have one entry an output time; the distribution is [time][size].
struct History {
  std::vector<double> time;                  ///< [s]
  std::vector<double> temperature;           ///< [K]
  std::vector<double> supersaturation;       ///< monomer over its solubility [1]
  std::vector<double> nucleation_rate;       ///< net flux through the smallest counted size [1/(m3 s)]
  std::vector<double> number;                ///< crystals counted [1/m3]
  std::vector<double> yield;                 ///< share of all formula units in counted crystals [1]
  std::vector<double> mean_edge;             ///< NaN while nothing is counted [m]
  std::vector<double> sd_edge;               ///< [m]
  std::vector<double> skewness;              ///< [1]
  std::vector<double> edge;                  ///< of each size class, before any cleaning [m]
  std::vector<double> width;                 ///< of each class in edge, so that density x width is a number [m]
  std::vector<std::vector<double>> density;  ///< number per volume and edge, not negative [1/m4]; empty in the comparison modes
  Effort effort;
  bool complete = false;  ///< the recipe was followed to its end
  std::string message;    ///< why it was not, with time and reason
};

}  // namespace nacre::synthesis
