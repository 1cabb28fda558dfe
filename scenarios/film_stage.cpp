#include "scenarios/film_stage.hpp"

#include <cmath>
#include <limits>

#include "models/confinement/film.hpp"
#include "scenarios/surface_stage.hpp"

namespace nacre::scenarios {
namespace {

using confinement::Weighting;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Emission of crystals whose excitons hop to lower energies, from where the light was absorbed on; without a hop that
/// of the crystals on their own.
double peak_in_film(const Result& result, double hops, const confinement::ColourTable& eye) {
  if (std::lround(hops) == 0) return result.optics->pl_peak;
  confinement::OpticsInput input = *result.plan.optics;
  input.weighting = Weighting::funnelling;
  input.hops = static_cast<int>(std::lround(hops));
  return confinement::compute(input, result.sizes.sizes.edge, result.sizes.sizes.weight, eye).pl_peak;
}

}  // namespace

void run_film(Result& result, const confinement::ColourTable& eye) {
  const FilmPlan& plan = *result.plan.film;
  const confinement::Photophysics& light = *result.photophysics;
  FilmUsed film;
  film.vacancies = result.surface ? film_vacancies(*result.surface, plan.packing) : nan;
  film.hops = plan.hops * confinement::resonance(result.optics->stokes, result.optics->line_width);
  const double loss = confinement::film_loss(confinement::loss_ratio(light.plqy), film.hops);
  film.plqy = confinement::yield_of_loss(loss);
  film.lifetime = film.plqy / light.radiative_rate;
  film.pl_peak = peak_in_film(result, film.hops, eye);
  film.redshift = film.pl_peak - result.optics->pl_peak;
  film.left_after_air = confinement::brightness_left(loss, confinement::loss_after_air(loss, plan.air_dose));
  film.left_after_light = confinement::brightness_left(loss, confinement::loss_after_light(loss, plan.light_dose));
  result.film = film;
}

}  // namespace nacre::scenarios
