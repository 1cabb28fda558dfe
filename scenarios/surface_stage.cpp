#include "scenarios/surface_stage.hpp"

#include "models/confinement/ensemble.hpp"

namespace nacre::scenarios {

SurfaceUsed run_surface(const Plan& plan, const synthesis::Sizes& sizes) {
  const SurfacePlan& stage = *plan.surface;
  const double unresolved = plan.optics ? plan.optics->unresolved_spread : 0;
  const std::vector<double> edges = confinement::resolved_edges(sizes.edge, sizes.weight, unresolved);
  const double sites = synthesis::sites_per_unit(stage.chemistry, edges, sizes.weight, stage.cell);
  const synthesis::Surface born =
      synthesis::born(stage.chemistry, stage.birth, plan.material.composition, sites, stage.cell);
  SurfaceUsed used;
  used.surface = synthesis::treated(born, stage.treatments);
  used.mean_area = synthesis::mean_area(edges, sizes.weight, stage.sphere);
  used.area_per_volume = sites / (born.sites_per_area * stage.cell * stage.cell * stage.cell);
  return used;
}

double film_vacancies(const SurfaceUsed& surface, double packing) {
  return synthesis::vacancy_density(surface.surface) * surface.area_per_volume * packing;
}

}  // namespace nacre::scenarios
