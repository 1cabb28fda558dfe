#include "scenarios/pipeline.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <utility>

#include "models/confinement/ensemble.hpp"
#include "models/synthesis/moments.hpp"
#include "scenarios/ageing_drift.hpp"
#include "scenarios/ageing_stage.hpp"
#include "scenarios/drift_stage.hpp"
#include "scenarios/film_stage.hpp"
#include "scenarios/light.hpp"
#include "scenarios/shape.hpp"
#include "scenarios/surface_stage.hpp"

namespace nacre::scenarios {
namespace {

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Whether cleaning leaves enough to speak of: more than one in a million of the crystals counted. What is beyond is
/// numerical dust.
bool any_survive(const synthesis::History& history, const synthesis::Recipe& recipe) {
  const std::vector<double>& density = history.density.back();
  double counted = 0, left = 0;
  for (std::size_t i = 0; i < density.size(); ++i) {
    if (history.edge[i] < recipe.counted_from) continue;
    const double crystals = std::max(0.0, density[i] * history.width[i]);
    counted += crystals;
    if (history.edge[i] > recipe.layer_removed) left += crystals;
  }
  return left > 1e-6 * counted;
}

/// Whether anything formed at all.
bool has_crystals(const synthesis::History& history) {
  return !history.yield.empty() && history.yield.back() >= least_yield;
}

std::string no_crystals(const synthesis::History& history) {
  char text[160];
  std::snprintf(text, sizeof text, "no crystals formed: after %.4g s they hold less than %g of all formula units",
                history.time.empty() ? 0 : history.time.back(), least_yield);
  return text;
}

Warning no_colour(double peak) {
  char text[120];
  std::snprintf(text, sizeof text, "confinement: the emission at %.4g nm has no colour, for nobody sees it",
                1e9 * peak);
  return {"confinement: an emission that nobody sees has no colour", text};
}

/// The sizes that a synthesis hands on: its distribution, or in the modes that know moments only the normal one with
/// them.
synthesis::Sizes sizes_of(const synthesis::History& history, const synthesis::Recipe& recipe) {
  if (!history.density.empty()) {
    return any_survive(history, recipe) ? synthesis::final_sizes(history, recipe) : synthesis::Sizes{};
  }
  if (history.mean_edge.empty() || !std::isfinite(history.mean_edge.back())) return {};
  const double spread = history.sd_edge.back();
  return normal_sizes(history.mean_edge.back() - recipe.layer_removed, std::isfinite(spread) ? spread : 0);
}

/// Whether all that the ageing rests on is there.
bool ages(const Result& result) {
  const AgeingPlan& plan = *result.plan.ageing;
  return (result.film || !plan.of_film) && ((result.device && result.device->complete) || !plan.by_device) &&
         ((result.drift && result.drift->complete) || !plan.with_drift);
}

/// Whom the solver of the device listens to; no longer than the run lasts.
void listen(Result& result, const std::function<bool()>& interrupted) {
  if (!result.plan.device) return;
  result.plan.device->mesh.interrupted = result.plan.device->in_time.mesh.interrupted = interrupted;
}

/// What device and ageing take from the crystals.
Crystals crystals_of(const Result& result) {
  Crystals crystals{.optics = result.optics.get(), .mean_edge = result.sizes.mean};
  if (result.film) crystals.yield = result.film->plqy, crystals.vacancies = result.film->vacancies;
  if (result.photophysics) {
    crystals.radiative_rate = result.photophysics->radiative_rate;
    crystals.biexciton_lifetime = result.photophysics->biexciton_lifetime;
    crystals.trion_lifetime = result.photophysics->trion_lifetime;
    crystals.loss_at = [input = result.photophysics_input, sizes = result.crystals](double temperature) {
      return 1 / yields_at_temperatures(input, sizes.edge, sizes.weight, std::vector{temperature}).front() - 1;
    };
  }
  return crystals;
}

}  // namespace

synthesis::Sizes normal_sizes(double mean, double standard_deviation) {
  if (!(mean > 0)) return {};
  if (!(standard_deviation > 0)) return {{mean}, {1}};
  constexpr int half = 100;
  synthesis::Sizes sizes;
  double sum = 0;
  for (int i = -half; i <= half; ++i) {
    const double z = 5.0 * i / half;
    const double edge = mean + z * standard_deviation;
    if (edge <= 0) continue;
    sizes.edge.push_back(edge);
    sizes.weight.push_back(std::exp(-z * z / 2));
    sum += sizes.weight.back();
  }
  for (double& weight : sizes.weight) weight /= sum;
  return sizes;
}

SizesUsed with_moments(synthesis::Sizes sizes) {
  const synthesis::Moments moments = synthesis::moments(sizes.edge, sizes.weight);
  return {std::move(sizes), moments.mean, moments.sd, moments.skewness};
}

/// Sizes of a microscope without the part of their spread that is measurement, as the spectra take them.
synthesis::Sizes without_measurement(const Plan& plan, const synthesis::Sizes& sizes) {
  const double unresolved = plan.optics ? plan.optics->unresolved_spread : 0;
  if (sizes.edge.empty()) return sizes;
  return {confinement::resolved_edges(sizes.edge, sizes.weight, unresolved), sizes.weight};
}

Result Pipeline::run(const Plan& plan) {
  if (const auto it = results_.find(plan.fingerprint); it != results_.end()) {
    Result again = it->second;
    again.plan.variant = plan.variant;
    again.synthesis_seconds = again.confinement_seconds = again.photophysics_seconds = again.instruments_seconds = 0;
    again.device_seconds = again.drift_seconds = again.ageing_seconds = 0;
    return again;
  }
  Result result;
  result.plan = plan;
  listen(result, interrupted_);
  if (plan.synthesis) run_synthesis(result);
  const bool complete = !result.history || result.history->complete;
  if (plan.size_source == SizeSource::given && plan.given_sizes) {
    result.sizes = with_moments(normal_sizes(plan.given_sizes->mean, plan.given_sizes->standard_deviation));
  } else if (result.history && complete && !has_crystals(*result.history)) {
    if (plan.optics || plan.surface) result.failures.push_back({Stage::sizes, no_crystals(*result.history)});
  } else if (result.history && complete) {
    result.sizes = with_moments(sizes_of(*result.history, plan.synthesis->recipe));
    if (result.sizes.sizes.edge.empty())
      result.failures.push_back({Stage::sizes, "no crystal is large enough to be counted at the end"});
  }
  result.crystals = without_measurement(plan, result.sizes.sizes);
  if (plan.surface && !result.crystals.edge.empty()) {
    result.surface = run_surface(plan, result.crystals);
    for (Warning& warning : surface_warnings(*plan.surface, *result.surface))
      result.warnings.push_back(std::move(warning));
  }
  if (plan.optics && !result.sizes.sizes.edge.empty()) run_confinement(result);
  if (plan.photophysics && result.optics && result.optics->complete) {
    const double start = processor_seconds();
    run_photophysics(result);
    result.photophysics_seconds = processor_seconds() - start;
  }
  if (plan.instruments && result.optics && result.optics->complete) {
    const double start = processor_seconds();
    run_instruments(result);
    result.instruments_seconds = processor_seconds() - start;
  }
  if (plan.film && result.photophysics && result.photophysics->complete) run_film(result, eye_);
  const bool crystals = result.optics && result.optics->complete;
  const bool ready = plan.device && (crystals || !plan.device->takes_crystals()) &&
                     (result.film || !plan.device->takes_film()) &&
                     ((result.photophysics && result.photophysics->complete) || !plan.device->takes_rates());
  if (ready && goes_on(result, Stage::device)) run_device(result);
  const bool driven = plan.drift && (plan.drift->carriers == CarrierSource::law || result.device);
  if (driven && crystals && (result.film || !plan.drift->vacancies_of_film) && goes_on(result, Stage::drift))
    run_drift(result);
  if (plan.ageing && ages(result) && goes_on(result, Stage::ageing)) run_ageing(result);
  listen(result, {});
  if (result.failures.empty() || !is_interrupted()) results_.emplace(plan.fingerprint, result);
  return result;
}

/// An interruption before a stage that was asked for is a failure, too.
bool Pipeline::goes_on(Result& result, Stage next) const {
  if (!is_interrupted()) return true;
  if (result.failures.empty()) result.failures.push_back({next, "it was interrupted"});
  return false;
}

void Pipeline::run_synthesis(Result& result) {
  const SynthesisPlan& stage = *result.plan.synthesis;
  if (const auto known = histories_.find(stage.fingerprint); known != histories_.end()) {
    result.history = known->second;
  } else {
    const double start = processor_seconds();
    synthesis::Options options = stage.options;
    options.interrupted = interrupted_;
    result.history =
        std::make_shared<const synthesis::History>(synthesis::synthesise(stage.recipe, stage.kind, options));
    result.synthesis_seconds = processor_seconds() - start;
    if (result.history->complete || !is_interrupted()) histories_.emplace(stage.fingerprint, result.history);
  }
  if (!result.history->complete) result.failures.push_back({Stage::synthesis, result.history->message});
}

void Pipeline::run_confinement(Result& result) const {
  const double start = processor_seconds();
  const synthesis::Sizes& sizes = result.sizes.sizes;
  result.optics = std::make_shared<const confinement::Optics>(
      confinement::compute(*result.plan.optics, sizes.edge, sizes.weight, eye_));
  result.confinement_seconds = processor_seconds() - start;
  if (!result.optics->complete)
    result.failures.push_back({Stage::confinement, result.optics->message});
  else if (std::isnan(result.optics->cie_x))
    result.warnings.push_back(no_colour(result.optics->pl_peak));
  for (Warning& warning : shape_warnings(result.plan, result.sizes.mean)) result.warnings.push_back(std::move(warning));
}

void Pipeline::run_device(Result& result) const {
  const double start = processor_seconds();
  result.device =
      std::make_shared<const DeviceResult>(scenarios::run_device(*result.plan.device, crystals_of(result), eye_));
  result.device_seconds = processor_seconds() - start;
  for (const Warning& warning : result.device->warnings) result.warnings.push_back(warning);
  if (!result.device->complete) result.failures.push_back({Stage::device, result.device->message});
  for (Warning& warning : dim(*result.device)) result.warnings.push_back(std::move(warning));
  for (Warning& warning : still_rising(*result.device)) result.warnings.push_back(std::move(warning));
}

void Pipeline::run_drift(Result& result) const {
  const double start = processor_seconds();
  result.drift = std::make_shared<const DriftResult>(scenarios::run_drift(drifting_of(result), eye_, interrupted_));
  result.drift_seconds = processor_seconds() - start;
  for (const Warning& warning : result.drift->warnings) result.warnings.push_back(warning);
  if (!result.drift->complete) result.failures.push_back({Stage::drift, result.drift->message});
}

void Pipeline::run_ageing(Result& result) const {
  const double start = processor_seconds();
  AgeingInput input = ageing_of(result, crystals_of(result));
  // a luminance that the fresh device does not reach is the ageing's to complain of
  const double current = held_current(input);
  const bool known = input.plan.held == AgeingHeld::voltage || !std::isnan(current);
  AgeingDrift drift{input.drift, {}, ""};
  if (input.drift && known) drift = drift_of_ageing(result, current, input.plan.voltage, eye_, interrupted_);
  if (!drift.problem.empty()) {
    result.failures.push_back({Stage::ageing, drift.problem});
    return;
  }
  input.drift = drift.drift;
  result.ageing = std::make_shared<const AgeingResult>(scenarios::run_ageing(input, eye_));
  result.ageing_seconds = processor_seconds() - start;
  for (const Warning& warning : drift.warnings) result.warnings.push_back(warning);
  for (const Warning& warning : result.ageing->warnings) result.warnings.push_back(warning);
  if (!result.ageing->complete) result.failures.push_back({Stage::ageing, result.ageing->message});
}

}  // namespace nacre::scenarios
