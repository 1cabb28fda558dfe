#include "scenarios/surface_stage.hpp"

#include <fmt/format.h>

namespace nacre::scenarios {

SurfaceUsed run_surface(const Plan& plan, const synthesis::Sizes& crystals) {
  const SurfacePlan& stage = *plan.surface;
  const double sites = synthesis::sites_per_unit(stage.chemistry, crystals.edge, crystals.weight, stage.cell);
  const synthesis::Surface born =
      synthesis::born(stage.chemistry, stage.birth, plan.material.composition, sites, stage.cell);
  SurfaceUsed used;
  used.surface = synthesis::treated(born, stage.treatments, &used.notices);
  used.mean_area = synthesis::mean_area(crystals.edge, crystals.weight, stage.sphere);
  used.area_per_volume = sites / (born.sites_per_area * stage.cell * stage.cell * stage.cell);
  return used;
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
               "{}: a surplus of {:.3g} ions a lead lies beyond the data of this treatment; {}", step, notice.wanted,
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
