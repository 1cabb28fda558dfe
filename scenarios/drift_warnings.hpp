#pragma once
#include <vector>

#include "scenarios/drift_crystals.hpp"
#include "scenarios/warning.hpp"

namespace nacre::scenarios {

/// Of what a drift takes other than it was asked for, takes too coarsely, or takes at rest though it is slow.
std::vector<Warning> drift_warnings(const Drifting& in, const DriftCrystals& crystals,
                                    const std::vector<ProtocolHold>& holds);

}  // namespace nacre::scenarios
