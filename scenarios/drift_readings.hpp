#pragma once
#include "scenarios/drift_result.hpp"

namespace nacre::scenarios {

/// Read off a course; NaN where it does not come to it. Times and speed are those of composition: what filling moves at
/// once with every bias is no drift.
double drift_shift(const DriftResult& result);  ///< last peak minus first [m]
/// The same under the carriers of the first point: what composition does, without what filling does [m].
double composition_shift(const DriftResult& result);
double voltage_of_shift(const DriftResult& result,
                        double shift);  ///< first at which the peak is that far to the red [V]
/// At which composition has moved the peak that far to either side (bias to the red, light to the blue), linear between
/// the points that were kept [s].
double time_of_shift(const DriftResult& result, double shift);
double speed_of_drift(const DriftResult& result);  ///< from a tenth to nine tenths of the largest such shift [m/s]

}  // namespace nacre::scenarios
