#pragma once
#include <optional>
#include <vector>

#include "scenarios/drift_carriers.hpp"
#include "scenarios/drift_plan.hpp"

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

  /// From one monolayer to the next [m].
  double pitch() const { return mean_edge + plan.spacing; }
  /// Of the layer of crystals [m].
  double thickness() const { return device ? device->crystals().thickness : plan.thickness; }
  /// Whether there are two halides, without which nothing separates or takes the place of the other.
  bool is_mixed() const { return iodide > 0 && iodide < 1; }
};

/// Drifting of a result whose confinement (and device and film, where the plan takes anything from them) is complete.
Drifting drifting_of(const Result& result);

}  // namespace nacre::scenarios
