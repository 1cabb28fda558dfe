#include "scenarios/readings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/math/random.hpp"
#include "engine/units/constants.hpp"
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

/// A number with its standard error where it has one, in a unit.
std::string shown(double value, double error, double scale, const char* unit) {
  return error > 0 ? fmt::format("{:.3g} +- {:.2g} {}", scale * value, scale * error, unit)
                   : fmt::format("{:.3g} {}", scale * value, unit);
}

/// Whether a reading is off by more than a share of what was there and than its error explains, or hardly known.
bool doubtful(double reading, double error, double there, double share) {
  const double known = std::isfinite(error) ? error : 0;
  return std::abs(reading - there) > std::max(share * there, 2 * known) || known > share * reading;
}

/// A lifetime that is read, and is not the decay's.
void judge_average(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const InstrumentsPlan& plan = *result.plan.instruments;
  const confinement::Photophysics& light = *result.photophysics;
  const double there =
      plan.averaging == instruments::Averaging::amplitude ? light.lifetime_amplitude : light.lifetime_intensity;
  if (!doubtful(out.lifetime, out.lifetime_error, there, 0.1)) return;
  const char* remedy = plan.counter.peak_counts > 0
                           ? "more instruments.trpl.peak_counts or less background make it sharper"
                           : "a longer instruments.trpl.window, less background or more components may cure it";
  warnings.push_back({"instruments.trpl: a lifetime that is not to be trusted",
                      fmt::format("instruments.trpl: trpl_lifetime is {} where the decay has {:.3g} ns, reduced "
                                  "chi-square {:.3g}; {}",
                                  shown(out.lifetime, out.lifetime_error, 1e9, "ns"), 1e9 * there,
                                  out.decay.reduced_chi_square, remedy)});
}

/// Takes back what was no reading, with a warning that says why.
void judge_lifetimes(Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const std::string reason = misreading(out.histogram, out.decay, out.lifetime);
  if (reason.empty()) return judge_average(out, result, warnings);
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

/// An Urbach plot that reads the line's own wing, or noise, in place of the tail.
void judge_tail(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  if (!out.with_light || std::isnan(out.urbach.energy)) return;
  const double there = result.photophysics->urbach_energy, in_mev = 1e3 / units::constants::electron_volt;
  if (!doubtful(out.urbach.energy, out.urbach.standard_error, there, 0.15)) return;
  warnings.push_back(
      {"instruments.urbach: an Urbach energy that is not to be trusted",
       fmt::format(
           "instruments.urbach: urbach_fitted is {} where the disorder has {:.3g} meV: from {:g} to {:g} of the "
           "edge lie noise or the line's own wing; a lower instruments.urbach.highest leaves the wing, a higher "
           "lowest the noise",
           shown(out.urbach.energy, out.urbach.standard_error, in_mev, "meV"), in_mev * there,
           result.plan.instruments->urbach.lowest, result.plan.instruments->urbach.highest)});
}

/// Binding energies that fits of an edge read where the pair binds by another one: dots have a next shell where the
/// formulas expect a continuum.
void judge_edge(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  judge_tail(out, result, warnings);
  const double there = result.optics->exciton_binding, in_mev = 1e3 / units::constants::electron_volt;
  std::string read;
  const auto look = [&](const char* name, bool converged, double binding, double error) {
    if (!converged || !doubtful(binding, error, there, 0.25)) return;
    read += fmt::format("{}{} {}", read.empty() ? "" : ", ", name, shown(binding, error, in_mev, "meV"));
  };
  look("elliott_binding", out.elliott.converged, out.elliott.binding, out.elliott.binding_error);
  look("elliott_2d_binding", out.elliott_2d.converged, out.elliott_2d.binding, out.elliott_2d.binding_error);
  look("line_step_binding", out.line_and_step.converged, out.line_and_step.binding(), out.line_and_step.binding_error);
  if (read.empty()) return;
  warnings.push_back(
      {"instruments: fits to an absorption edge read another binding energy than exciton_binding",
       fmt::format("instruments: {} of fits to the absorption edge, where exciton_binding is {:.3g} meV: "
                   "this edge is not what the formulas assume",
                   read, in_mev * there)});
}

/// Scherrer's size of crystals that are not as high as wide.
void judge_width(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const bool flat = result.plan.optics->shape == confinement::Shape::platelet;
  const double aspect = result.plan.photophysics ? result.plan.photophysics->input.form.aspect
                        : result.plan.surface    ? result.plan.surface->form.aspect
                                                 : 1;
  if (!flat && aspect > 0.8 && aspect < 1.25) return;
  warnings.push_back({"instruments.xrd: crystals that are not as high as wide",
                      fmt::format("instruments.xrd: xrd_size {:.3g} nm is read of the planes across the lateral edges; "
                                  "those across the height of these crystals add a peak of another width, which is not "
                                  "computed",
                                  1e9 * out.diffraction.scherrer_size)});
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
    judge_lifetimes(*out, result, result.warnings);
  }
  judge_fits(*out, result.warnings);
  judge_edge(*out, result, result.warnings);
  judge_width(*out, result, result.warnings);
  result.readings = std::move(out);
}

}  // namespace nacre::scenarios
