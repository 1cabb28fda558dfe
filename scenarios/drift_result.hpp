#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "models/confinement/emission.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

/// The course of emission and composition under a protocol; one entry a point in time wherever it says nothing else,
/// the first one before any time has passed.
struct DriftResult {
  bool complete = true;
  std::string message;  ///< why not
  std::vector<Warning> warnings;
  std::size_t monolayers = 0;
  double exchange_rate = 0;                               ///< k [1/s]
  double vacancies = 0;                                   ///< [1/m3]
  std::vector<double> time, voltage, current, occupancy;  ///< [s], [V], [A/m2], carriers a domain where they gather
  std::vector<double> iodide, rich, free_energy;          ///< layer's mean; share of rich domains; [kT a domain]
  std::vector<confinement::EmissionSeen> seen;
  std::vector<double> peak_alike;           ///< of the same compositions under the carriers of the first point [m]
  std::vector<double> wavelength, spectra;  ///< [m], time x wavelength: photons per wavelength, unit area [1/m]
  std::vector<double> composition, composition_width;  ///< of the cells [1]
  std::vector<double> domains;                         ///< time x composition: share of domains per iodide fraction [1]
  std::vector<double> at_depth;                        ///< time x depth: mean iodide fraction [1]
  std::vector<double> vacancies_at_depth;  ///< time x depth: of halides, what the local rate goes with [1/m3]
  std::size_t depths = 0;
  int steps = 0, rejected = 0, euler = 0, iterations = 0;
};

}  // namespace nacre::scenarios
