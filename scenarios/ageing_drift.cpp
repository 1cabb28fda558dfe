#include "scenarios/ageing_drift.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "scenarios/drift_stage.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {
namespace {

constexpr double near_in_current = 0.02;  // relative
constexpr double near_in_voltage = 0.01;  // [V]

/// Whether a drift has run under what an ageing holds.
bool is_driven_by(const DriftResult& drift, double current, double voltage) {
  if (drift.voltage.empty()) return false;
  if (std::isnan(current)) return std::abs(drift.voltage.front() - voltage) <= near_in_voltage;
  return std::abs(drift.current.front() - current) <= near_in_current * current;
}

/// What an ageing holds, as a level of a drift.
ProtocolStep driven_by(double current, double voltage, const ProtocolStep& step) {
  ProtocolStep held = step;
  held.current = std::isnan(current) ? 0 : current;
  held.voltage = std::isnan(current) ? voltage : 0;
  return held;
}

/// Whether the device that ages and the one whose carriers drive the drift differ by their ions.
bool has_other_ions(const Result& result) {
  const DriftPlan& drift = *result.plan.drift;
  return drift.carriers == CarrierSource::device && drift.ions == LayerIons::of_exchange &&
         result.plan.ageing->by_device;
}

std::string level_of(double current, double voltage) {
  return std::isnan(current) ? fmt::format("{:.4g} V", voltage) : fmt::format("{:.4g} mA/cm2", 0.1 * current);
}

}  // namespace

AgeingDrift drift_of_ageing(const Result& result, double current, double voltage, const confinement::ColourTable& eye,
                            const std::function<bool()>& interrupted) {
  AgeingDrift out{result.drift, {}, ""};
  const std::string ions =
      "ageing: its device has the ions of its layer, its drift the vacancies of the exchange at rest (drift.ions): one "
      "bias carries two currents";
  if (has_other_ions(result)) out.warnings.push_back({ions, ions});
  if (is_driven_by(*result.drift, current, voltage)) return out;
  Drifting drifting = drifting_of(result);
  drifting.plan.protocol.front() = driven_by(current, voltage, drifting.plan.protocol.front());
  out.drift = std::make_shared<const DriftResult>(run_drift(drifting, eye, interrupted));
  if (!out.drift->complete) {
    out.problem =
        fmt::format("the drift under the {} that it holds: {}", level_of(current, voltage), out.drift->message);
    return out;
  }
  const DriftResult& asked = *result.drift;
  const std::string about = "ageing: its drift is that under what the ageing holds, not that of drift.step";
  if (!asked.voltage.empty())
    out.warnings.push_back({about, fmt::format("{}: {} ({:.4g} V), not {:.4g} V", about, level_of(current, voltage),
                                               out.drift->voltage.front(), asked.voltage.front())});
  return out;
}

}  // namespace nacre::scenarios
