#include "scenarios/drift_readings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nacre::scenarios {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double shift_at(const DriftResult& r, std::size_t i) {
  return r.seen[i].peak - r.seen[0].peak;
}

double composition_at(const DriftResult& r, std::size_t i) {
  return r.peak_alike[i] - r.peak_alike[0];
}

}  // namespace

double drift_shift(const DriftResult& result) {
  return result.seen.empty() ? nan : shift_at(result, result.seen.size() - 1);
}

double composition_shift(const DriftResult& result) {
  return result.peak_alike.empty() ? nan : composition_at(result, result.peak_alike.size() - 1);
}

double voltage_of_shift(const DriftResult& result, double shift) {
  for (std::size_t i = 0; i < result.seen.size(); ++i)
    if (shift_at(result, i) > shift) return result.voltage[i];
  return nan;
}

double time_of_shift(const DriftResult& result, double shift) {
  for (std::size_t i = 1; i < result.peak_alike.size(); ++i) {
    double before = composition_at(result, i - 1), now = composition_at(result, i);
    if (std::abs(now) < shift) continue;
    if (now < 0) before = -before, now = -now;
    return result.time[i - 1] + (result.time[i] - result.time[i - 1]) * (shift - before) / (now - before);
  }
  return nan;
}

double speed_of_drift(const DriftResult& result) {
  double most = 0;
  for (std::size_t i = 0; i < result.peak_alike.size(); ++i) most = std::max(most, std::abs(composition_at(result, i)));
  return 0.8 * most / (time_of_shift(result, 0.9 * most) - time_of_shift(result, 0.1 * most));
}

}  // namespace nacre::scenarios
