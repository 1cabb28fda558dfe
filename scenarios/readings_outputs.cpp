#include "scenarios/readings_outputs.hpp"

#include <limits>
#include <utility>

#include "scenarios/append.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow reading(std::string name, std::string unit, std::string meaning, double (*get)(const Readings&)) {
  return {std::move(name),    Stage::instruments,
          std::move(unit),    {},
          std::move(meaning), [get](const Result& r) { return Values{r.readings ? get(*r.readings) : nan}; }};
}

OutputRow record(std::string name, std::string unit, std::string axis, std::string meaning,
                 Values (*get)(const Readings&)) {
  return {std::move(name),    Stage::instruments,
          std::move(unit),    {std::move(axis)},
          std::move(meaning), [get](const Result& r) { return r.readings ? get(*r.readings) : Values{}; }};
}

/// A number of a fit; NaN when it did not converge, or there was no light to fit.
double fitted(bool converged, double value) {
  return converged ? value : nan;
}

std::vector<OutputRow> absorption_readings() {
  return {
      {"photon_energy",
       Stage::instruments,
       "eV",
       {"photon_energy"},
       "photon energy of the spectrometer",
       [](const Result& r) { return r.readings && r.optics ? r.optics->photon_energy : Values{}; }},
      record("absorption", "1", "photon_energy", "absorption with its Urbach tail and the spectrometer's noise",
             [](const Readings& r) { return r.absorption; }),
      reading("urbach_fitted", "meV", "Urbach energy that a straight line through the logarithm of the tail reads",
              [](const Readings& r) { return r.urbach.energy; }),
      reading("urbach_fitted_error", "meV", "its standard error, from the scatter about the line or the noise",
              [](const Readings& r) { return r.urbach.standard_error; }),
      reading("tauc_gap_fitted", "eV", "gap that a Tauc plot of this absorption reads",
              [](const Readings& r) { return r.tauc.gap; }),
      reading("tauc_gap_fitted_error", "eV", "its standard error from the spectrometer's noise, 0 without noise",
              [](const Readings& r) { return r.tauc.standard_error; }),
      reading("elliott_gap", "eV", "gap that a fit of Elliott's formula in three dimensions reads",
              [](const Readings& r) { return fitted(r.elliott.converged, r.elliott.gap); }),
      reading("elliott_binding", "meV", "exciton binding energy of that fit",
              [](const Readings& r) { return fitted(r.elliott.converged, r.elliott.binding); }),
      reading("elliott_2d_binding", "meV", "exciton binding energy of a fit in two dimensions",
              [](const Readings& r) { return fitted(r.elliott_2d.converged, r.elliott_2d.binding); }),
      reading("line_step_binding", "meV",
              "distance from line to step in a fit of an asymmetric line and a step, reported as a binding energy",
              [](const Readings& r) { return fitted(r.line_and_step.converged, r.line_and_step.binding()); }),
      reading("line_step_residual", "1", "root mean square misfit of that fit, over the largest absorption",
              [](const Readings& r) { return fitted(r.line_and_step.converged, r.line_and_step.residual); }),
  };
}

std::vector<OutputRow> light_readings() {
  return {
      record("channel", "ns", "channel", "middle of a channel of the photon counter, after the pulse",
             [](const Readings& r) { return r.histogram.time; }),
      record("counts", "1", "channel", "photons counted in it; the highest is 1 without counting noise",
             [](const Readings& r) { return r.histogram.counts; }),
      record("component_lifetime", "ns", "component_lifetime", "lifetimes of the exponentials fitted to the decay",
             [](const Readings& r) { return r.decay.lifetime; }),
      record("component_amplitude", "1", "component_lifetime", "their amplitudes, sum 1",
             [](const Readings& r) { return r.decay.amplitude; }),
      reading("trpl_lifetime", "ns", "mean lifetime of the fit, averaged as instruments.trpl.averaging says",
              [](const Readings& r) { return fitted(r.decay.converged, r.lifetime); }),
      reading("trpl_lifetime_error", "ns", "its standard error from the counting noise, 0 without noise",
              [](const Readings& r) { return fitted(r.decay.converged, r.lifetime_error); }),
      reading("trpl_chi_square", "1", "reduced chi-square of that fit; without counting noise of no meaning",
              [](const Readings& r) { return fitted(r.decay.converged, r.decay.reduced_chi_square); }),
      record("temperature", "K", "temperature", "of the temperature series",
             [](const Readings& r) { return r.temperature; }),
      record("intensity", "1", "temperature", "photoluminescence there, without noise 1 at the coldest",
             [](const Readings& r) { return r.intensity; }),
      reading("quenching_energy", "meV", "E of I_0/(1 + A exp(-E/kT)) fitted to it",
              [](const Readings& r) { return fitted(r.quenching.converged, r.quenching.energy); }),
      reading("quenching_energy_error", "meV", "its standard error, from the scatter about the fit",
              [](const Readings& r) { return fitted(r.quenching.converged, r.quenching.energy_error); }),
      reading("quenching_prefactor", "1", "A of that fit",
              [](const Readings& r) { return fitted(r.quenching.converged, r.quenching.prefactor); }),
      record("delay", "ps", "delay", "between pump and probe", [](const Readings& r) { return r.delay; }),
      record("bleach_weak", "1", "delay", "bleach of the band edge after the weak pump",
             [](const Readings& r) { return r.weak; }),
      record("bleach_strong", "1", "delay", "the same after the strong pump",
             [](const Readings& r) { return r.strong; }),
      reading("bleach_biexciton_lifetime", "ps", "biexciton lifetime read from these traces",
              [](const Readings& r) { return fitted(r.biexciton.converged, r.biexciton.lifetime); }),
      reading("bleach_biexciton_lifetime_error", "ps", "its standard error, from the scatter about the exponential",
              [](const Readings& r) { return fitted(r.biexciton.converged, r.biexciton.error); }),
  };
}

std::vector<OutputRow> crystal_readings() {
  return {
      record("bin", "nm", "bin", "middle of each bin of the microscope's histogram",
             [](const Readings& r) { return r.micrograph.bin; }),
      record("frequency", "1", "bin", "share of the particles measured",
             [](const Readings& r) { return r.micrograph.frequency; }),
      reading("tem_mean", "nm", "mean size of the particles measured",
              [](const Readings& r) { return r.micrograph.mean; }),
      reading("tem_sd", "nm", "standard deviation of their sizes, the error of measurement included",
              [](const Readings& r) { return r.micrograph.standard_deviation; }),
      reading("tem_mean_error", "nm", "standard error of their mean",
              [](const Readings& r) { return r.micrograph.mean_error; }),
      reading("xrd_angle", "deg", "2 theta of the reflection", [](const Readings& r) { return r.diffraction.angle; }),
      reading("xrd_width", "deg", "full width at half maximum of its peak",
              [](const Readings& r) { return r.diffraction.width; }),
      reading("xrd_size", "nm", "size read from this width by Scherrer's formula",
              [](const Readings& r) { return r.diffraction.scherrer_size; }),
  };
}

}  // namespace

std::vector<OutputRow> readings_outputs() {
  std::vector<OutputRow> rows = absorption_readings();
  append(rows, light_readings());
  append(rows, crystal_readings());
  return rows;
}

}  // namespace nacre::scenarios
