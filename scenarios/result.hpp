#pragma once
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "models/confinement/optics.hpp"
#include "models/synthesis/synthesis.hpp"
#include "scenarios/device_stage.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// A stage that did not reach its end.
struct Failure {
  Stage stage = Stage::synthesis;
  std::string message;  ///< with time and reason
};

/// Crystals that hold a smaller share of all formula units are numerical dust, whose moments mean nothing [1].
inline constexpr double least_yield = 1e-9;

/// A size distribution by number with its moments.
struct SizesUsed {
  synthesis::Sizes sizes;
  double mean = std::numeric_limits<double>::quiet_NaN();                ///< [m]
  double standard_deviation = std::numeric_limits<double>::quiet_NaN();  ///< [m]
  double skewness = std::numeric_limits<double>::quiet_NaN();            ///< [1]
};

/// What one variant came out as. Stages that were not asked for, or not reached, are absent.
struct Result {
  Plan plan;
  std::shared_ptr<const synthesis::History> history;
  SizesUsed sizes;  ///< of the confinement stage; empty where there are none
  std::shared_ptr<const confinement::Optics> optics;
  std::shared_ptr<const DeviceResult> device;
  std::vector<Failure> failures;
  double synthesis_seconds = 0;    ///< processor time; 0 when an equal stage had been computed already [s]
  double confinement_seconds = 0;  ///< [s]
  double device_seconds = 0;       ///< [s]
};

}  // namespace nacre::scenarios
