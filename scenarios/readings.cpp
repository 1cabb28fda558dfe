#include "scenarios/readings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/random.hpp"
#include "models/confinement/disorder.hpp"
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

/// Why the lifetimes of a fit are none of the decay's, empty when they can be.
std::string misreading(const instruments::Histogram& h, const instruments::MultiExponential& fit, double lifetime) {
  if (!(h.time.back() > 0)) return "the pulse comes after the window of the photon counter";
  if (!fit.converged) return "no sum of exponentials fits the counts";
  double area = 0;
  for (std::size_t j = 0; j < fit.lifetime.size(); ++j) area += fit.amplitude[j] * fit.lifetime[j];
  for (std::size_t j = 0; j < fit.lifetime.size(); ++j) {
    if (fit.amplitude[j] * fit.lifetime[j] < 0.01 * area || fit.lifetime[j] < h.time.back()) continue;
    return fmt::format("a lifetime of {:.3g} ns does not end in the {:.3g} ns that are recorded", 1e9 * fit.lifetime[j],
                       1e9 * h.time.back());
  }
  if (lifetime < 0.2 * h.width)
    return fmt::format("a lifetime of {:.3g} ns passes in a fraction of a channel of {:.3g} ns", 1e9 * lifetime,
                       1e9 * h.width);
  return "";
}

void count_photons(Readings& out, const Result& result, const InstrumentsPlan& plan) {
  const confinement::Photophysics& light = *result.photophysics;
  instruments::PhotonCounter counter = plan.counter;
  counter.seed = seed_of(plan, Stream::counting);
  if (counter.window == 0) counter.window = 8 * std::max(light.lifetime_intensity, counter.response);
  out.histogram = count(counter, light.time, light.decay);
  out.decay = fit_decay(out.histogram, plan.components, counter.peak_counts);
  out.lifetime = out.decay.average(plan.averaging);
}

/// Takes back what was no reading, with a warning that says why.
void judge_lifetimes(Readings& out, std::vector<Warning>& warnings) {
  const std::string reason = misreading(out.histogram, out.decay, out.lifetime);
  if (reason.empty()) return;
  warnings.push_back(
      {"instruments.trpl: no lifetime could be read", "instruments.trpl: no lifetime is read: " + reason});
  out.decay.converged = false;
  for (std::vector<double>* values : {&out.decay.lifetime, &out.decay.lifetime_error, &out.decay.amplitude})
    std::fill(values->begin(), values->end(), std::numeric_limits<double>::quiet_NaN());
}

Warning unread(const std::string& what, const std::string& reason) {
  return {"instruments: no " + what + " could be read", "instruments: no " + what + " is read: " + reason};
}

/// Says which numbers could not be read, and why.
void judge_fits(const Readings& out, std::vector<Warning>& warnings) {
  const std::string no_edge = "no fit converged, or its error is as large as the number itself";
  if (!out.elliott.converged) warnings.push_back(unread("elliott_binding", no_edge));
  if (!out.elliott_2d.converged) warnings.push_back(unread("elliott_2d_binding", no_edge));
  if (!out.line_and_step.converged)
    warnings.push_back(unread("line_step_binding",
                              "no step is seen above the line within instruments.absorption.fitted_range, "
                              "or its distance is as uncertain as large"));
  if (std::isnan(out.tauc.gap))
    warnings.push_back(unread("tauc_gap_fitted", "the edge has no straight part above the noise"));
  if (std::isnan(out.urbach.energy))
    warnings.push_back(unread("urbach_fitted", "the tail has no straight part above the noise"));
  if (!out.with_light) return;
  if (!out.quenching.converged)
    warnings.push_back(unread("quenching_energy", "the intensities do not fall as one activation energy has it"));
  if (!out.biexciton.converged)
    warnings.push_back(
        unread("bleach_biexciton_lifetime", "strong and weak pump differ by no decay that could be fitted"));
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
  out.diffraction =
      diffract(plan.diffractometer, result.plan.treated.bulk.lattice_constant, spheres, sizes.edge, sizes.weight);
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
    judge_lifetimes(*out, result.warnings);
  }
  judge_fits(*out, result.warnings);
  result.readings = std::move(out);
}

}  // namespace nacre::scenarios
