#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/confinement/colour.hpp"
#include "scenarios/drift_result.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

struct Result;

/// The drift that goes with an ageing.
struct AgeingDrift {
  std::shared_ptr<const DriftResult> drift;
  std::vector<Warning> warnings;
  std::string problem;  ///< why there is none; empty when there is
};

/// Vacancies speed up a drift in proportion under one drive alone: that of the case's drift stage where its level is
/// what the ageing holds (`current` [A/m2], or where that is NaN `voltage` [V]), within 2 % of the current or 10 mV;
/// else the drift of the same layer under what it holds, with a warning. `interrupted` as run_drift().
AgeingDrift drift_of_ageing(const Result& result, double current, double voltage, const confinement::ColourTable& eye,
                            const std::function<bool()>& interrupted);

}  // namespace nacre::scenarios
