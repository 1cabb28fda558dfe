#include "scenarios/surface_outputs.hpp"

#include <limits>
#include <utility>

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow surface_scalar(std::string name, std::string unit, std::string meaning, double (*get)(const SurfaceUsed&)) {
  return {std::move(name),    Stage::surface,
          std::move(unit),    {},
          std::move(meaning), [get](const Result& r) { return Values{r.surface ? get(*r.surface) : nan}; }};
}

OutputRow of_film(std::string name, std::string unit, std::string meaning, double FilmUsed::*member) {
  return {std::move(name),    Stage::film,
          std::move(unit),    {},
          std::move(meaning), [member](const Result& r) { return Values{r.film ? (*r.film).*member : nan}; }};
}

}  // namespace

std::vector<OutputRow> surface_outputs() {
  return {
      surface_scalar("open_share", "1", "share of the surface's halide sites without a halide",
                     [](const SurfaceUsed& s) { return synthesis::open_share(s.surface); }),
      surface_scalar("vacancy_share", "1", "share of them that no ligand and no overlayer covers either",
                     [](const SurfaceUsed& s) { return synthesis::vacancy_share(s.surface); }),
      surface_scalar("vacancy_density", "m-2", "such halide vacancies per area of the crystals",
                     [](const SurfaceUsed& s) { return synthesis::vacancy_density(s.surface); }),
      surface_scalar("vacancies_per_crystal", "1", "mean number of halide vacancies on a crystal",
                     [](const SurfaceUsed& s) { return synthesis::vacancy_density(s.surface) * s.mean_area; }),
      surface_scalar(
          "pair_density", "1/nm2",
          "pairs of neighbouring vacancies, and sites that a surplus of salt disturbed, per area: deep traps",
          [](const SurfaceUsed& s) { return synthesis::trap_density(s.surface); }),
      surface_scalar("area_per_volume", "nm-1", "surface of the crystals over their volume",
                     [](const SurfaceUsed& s) { return s.area_per_volume; }),
      surface_scalar("iodide_share", "1", "iodide share of all halides of the crystals, those of the surface included",
                     [](const SurfaceUsed& s) { return s.surface.crystal.iodide / s.surface.crystal.total(); }),
      surface_scalar("chloride_released", "1",
                     "chloride that the treatments took from the crystals, per formula unit at birth; negative: gave",
                     [](const SurfaceUsed& s) { return s.surface.released.chloride; }),
      surface_scalar("bromide_released", "1", "the same of bromide",
                     [](const SurfaceUsed& s) { return s.surface.released.bromide; }),
      surface_scalar("iodide_released", "1", "the same of iodide",
                     [](const SurfaceUsed& s) { return s.surface.released.iodide; }),
      surface_scalar("halide_offered", "1",
                     "halide that the treatments brought to the crystals, taken or not, per formula unit at birth",
                     [](const SurfaceUsed& s) { return s.surface.offered.total(); }),
      surface_scalar("dissolved", "1", "share of the formula units that went with unfinished layers",
                     [](const SurfaceUsed& s) { return 1 - s.surface.units; }),
  };
}

std::vector<OutputRow> film_outputs() {
  return {
      of_film("film_vacancies", "m-3", "halide vacancies on the crystals, per volume of the film",
              &FilmUsed::vacancies),
      of_film("film_hops", "1", "hops of an exciton in its lifetime", &FilmUsed::hops),
      of_film("film_plqy", "1", "quantum yield of the film: excitons meet the traps of all crystals that they visit",
              &FilmUsed::plqy),
      of_film("film_lifetime", "ns", "lifetime in the film, yield over radiative rate", &FilmUsed::lifetime),
      of_film("film_pl_peak", "nm", "emission of the film: excitons hop to larger crystals", &FilmUsed::pl_peak),
      of_film("film_redshift", "nm", "of this peak against the crystals on their own", &FilmUsed::redshift),
      of_film("left_after_air", "1", "photoluminescence after the time in air, over its start",
              &FilmUsed::left_after_air),
      of_film("left_after_light", "1", "photoluminescence after the time under light, over its start",
              &FilmUsed::left_after_light),
  };
}

}  // namespace nacre::scenarios
