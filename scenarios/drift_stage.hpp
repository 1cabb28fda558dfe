#pragma once
#include <functional>

#include "models/confinement/colour.hpp"
#include "scenarios/drift_result.hpp"
#include "scenarios/drifting.hpp"

namespace nacre::scenarios {

/// Never throws for physics or numerics. `interrupted` is polled: true ends it with the points that it has.
DriftResult run_drift(const Drifting& input, const confinement::ColourTable& eye,
                      const std::function<bool()>& interrupted = {});

}  // namespace nacre::scenarios
