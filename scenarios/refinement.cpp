#include "scenarios/refinement.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "scenarios/drift_plan.hpp"

namespace nacre::scenarios {
namespace {

void refine_time(DevicePlan& device) {
  // Steps are chosen by their error, so that a slightly smaller one may hit the same value by chance; this is beside
  // it.
  device.in_time.tolerance /= 100;
}

void refine_mesh(DevicePlan& device) {
  device.mesh.nodes = 2 * device.mesh.nodes - 1;
  device.in_time.mesh = device.mesh;
  // A stored state lives on its own mesh.
  if (device.from) device.programme.clear(), device.from.reset();
}

void refine_rest(Plan& plan) {
  if (plan.drift) {
    DriftPlan finer = *plan.drift;
    finer.cells *= 2;
    finer.times_classes *= 3;
    finer.tolerance /= 100;
    plan.drift = std::make_shared<const DriftPlan>(std::move(finer));
  }
  if (!plan.synthesis) return;
  plan.synthesis->fingerprint += "refined\n";
  plan.synthesis->options.relative_tolerance /= 2;
  plan.synthesis->options.unknowns *= 2;
  plan.synthesis->options.discrete_sizes *= 2;
}

/// A curve of the device that its mesh or its steps in time move; spectra and profiles are left out.
bool is_curve(const OutputRow& row) {
  static const std::set<std::string> known{"bias", "driven_current", "impedance_bias", "frequency", "time"};
  return row.stage == Stage::device && !row.is_scalar() && !row.is_axis() &&
         std::all_of(row.axes.begin(), row.axes.end(), [](const std::string& axis) { return known.contains(axis); });
}

bool converges_with_mesh(const OutputRow& row) {
  return row.stage == Stage::device || row.stage == Stage::ageing;
}

bool is_rounding(double change, double value) {
  return !(std::abs(change) > 1e-10 * std::abs(value));
}

}  // namespace

bool can_refine(const Plan& plan, Finer what) {
  if (what == Finer::rest) return plan.synthesis || plan.drift;
  if (!plan.device) return false;
  return what == Finer::time ? !plan.device->programme.empty()
                             : plan.device->stack.transport != device::Transport::sites;
}

Plan refined(Plan plan, Finer what) {
  if (!can_refine(plan, what)) return plan;
  plan.fingerprint += "refined " + std::to_string(static_cast<int>(what)) + "\n";
  if (plan.device) plan.device->profiles.clear(), plan.device->in_time.profiles = device::ProfilesInTime::none;
  if (what == Finer::time) refine_time(*plan.device);
  if (what == Finer::mesh) refine_mesh(*plan.device);
  if (what == Finer::rest) refine_rest(plan);
  return plan;
}

void Refinement::keep(std::optional<Finer> what, const Result& result) {
  Run run{what, {}};
  for (const OutputRow& row : outputs())
    if (row.is_scalar() || is_curve(row)) run.values[&row] = row.values(result);
  runs_.push_back(std::move(run));
}

NumericalError Refinement::error_of(const OutputRow& row, std::size_t place) const {
  const auto at = [&](const Run& run) {
    const std::vector<double>& values = run.values.at(&row);
    return place < values.size() ? values[place] : std::nan("");
  };
  double last = at(runs_.front());
  NumericalError error(std::abs(at(runs_.back()) - last));
  for (std::size_t r = 1; r < runs_.size(); ++r) {
    const double now = at(runs_[r]), moved = std::abs(now - last);
    const device::Refined limit = device::refine(last, now);
    if (runs_[r].what == Finer::time && row.axes == std::vector<std::string>{"time"}) error.time_error = moved;
    if (runs_[r].what == Finer::mesh && converges_with_mesh(row))
      error.extrapolated = limit.value, error.extrapolation_error = limit.error;
    if (runs_[r].what == Finer::rest) error.extrapolation_error += moved;
    last = now;
  }
  return error;
}

bool Refinement::moves(const OutputRow& row, std::size_t place) const {
  const std::vector<double>& first = runs_.front().values.at(&row);
  if (place >= first.size()) return false;
  const double asked = first[place];
  return std::any_of(runs_.begin(), runs_.end(), [&](const Run& run) {
    const std::vector<double>& values = run.values.at(&row);
    return place < values.size() && !is_rounding(values[place] - asked, asked);
  });
}

ErrorsOfVariant Refinement::errors() const {
  ErrorsOfVariant errors;
  for (const auto& [row, asked] : runs_.front().values) {
    if (row->is_scalar()) {
      const NumericalError error = error_of(*row, 0);
      const bool known = std::isfinite(error.extrapolated) || !converges_with_mesh(*row) || moves(*row, 0);
      if (std::isfinite(error.change) && known) errors.scalars[row->name] = error;
      continue;
    }
    std::vector<NumericalError> curve;
    bool any = false;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      curve.push_back(error_of(*row, i));
      any = any || moves(*row, i);
    }
    if (any) errors.curves[row->name] = std::move(curve);
  }
  return errors;
}

}  // namespace nacre::scenarios
