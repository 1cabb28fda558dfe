#include "scenarios/judgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/units/constants.hpp"
#include "scenarios/result.hpp"
#include "scenarios/shape.hpp"

namespace nacre::scenarios {
namespace {

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

/// Of a straight part that there is none of: noise is to blame only where there is some.
std::string above(double noise) {
  return noise > 0 ? " above the noise" : "";
}

/// Says which numbers could not be read, and why.
void judge_fits(const Readings& out, double noise, std::vector<Warning>& warnings) {
  if (!out.line_and_step.converged)
    warnings.push_back(unread("line_step_binding",
                              "no step is seen above the line within instruments.absorption.fitted_range, "
                              "or its distance is as uncertain as large"));
  if (std::isnan(out.tauc.gap))
    warnings.push_back(unread("tauc_gap_fitted", "the edge has no straight part" + above(noise)));
  if (std::isnan(out.urbach.energy))
    warnings.push_back(unread("urbach_fitted", "the tail has no straight part" + above(noise)));
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

/// A Tauc plot that reads another gap than one of the same edge without tail and noise.
void judge_gap(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const double there = result.optics->tauc_gap, in_ev = 1 / units::constants::electron_volt;
  if (std::isnan(out.tauc.gap) || !doubtful(out.tauc.gap, out.tauc.standard_error, there, 0.005)) return;
  warnings.push_back({"instruments: a Tauc gap that is not to be trusted",
                      fmt::format("instruments: tauc_gap_fitted is {} where the edge without tail and noise has {:.4g} "
                                  "eV; less instruments.absorption.noise makes it sharper",
                                  shown(out.tauc.gap, out.tauc.standard_error, in_ev, "eV"), in_ev * there)});
}

/// A temperature series whose one activation energy is not that of the capture: traps that are full, or few to a
/// crystal, let the intensity fall otherwise than the formula has it.
void judge_series(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const double there = result.photophysics_input.quenching_energy, in_mev = 1e3 / units::constants::electron_volt;
  if (!out.with_light || !out.quenching.converged ||
      !doubtful(out.quenching.energy, out.quenching.energy_error, there, 0.25))
    return;
  const char* reason = result.plan.instruments->quenching_noise > 0
                           ? "more instruments.quenching.temperatures, or less noise, make it sharper"
                           : "I_0/(1 + A exp(-E/kT)) is for traps that all crystals share; the few strong ones of a "
                             "crystal quench all of "
                             "its light or none, and the series flattens";
  warnings.push_back(
      {"instruments.quenching: an activation energy that is not to be trusted",
       fmt::format("instruments.quenching: quenching_energy is {} where capture is activated with {:.3g} "
                   "meV; {}",
                   shown(out.quenching.energy, out.quenching.energy_error, in_mev, "meV"), in_mev * there, reason)});
}

/// A biexciton lifetime that is read off traces with more than biexcitons, or with noise.
void judge_bleach(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  if (!out.with_light || !out.biexciton.converged) return;
  const double there = result.photophysics->biexciton_lifetime;
  if (!doubtful(out.biexciton.lifetime, out.biexciton.error, there, 0.1)) return;
  warnings.push_back(
      {"instruments.bleach: a biexciton lifetime that is not to be trusted",
       fmt::format("instruments.bleach: bleach_biexciton_lifetime is {} where biexcitons of the mean "
                   "crystal live {:.3g} ps; a weaker instruments.bleach.strong leaves out triexcitons, a "
                   "weaker instruments.bleach.weak biexcitons in the trace that is taken off",
                   shown(out.biexciton.lifetime, out.biexciton.error, 1e12, "ps"), 1e12 * there)});
}

/// Binding energies that fits of an edge read where the pair binds by another one: dots have a next shell where the
/// formulas expect a continuum. No numbers, so that a case with many variants says it once.
void judge_edge(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const double there = result.optics->exciton_binding;
  std::string off;
  const auto look = [&](const char* name, bool is_right) {
    if (!is_right) off += (off.empty() ? "" : ", ") + std::string(name);
  };
  const auto reads = [&](const instruments::ElliottReading& fit) {
    return fit.converged && !doubtful(fit.binding, fit.binding_error, there, 0.25);
  };
  const instruments::LineAndStep& line = out.line_and_step;
  look("elliott_binding", reads(out.elliott));
  look("elliott_2d_binding", reads(out.elliott_2d));
  look("line_step_binding", !line.converged || !doubtful(line.binding(), line.binding_error, there, 0.25));
  if (off.empty()) return;
  warnings.push_back({"instruments: fits to an absorption edge read another binding energy than exciton_binding",
                      "instruments: " + off +
                          ", read from the absorption edge, are missing or differ from exciton_binding by more than "
                          "25 % and their errors: the computed edge has lines and steps where the formulas expect a "
                          "continuum"});
}

/// A microscope that errs by as much as it looks at: sizes below zero are measured again, which shifts the mean.
void judge_sizes(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const double error = result.plan.instruments->microscope.error, mean = result.sizes.mean;
  if (3 * error < mean) return;
  warnings.push_back({"instruments.tem: an error as large as the crystals",
                      fmt::format("instruments.tem: an error of {:.3g} nm is no small part of crystals of {:.3g} nm: "
                                  "particles read as below nothing are measured again, and tem_mean is {:.3g} nm",
                                  1e9 * error, 1e9 * mean, 1e9 * out.micrograph.mean)});
}

/// Scherrer's size of crystals that are not as high as wide.
void judge_width(const Readings& out, const Result& result, std::vector<Warning>& warnings) {
  const confinement::Form form = form_of(result.plan);
  if (form.shape != confinement::Shape::platelet && form.aspect > 0.8 && form.aspect < 1.25) return;
  warnings.push_back({"instruments.xrd: crystals that are not as high as wide",
                      fmt::format("instruments.xrd: xrd_size {:.3g} nm is read of the planes across the lateral edges; "
                                  "those across the height of these crystals add a peak of another width, which is not "
                                  "computed",
                                  1e9 * out.diffraction.scherrer_size)});
}

}  // namespace

void judge(Readings& readings, Result& result) {
  std::vector<Warning>& warnings = result.warnings;
  if (readings.with_light) judge_lifetimes(readings, result, warnings);
  judge_fits(readings, result.plan.instruments->absorption_noise, warnings);
  judge_sizes(readings, result, warnings);
  judge_tail(readings, result, warnings);
  judge_gap(readings, result, warnings);
  judge_series(readings, result, warnings);
  judge_bleach(readings, result, warnings);
  judge_edge(readings, result, warnings);
  judge_width(readings, result, warnings);
}

}  // namespace nacre::scenarios
