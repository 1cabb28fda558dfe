#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/confinement/colour.hpp"
#include "models/confinement/emission.hpp"
#include "scenarios/drift_carriers.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

struct Result;

/// What the drift stage is called with: plain numbers of the stages before.
struct Drifting {
  DriftPlan plan;
  double iodide = 0;                  ///< fraction of the crystals as made [1]
  std::vector<double> energy, share;  ///< emission energies of the crystals above the bulk's gap [J], their shares
  double mean_edge = 0;               ///< [m]
  double lattice_constant = 0;        ///< of the cubic cell, which holds three halides [m]
  double vacancies = 0;               ///< [1/m3]
  double line_width = 0;              ///< of one crystal [J]
  double lorentz_share = 0;           ///< [1]
  double start_peak = 0;  ///< of the photoluminescence before anything drifts, which the ensemble's is set to [m]
  std::optional<CarrierDevice> device;
};

/// Drifting of a result whose confinement (and device and film, where the plan takes anything from them) is complete.
Drifting drifting_of(const Result& result);

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

/// Never throws for physics or numerics. `interrupted` is polled: true ends it with the points that it has.
DriftResult run_drift(const Drifting& input, const confinement::ColourTable& eye,
                      const std::function<bool()>& interrupted = {});

}  // namespace nacre::scenarios
