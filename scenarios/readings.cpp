#include "scenarios/readings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/math/random.hpp"
#include "models/confinement/disorder.hpp"
#include "scenarios/judgement.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {
namespace {

/// A stream of random numbers of its own for each instrument, so that one changes nothing for another.
enum class Stream : std::uint64_t { absorption, counting, series, microscope };
std::uint64_t seed_of(const InstrumentsPlan& plan, Stream stream) {
  return plan.seed * 1000003u + static_cast<std::uint64_t>(stream);
}

/// The spectrum as a spectrometer sees it.
void record_absorption(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const confinement::Optics& optics = *result.optics;
  const double urbach = out.with_light ? result.photophysics->urbach_energy : 0;
  out.absorption =
      confinement::with_urbach_tail(optics.photon_energy, optics.absorption, optics.abs_peak_energy, urbach);
  math::Random random(seed_of(plan, Stream::absorption));
  if (plan.absorption_noise == 0) return;
  for (double& alpha : out.absorption) alpha += plan.absorption_noise * random.normal();
}

void read_absorption(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const confinement::Optics& optics = *result.optics;
  const double edge = optics.abs_peak_energy, highest = edge + plan.fitted_range;
  out.urbach = instruments::urbach_fit(optics.photon_energy, out.absorption, edge, plan.urbach);
  out.tauc = instruments::tauc_fit(optics.photon_energy, out.absorption, edge);
  const double width = optics.line_width;
  out.elliott =
      instruments::elliott_fit(optics.photon_energy, out.absorption, confinement::Freedom::three, edge, highest);
  out.elliott_2d =
      instruments::elliott_fit(optics.photon_energy, out.absorption, confinement::Freedom::two, edge, highest);
  out.line_and_step = instruments::line_and_step_fit(optics.photon_energy, out.absorption, edge, width, highest);
}

/// A decay on times as fine and as far as a counter's channels need, whatever the grid of the result's own curve.
struct Curve {
  std::vector<double> time, decay;
};
Curve decay_for(const instruments::PhotonCounter& counter, const Result& result) {
  const confinement::PhotophysicsInput usual;
  confinement::PhotophysicsInput input = result.photophysics_input;
  const double first = std::min(usual.first_time, counter.window / counter.channels / 8);
  const double decades = std::max(usual.decades, std::ceil(std::log10(counter.window / first)));
  const confinement::Photophysics& known = *result.photophysics;
  if (input.first_time == first && input.decades == decades && input.times_per_decade == usual.times_per_decade)
    return {known.time, known.decay};
  input.first_time = first, input.decades = decades, input.times_per_decade = usual.times_per_decade;
  confinement::Photophysics again = confinement::photophysics(input, result.crystals.edge, result.crystals.weight);
  return {std::move(again.time), std::move(again.decay)};
}

void count_photons(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const confinement::Photophysics& light = *result.photophysics;
  instruments::PhotonCounter counter = plan.counter;
  counter.seed = seed_of(plan, Stream::counting);
  if (counter.window == 0) counter.window = 8 * std::max(light.lifetime_intensity, counter.response);
  const Curve curve = decay_for(counter, result);
  out.histogram = count(counter, curve.time, curve.decay);
  out.decay = fit_decay(out.histogram, plan.components, counter.peak_counts);
  out.lifetime = out.decay.average(plan.averaging);
  out.lifetime_error = out.decay.average_error(plan.averaging);
}

void heat(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const synthesis::Sizes& sizes = result.crystals;
  for (int i = 0; i < plan.temperatures; ++i)
    out.temperature.push_back(plan.coldest + (plan.hottest - plan.coldest) * i / (plan.temperatures - 1));
  out.intensity = yields_at_temperatures(result.photophysics_input, sizes.edge, sizes.weight, out.temperature);
  math::Random random(seed_of(plan, Stream::series));
  const double coldest = out.intensity.front();
  for (double& intensity : out.intensity)
    intensity *= std::max(1 + plan.quenching_noise * random.normal(), 0.01) / coldest;
  out.quenching = instruments::quenching_fit(out.temperature, out.intensity);
}

/// Delays from a femtosecond scale to where single excitons alone are left.
void pump(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const synthesis::Sizes& sizes = result.crystals;
  const double fast = result.photophysics->biexciton_lifetime;
  for (int i = 0; i <= 100; ++i) out.delay.push_back(0.15 * fast * i);
  out.weak = bleach(result.photophysics_input, sizes.edge, sizes.weight, plan.weak_pump, out.delay);
  out.strong = bleach(result.photophysics_input, sizes.edge, sizes.weight, plan.strong_pump, out.delay);
  out.biexciton = instruments::biexciton_fit(out.delay, out.weak, out.strong, 10 * fast);
}

void look_at_crystals(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const synthesis::Sizes& sizes = result.sizes.sizes;
  instruments::Microscope microscope = plan.microscope;
  microscope.seed = seed_of(plan, Stream::microscope);
  out.micrograph = photograph(microscope, sizes.edge, sizes.weight);
  const bool spheres = result.plan.optics->shape == confinement::Shape::sphere;
  const double cell = std::cbrt(materials::formula_volume(result.plan.treated, result.plan.temperature));
  out.diffraction = diffract(plan.diffractometer, cell, spheres, sizes.edge, sizes.weight);
}

}  // namespace

void run_instruments(Result& result) {
  const InstrumentsPlan& plan = *result.plan.instruments;
  auto out = std::make_shared<Readings>();
  out->with_light = result.photophysics && result.photophysics->complete;
  record_absorption(*out, result, plan);
  read_absorption(*out, result, plan);
  look_at_crystals(*out, result, plan);
  if (out->with_light) {
    count_photons(*out, result, plan);
    heat(*out, result, plan);
    pump(*out, result, plan);
  }
  judge(*out, result);
  result.readings = std::move(out);
}

}  // namespace nacre::scenarios
