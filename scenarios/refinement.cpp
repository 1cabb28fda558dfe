#include "scenarios/refinement.hpp"

#include <cmath>

#include "scenarios/drift_plan.hpp"
#include "scenarios/outputs.hpp"

namespace nacre::scenarios {
namespace {

/// Whether a change of the device's numbers is that of its mesh alone.
bool only_mesh_differs(const Result& result, const Result& finer) {
  if (!result.device || !finer.device) return false;
  return !result.plan.device->takes_crystals() || result.plan.size_source == SizeSource::given;
}

}  // namespace

bool can_refine(const Plan& plan) {
  return plan.synthesis || plan.device || plan.drift;
}

Plan refined(Plan plan) {
  if (!can_refine(plan)) return plan;
  plan.fingerprint += "refined\n";
  if (plan.device) {
    plan.device->mesh.nodes = 2 * plan.device->mesh.nodes - 1;
    plan.device->in_time.mesh = plan.device->mesh;
    plan.device->in_time.tolerance /= 2;
    // A stored state lives on its own mesh.
    if (plan.device->from) plan.device->programme.clear(), plan.device->from.reset();
  }
  if (plan.drift) {
    DriftPlan finer = *plan.drift;
    finer.cells *= 2;
    finer.classes *= 3;
    finer.tolerance /= 100;
    plan.drift = std::make_shared<const DriftPlan>(std::move(finer));
  }
  if (!plan.synthesis) return plan;
  plan.synthesis->fingerprint += "refined\n";
  plan.synthesis->options.relative_tolerance /= 2;
  plan.synthesis->options.unknowns *= 2;
  plan.synthesis->options.discrete_sizes *= 2;
  return plan;
}

std::map<std::string, NumericalError> estimate_errors(Result& result, const Result& finer) {
  const bool extrapolates = only_mesh_differs(result, finer);
  std::map<std::string, NumericalError> errors;
  for (const OutputRow& row : outputs()) {
    if (!row.is_scalar()) continue;
    const double coarse = scalar(row, result), fine = scalar(row, finer);
    if (!std::isfinite(fine - coarse)) continue;
    NumericalError error(std::abs(fine - coarse));
    if (extrapolates && row.stage == Stage::device) {
      const device::Refined limit = device::refine(coarse, fine);
      error.extrapolated = limit.value, error.extrapolation_error = limit.error;
    }
    errors[row.name] = error;
  }
  if (extrapolates) {
    DeviceResult device = *result.device;
    extrapolate(device, *finer.device);
    result.device = std::make_shared<const DeviceResult>(std::move(device));
  }
  return errors;
}

}  // namespace nacre::scenarios
