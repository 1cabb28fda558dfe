#include "scenarios/surface_stage.hpp"

#include <fmt/format.h>

#include <cmath>
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

namespace {

constexpr double noticed = 0.05;  ///< share of the crystals that dissolves before sizes are worth a word

/// The largest surplus of a salt that has data.
double most_surplus(const synthesis::Treatment& treatment) {
  const auto* salt = std::get_if<synthesis::Salt>(&treatment.law);
  return salt ? salt->most : std::numeric_limits<double>::infinity();
}

/// What a step lacks, and what brings more of it.
struct Lack {
  const char* halide;
  std::string remedy;
};
Lack lack_of(const synthesis::Treatment& treatment, const std::string& key) {
  if (std::holds_alternative<synthesis::HalideExchange>(treatment.law))
    return {"iodide", key + ".dose says how much is offered"};
  if (std::holds_alternative<synthesis::Salt>(treatment.law))
    return {"bromide", key + ".dose says how much salt there is"};
  if (std::holds_alternative<synthesis::AcidCleaning>(treatment.law))
    return {"bromide", "the acid offers `bromide` of its data, and " + key + ".bromide what comes beside it"};
  return {"bromide", key + ".bromide says what a washing medium holds"};
}

Warning short_of_halide(const synthesis::Notice& notice, const synthesis::Treatment& treatment, const std::string& key,
                        const std::string& step) {
  const Lack lack = lack_of(treatment, key);
  return {step + ": less halide around the crystals than the treatment could take",
          fmt::format("{}: it could take {:.3g} {} per formula unit, {:.3g} are around the crystals; {}", step,
                      notice.wanted, lack.halide, notice.used, lack.remedy)};
}

Warning surplus_of_salt(const synthesis::Notice& notice, const synthesis::Treatment& treatment,
                        const std::string& step) {
  return {
      step + ": a surplus of salt beyond the data",
      fmt::format("{}: a surplus of {:.3g} ions a lead in all its steps lies beyond the data of this treatment, 0 to "
                  "{:.3g}; {}",
                  step, notice.wanted, most_surplus(treatment),
                  notice.used == notice.wanted
                      ? "extrapolated, as the case says"
                      : fmt::format("{:.3g} is used; surface.extrapolate = true takes it as it stands", notice.used))};
}

Warning chloride_stays(const synthesis::Notice& notice, const std::string& step) {
  return {step + ": chloride that is not exchanged",
          fmt::format("{}: {:.3g} of {:.3g} halides per formula unit are chloride, which this law does not exchange",
                      step, notice.wanted - notice.used, notice.wanted)};
}

/// What the steps do not do to sizes: acid that dissolves much of the crystals leaves their edges as they are.
Warning dissolved_share(double dissolved, double edge) {
  return {"surface: crystals dissolve, and their sizes stay",
          fmt::format(
              "surface: {:.3g} of each crystal dissolves with its unfinished layers, {:.2g} nm off an edge of "
              "{:.3g} nm; sizes are taken as those after all treatments (synthesis.layer_removed takes a layer off)",
              dissolved, 1e9 * edge * (1 / std::cbrt(1 - dissolved) - 1), 1e9 * edge)};
}

}  // namespace

std::vector<Warning> surface_warnings(const SurfacePlan& plan, const SurfaceUsed& surface) {
  std::vector<Warning> warnings;
  for (const synthesis::Notice& notice : surface.notices) {
    const std::string key = fmt::format("surface.treatment.{}", notice.treatment);
    const std::string step = fmt::format("{} ({})", key, plan.names[notice.treatment]);
    const synthesis::Treatment& treatment = plan.treatments[notice.treatment];
    switch (notice.cause) {
      case synthesis::Notice::Cause::halide_short:
        warnings.push_back(short_of_halide(notice, treatment, key, step));
        break;
      case synthesis::Notice::Cause::surplus:
        warnings.push_back(surplus_of_salt(notice, treatment, step));
        break;
      case synthesis::Notice::Cause::chloride_stays:
        warnings.push_back(chloride_stays(notice, step));
        break;
    }
  }
  const double dissolved = 1 - surface.surface.units;
  if (dissolved > noticed) warnings.push_back(dissolved_share(dissolved, 6 / surface.area_per_volume));
  return warnings;
}

double film_vacancies(const SurfaceUsed& surface, double packing) {
  return synthesis::vacancy_density(surface.surface) * surface.area_per_volume * packing;
}

}  // namespace nacre::scenarios
