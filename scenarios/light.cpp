#include "scenarios/light.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/shape.hpp"

namespace nacre::scenarios {
namespace {

using confinement::PhotophysicsInput;

/// Traps per area of crystals that hold `number` of them when they have the mean edge.
double density_of(double number, const confinement::Form& form, double edge) {
  return number / surface_of(form, edge);
}

/// The trap density, from where the plan says (`surface`: what the surface stage found); NaN when a yield given by hand
/// has none.
double trap_density(const PhotophysicsPlan& plan, const PhotophysicsInput& input, const Result& result,
                    double surface) {
  if (plan.trap_source == TrapSource::plqy)
    return trap_density_of_plqy(input, result.crystals.edge, result.crystals.weight, plan.plqy);
  if (plan.trap_source == TrapSource::surface) return surface;
  if (plan.traps_per_crystal > 0) return density_of(plan.traps_per_crystal, input.form, result.sizes.mean);
  return input.trap_density;
}

/// Sites that are not as in the bulk and widen the edge: those of the surface stage, or as many as make these traps by
/// the law of pairs, so that equal traps mean one edge wherever they come from.
double defects(const PhotophysicsPlan& plan, double traps, const Result& result) {
  if (plan.trap_source == TrapSource::surface && result.surface)
    return synthesis::defect_density(result.surface->surface);
  const double cell = result.plan.treated.bulk.lattice_constant;
  const double sites = result.surface ? result.surface->surface.sites_per_area : 1 / (cell * cell);
  return synthesis::defects_of_traps(traps, sites);
}

/// Why no trap density gives a yield.
std::string no_density(PhotophysicsInput input, const synthesis::Sizes& sizes, double yield) {
  input.trap_density = 0;
  const confinement::Photophysics clean = confinement::photophysics(input, sizes.edge, sizes.weight);
  if (!clean.complete) return clean.message;
  if (clean.plqy < yield)
    return fmt::format("no trap density gives a quantum yield of {:.4g}: without traps it is {:.4g}", yield,
                       clean.plqy);
  return fmt::format(
      "no trap density gives a quantum yield as low as {:.4g}: traps up to the most that are computed with "
      "leave more",
      yield);
}

/// Edge of the cube of a crystal's volume.
double cube_of(const confinement::Form& form, double edge) {
  return std::cbrt(volume_of(form, edge));
}

Warning size_warning(const confinement::Emitter& emitter, double edge, double held, bool extrapolate) {
  const std::string range = fmt::format("{:.3g} to {:.3g} nm", 1e9 * emitter.smallest_edge, 1e9 * emitter.largest_edge);
  const std::string done =
      extrapolate
          ? "extrapolated, as photophysics.extrapolate says"
          : fmt::format("those of {:.3g} nm are used; photophysics.extrapolate = true extends the law", 1e9 * held);
  return {fmt::format("photophysics: crystals outside the data of Auger lifetimes, cubes of {}: {}", range,
                      extrapolate ? "extrapolated" : "held"),
          fmt::format("photophysics: Auger lifetimes have data for cubes of {}, the mean crystal has {:.3g} nm; {}",
                      range, 1e9 * edge, done)};
}

/// A length of the emitter's file among the data of a plan [m].
double of_emitter(const Plan& plan, const std::string& name) {
  for (const UsedDatum& used : plan.used)
    if (used.datum.name == name && used.datum.file.starts_with("emitters/")) return used.datum.value;
  return std::numeric_limits<double>::quiet_NaN();
}

/// Says when crystals are smaller or larger than those that the family's rates were taken from.
void mind_the_family(Result& result, double edge) {
  const double smallest = of_emitter(result.plan, "smallest_edge"), largest = of_emitter(result.plan, "largest_edge");
  if (!(edge < smallest || edge > largest)) return;
  const std::string range = fmt::format("{:.3g} to {:.3g} nm", 1e9 * smallest, 1e9 * largest);
  result.warnings.push_back(
      {fmt::format("photophysics.emitter: crystals outside the sizes of the family, {}", range),
       fmt::format(
           "photophysics.emitter: the rates of this family have data for crystals of {}, the mean one has {:.3g} "
           "nm; they do not depend on the size here",
           range, 1e9 * edge)});
}

/// Flat and long crystals get the Auger lifetimes of the cube of their volume.
Warning shape_warning(double edge) {
  return {"photophysics: Auger lifetimes of crystals that are no cubes",
          fmt::format("photophysics: Auger lifetimes have data for cubes, and these crystals are flat or long: "
                      "biexciton_lifetime and trion_lifetime are those of a cube of their volume, {:.3g} nm",
                      1e9 * edge)};
}

/// Holds Auger lifetimes to the sizes that have data, or not, and says so when the mean crystal lies outside.
void mind_the_range(Result& result, PhotophysicsInput& input) {
  const bool extrapolate = result.plan.photophysics->extrapolate;
  confinement::Emitter& emitter = input.emitter;
  const double edge = cube_of(input.form, result.sizes.mean);
  const double held = std::clamp(edge, emitter.smallest_edge, emitter.largest_edge);
  mind_the_family(result, edge);
  if (is_no_cube(input.form)) result.warnings.push_back(shape_warning(edge));
  if (edge != held) result.warnings.push_back(size_warning(emitter, edge, held, extrapolate));
  if (!extrapolate) return;
  emitter.smallest_edge = 0;
  emitter.largest_edge = std::numeric_limits<double>::infinity();
}

void fill_curves(Result& result, const PhotophysicsInput& input) {
  const synthesis::Sizes& sizes = result.crystals;
  for (int i = 0; i <= 12; ++i) result.yield_temperature.push_back(80 + 20 * i);
  result.yield = yields_at_temperatures(input, sizes.edge, sizes.weight, result.yield_temperature);
  for (int i = 0; i <= 8; ++i) result.excitons.push_back(0.01 * std::pow(10.0, i / 3.5));
  result.saturation = yields_at_excitons(input, sizes.edge, sizes.weight, result.excitons);
}

}  // namespace

void run_photophysics(Result& result) {
  const PhotophysicsPlan& plan = *result.plan.photophysics;
  const synthesis::Sizes& sizes = result.crystals;
  PhotophysicsInput input = plan.input;
  if (plan.quenching_by_exciton) input.quenching_energy = result.optics->exciton_binding;
  input.trap_density =
      trap_density(plan, input, result, result.surface ? synthesis::trap_density(result.surface->surface) : 0);
  if (std::isnan(input.trap_density)) {
    result.failures.push_back({Stage::photophysics, no_density(input, sizes, plan.plqy)});
    return;
  }
  input.defect_density = defects(plan, input.trap_density, result);
  mind_the_range(result, input);
  result.photophysics_input = input;
  result.photophysics =
      std::make_shared<const confinement::Photophysics>(confinement::photophysics(input, sizes.edge, sizes.weight));
  if (!result.photophysics->complete)
    result.failures.push_back({Stage::photophysics, result.photophysics->message});
  else
    fill_curves(result, input);
}

}  // namespace nacre::scenarios
