#pragma once
#include "scenarios/drift_stage.hpp"

namespace nacre::scenarios {

/// Read off a course; NaN where it does not come to it.
double drift_shift(const DriftResult& result);  ///< last peak minus first [m]
/// The same under the carriers of the first point: what composition does, without what filling does [m].
double composition_shift(const DriftResult& result);
double voltage_of_shift(const DriftResult& result,
                        double shift);  ///< first at which the peak is that far to the red [V]
double time_of_shift(const DriftResult& result,
                     double shift);  ///< at which it is that far to either side, linear between points [s]
double speed_of_drift(const DriftResult& result);  ///< from a tenth to nine tenths of the largest shift [m/s]

}  // namespace nacre::scenarios
