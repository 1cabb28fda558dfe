#include "scenarios/surface_stage.hpp"

#include <fmt/format.h>

#include <limits>

namespace nacre::scenarios {

SurfaceUsed run_surface(const Plan& plan, const synthesis::Sizes& crystals) {
  const SurfacePlan& stage = *plan.surface;
  SurfaceUsed used;
  double area = 0, volume = 0, number = 0;
  for (std::size_t i = 0; i < crystals.edge.size(); ++i) {
    area += crystals.weight[i] * surface_of(stage.form, crystals.edge[i]);
    volume += crystals.weight[i] * volume_of(stage.form, crystals.edge[i]);
    number += crystals.weight[i];
  }
  used.mean_area = area / number;
  used.area_per_volume = area / volume;
  const double sites = synthesis::sites_per_unit(stage.chemistry, used.area_per_volume, stage.cell);
  const synthesis::Surface born =
      synthesis::born(stage.chemistry, stage.birth, plan.material.composition, sites, stage.cell);
  used.surface = synthesis::treated(born, stage.treatments, &used.notices);
  return used;
}

/// The largest surplus of a salt that has data.
static double most_surplus(const synthesis::Treatment& treatment) {
  const auto* salt = std::get_if<synthesis::Salt>(&treatment.law);
  return salt ? salt->most : std::numeric_limits<double>::infinity();
}

std::vector<Warning> surface_warnings(const SurfacePlan& plan, const SurfaceUsed& surface) {
  std::vector<Warning> warnings;
  for (const synthesis::Notice& notice : surface.notices) {
    const std::string step = fmt::format("surface.treatment.{} ({})", notice.treatment, plan.names[notice.treatment]);
    if (notice.cause == synthesis::Notice::Cause::halide_short)
      warnings.push_back(
          {step + ": less halide around the crystals than the treatment could take",
           fmt::format("{}: it could take {:.3g} halide per formula unit, {:.3g} are around the crystals; "
                       "surface.treatment.{}.bromide says what a washing medium holds",
                       step, notice.wanted, notice.used, notice.treatment)});
    else
      warnings.push_back(
          {step + ": a surplus of salt beyond the data",
           fmt::format(
               "{}: a surplus of {:.3g} ions a lead in all its steps lies beyond the data of this treatment, 0 to "
               "{:.3g}; {}",
               step, notice.wanted, most_surplus(plan.treatments[notice.treatment]),
               notice.used == notice.wanted
                   ? "extrapolated, as surface.extrapolate says"
                   : fmt::format("{:.3g} is used; surface.extrapolate = true takes it as it stands", notice.used))});
  }
  return warnings;
}

double film_vacancies(const SurfaceUsed& surface, double packing) {
  return synthesis::vacancy_density(surface.surface) * surface.area_per_volume * packing;
}

}  // namespace nacre::scenarios
