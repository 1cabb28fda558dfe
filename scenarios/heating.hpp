#pragma once
#include "scenarios/device_stage.hpp"

namespace nacre::scenarios {

/// Warms a device by its own heat at every bias of a finished sweep: fills DeviceResult::temperature and the heated
/// curves beside it. The sweep is solved for at a few temperatures, and logarithms are interpolated in between. A bias
/// at which no steady state exists, and all beyond, are NaN, with a warning.
void heat(const DevicePlan& plan, const Crystals& crystals, const confinement::ColourTable& eye, DeviceResult& result);

}  // namespace nacre::scenarios
