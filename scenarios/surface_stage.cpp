#include "scenarios/surface_stage.hpp"

namespace nacre::scenarios {

SurfaceUsed run_surface(const Plan& plan, const synthesis::Sizes& crystals) {
  const SurfacePlan& stage = *plan.surface;
  const double sites = synthesis::sites_per_unit(stage.chemistry, crystals.edge, crystals.weight, stage.cell);
  const synthesis::Surface born =
      synthesis::born(stage.chemistry, stage.birth, plan.material.composition, sites, stage.cell);
  SurfaceUsed used;
  used.surface = synthesis::treated(born, stage.treatments);
  used.mean_area = synthesis::mean_area(crystals.edge, crystals.weight, stage.sphere);
  used.area_per_volume = sites / (born.sites_per_area * stage.cell * stage.cell * stage.cell);
  return used;
}

double film_vacancies(const SurfaceUsed& surface, double packing) {
  return synthesis::vacancy_density(surface.surface) * surface.area_per_volume * packing;
}

}  // namespace nacre::scenarios
