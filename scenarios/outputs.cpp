#include "scenarios/outputs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/units/quantity.hpp"
#include "scenarios/device_outputs.hpp"
#include "scenarios/drift_outputs.hpp"
#include "scenarios/surface_outputs.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

using Values = std::vector<double>;
using confinement::Optics;
using confinement::Photophysics;
using synthesis::History;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

OutputRow material_scalar(std::string name, std::string unit, std::string meaning, double (*get)(const Plan&)) {
  return {std::move(name),    Stage::material,
          std::move(unit),    {},
          std::move(meaning), [get](const Result& r) { return Values{r.plan.has_material ? get(r.plan) : nan}; }};
}

OutputRow over_time(std::string name, std::string unit, std::string meaning, std::vector<double> History::*member) {
  return {std::move(name),    Stage::synthesis,
          std::move(unit),    {"time"},
          std::move(meaning), [member](const Result& r) { return r.history ? (*r.history).*member : Values{}; }};
}

/// A moment of the crystals counted; NaN while there are none to speak of.
OutputRow moment(std::string name, std::string unit, std::string meaning, std::vector<double> History::*member) {
  return {std::move(name), Stage::synthesis, std::move(unit), {"time"}, std::move(meaning), [member](const Result& r) {
            Values values = r.history ? (*r.history).*member : Values{};
            for (std::size_t i = 0; i < values.size(); ++i) {
              if (!(r.history->yield[i] >= least_yield)) values[i] = nan;
            }
            return values;
          }};
}

/// The last value of a quantity over time; NaN without a finished synthesis.
double at_end(const Result& r, std::vector<double> History::*member) {
  const bool finished = r.history && r.history->complete && !((*r.history).*member).empty();
  return finished ? ((*r.history).*member).back() : nan;
}

OutputRow size_scalar(std::string name, std::string unit, std::string meaning, double (*get)(const Result&)) {
  return {std::move(name),    Stage::sizes,
          std::move(unit),    {},
          std::move(meaning), [get](const Result& r) { return Values{get(r)}; }};
}

OutputRow spectrum(std::string name, std::string unit, std::string axis, std::string meaning,
                   std::vector<double> Optics::*member) {
  return {std::move(name),    Stage::confinement,
          std::move(unit),    {std::move(axis)},
          std::move(meaning), [member](const Result& r) { return r.optics ? (*r.optics).*member : Values{}; }};
}

/// What is read off the spectra; a stage that failed leaves 0 where it did not get to, and none of these is 0 in
/// earnest then.
OutputRow optical(std::string name, std::string unit, std::string meaning, double Optics::*member) {
  return {std::move(name), Stage::confinement, std::move(unit), {}, std::move(meaning), [member](const Result& r) {
            if (!r.optics) return Values{nan};
            const double value = (*r.optics).*member;
            return Values{!r.optics->complete && value == 0 ? nan : value};
          }};
}

Values flat_density(const Result& r) {
  Values flat;
  if (r.history) {
    for (const Values& row : r.history->density) flat.insert(flat.end(), row.begin(), row.end());
  }
  return flat;
}

Values classes(const Result& r, std::vector<double> History::*member) {
  return r.history && !r.history->density.empty() ? (*r.history).*member : Values{};
}

std::vector<OutputRow> material_rows() {
  return {
      material_scalar("iodide_fraction", "1", "iodide share of the halides, after all treatments",
                      [](const Plan& p) { return p.treated.composition.iodide; }),
      material_scalar("lattice_constant", "nm", "edge of the pseudo-cubic cell by Vegard's law, after all treatments",
                      [](const Plan& p) { return p.treated.bulk.lattice_constant; }),
      material_scalar("band_gap", "eV",
                      "gap of the bulk at the temperature of the spectra, without an offset of the sample",
                      [](const Plan& p) { return materials::gap(p.treated, p.temperature); }),
  };
}

std::vector<OutputRow> synthesis_rows() {
  return {
      over_time("time", "s", "time since the injection", &History::time),
      over_time("temperature", "K", "temperature of the pot", &History::temperature),
      over_time("supersaturation", "1", "monomer over its solubility", &History::supersaturation),
      over_time("nucleation_rate", "m-3 s-1", "net flux of crystals through the smallest counted size",
                &History::nucleation_rate),
      over_time("number", "m-3", "crystals counted per volume", &History::number),
      over_time("yield", "1", "share of all formula units that is in counted crystals", &History::yield),
      moment("mean_edge", "nm",
             "mean edge of the crystals counted; NaN while they hold less than 1e-9 of all formula units",
             &History::mean_edge),
      moment("sd_edge", "nm", "standard deviation of their edges", &History::sd_edge),
      moment("skewness", "1", "skewness of their edges", &History::skewness),
      {"edge",
       Stage::synthesis,
       "nm",
       {"edge"},
       "edge of each size class, before cleaning",
       [](const Result& r) { return classes(r, &History::edge); }},
      {"width",
       Stage::synthesis,
       "nm",
       {"edge"},
       "width of each size class",
       [](const Result& r) { return classes(r, &History::width); }},
      {"density",
       Stage::synthesis,
       "m-3 nm-1",
       {"time", "edge"},
       "crystals and clusters per volume and edge",
       flat_density},
  };
}

std::vector<OutputRow> size_rows() {
  return {
      {"edge",
       Stage::sizes,
       "nm",
       {"edge"},
       "edges that the spectra are computed from, after cleaning",
       [](const Result& r) { return r.sizes.sizes.edge; }},
      {"weight",
       Stage::sizes,
       "1",
       {"edge"},
       "share of the crystals",
       [](const Result& r) { return r.sizes.sizes.weight; }},
      size_scalar("size_mean", "nm", "mean of these edges", [](const Result& r) { return r.sizes.mean; }),
      size_scalar("size_sd", "nm", "standard deviation of these edges",
                  [](const Result& r) { return r.sizes.standard_deviation; }),
      size_scalar("skewness", "1", "skewness of these edges", [](const Result& r) { return r.sizes.skewness; }),
      size_scalar("number", "m-3", "crystals counted per volume at the end of the synthesis",
                  [](const Result& r) { return at_end(r, &History::number); }),
      size_scalar("yield", "1", "share of all formula units in counted crystals at the end of the synthesis",
                  [](const Result& r) { return at_end(r, &History::yield); }),
  };
}

std::vector<OutputRow> spectral_rows() {
  return {
      spectrum("photon_energy", "eV", "photon_energy", "photon energy", &Optics::photon_energy),
      spectrum("wavelength", "nm", "photon_energy", "wavelength of the same points", &Optics::wavelength),
      spectrum("absorption", "1", "photon_energy", "absorption coefficient, largest value 1", &Optics::absorption),
      spectrum("photoluminescence", "eV-1", "photon_energy", "photons per energy, unit area",
               &Optics::photoluminescence),
      spectrum("photoluminescence_wavelength", "nm-1", "photon_energy", "photons per wavelength, unit area",
               &Optics::photoluminescence_wavelength),
      spectrum("curve_size", "nm", "curve_size", "edges of the sizing curve", &Optics::curve_size),
      spectrum("curve_energy", "eV", "curve_size", "emission energy of a crystal of that edge", &Optics::curve_energy),
      spectrum("curve_binding", "meV", "curve_size", "binding energy of its exciton", &Optics::curve_binding),
  };
}

std::vector<OutputRow> optical_rows() {
  return {
      optical("pl_peak", "nm", "wavelength of the photoluminescence's maximum (per wavelength)", &Optics::pl_peak),
      optical("pl_peak_energy", "eV", "photon energy of its maximum (per energy)", &Optics::pl_peak_energy),
      optical("pl_fwhm", "nm", "full width at half maximum of the photoluminescence", &Optics::pl_fwhm),
      optical("abs_peak", "nm", "wavelength of the first excitonic maximum or shoulder of the absorption",
              &Optics::abs_peak),
      optical("stokes_shift", "meV", "from the absorption peak to the photoluminescence peak, in energy",
              &Optics::stokes),
      optical("tauc_gap", "eV", "gap that a Tauc plot of the absorption reads", &Optics::tauc_gap),
      optical("exciton_binding", "meV", "binding energy of the exciton in a crystal of the mean edge",
              &Optics::exciton_binding),
      optical("cie_x", "1", "CIE 1931 chromaticity x of the photoluminescence", &Optics::cie_x),
      optical("cie_y", "1", "CIE 1931 chromaticity y of the photoluminescence", &Optics::cie_y),
      optical("luminous_efficacy", "lm/W", "of the photoluminescence's radiation", &Optics::luminous_efficacy),
      optical("line_width", "meV", "full width at half maximum of one crystal's line", &Optics::line_width),
      optical("optical_sd", "nm", "standard deviation of the edges without the part that is measurement",
              &Optics::optical_sd),
      optical("unbound_share", "1", "share of crystals too small to bind a state, left out of the spectra",
              &Optics::unbound_share),
  };
}

OutputRow light(std::string name, std::string unit, std::string meaning, double Photophysics::*member) {
  return {std::move(name), Stage::photophysics, std::move(unit), {}, std::move(meaning), [member](const Result& r) {
            return Values{r.photophysics && r.photophysics->complete ? (*r.photophysics).*member : nan};
          }};
}

OutputRow light_curve(std::string name, std::string unit, std::string axis, std::string meaning,
                      std::vector<double> Photophysics::*member) {
  return {
      std::move(name),    Stage::photophysics,
      std::move(unit),    {std::move(axis)},
      std::move(meaning), [member](const Result& r) { return r.photophysics ? (*r.photophysics).*member : Values{}; }};
}

OutputRow yield_curve(std::string name, std::string unit, std::string axis, std::string meaning,
                      Values Result::*member) {
  return {std::move(name),   Stage::photophysics, std::move(unit),
          {std::move(axis)}, std::move(meaning),  [member](const Result& r) { return r.*member; }};
}

std::vector<OutputRow> photophysical_rows() {
  return {
      light("plqy", "1", "photoluminescence quantum yield: photons per exciton", &Photophysics::plqy),
      light("lifetime", "ns", "mean lifetime by amplitudes: integral of the decay over its start",
            &Photophysics::lifetime_amplitude),
      light("lifetime_intensity", "ns", "mean lifetime by intensities: mean time of emission",
            &Photophysics::lifetime_intensity),
      light("lifetime_1e", "ns", "time after which the decay has fallen to 1/e", &Photophysics::lifetime_1e),
      light("radiative_rate", "1/ns", "of one exciton", &Photophysics::radiative_rate),
      light("nonradiative_rate", "1/ns", "mean over the crystals, traps and other losses",
            &Photophysics::nonradiative_rate),
      light("trap_density", "1/nm2", "deep traps per area of the crystals' surface", &Photophysics::trap_density),
      light("traps_per_crystal", "1", "mean number of traps of a crystal", &Photophysics::traps_per_crystal),
      light("capture_rate", "1/ns", "at which one trap captures, in a crystal of the mean volume",
            &Photophysics::capture_rate),
      light("biexciton_lifetime", "ps", "of two excitons in a crystal of the mean volume, by Auger recombination",
            &Photophysics::biexciton_lifetime),
      light("trion_lifetime", "ps", "of an exciton beside a third carrier in that crystal, by Auger recombination",
            &Photophysics::trion_lifetime),
      light("urbach_energy", "meV", "thermal and static disorder of the absorption edge", &Photophysics::urbach_energy),
      light("urbach_thermal", "meV", "its thermal part", &Photophysics::urbach_thermal),
      light("urbach_static", "meV", "its static part, that of the traps included", &Photophysics::urbach_static),
      light("stokes_defect", "meV", "part of the Stokes shift that traps cause", &Photophysics::stokes_defect),
      light_curve("time", "ns", "time", "time after the pulse", &Photophysics::time),
      light_curve("decay", "1", "time", "photoluminescence after the pulse, start 1", &Photophysics::decay),
      yield_curve("temperature", "K", "temperature", "temperature of the crystals", &Result::yield_temperature),
      yield_curve("yield_at_temperature", "1", "temperature", "quantum yield there", &Result::yield),
      yield_curve("excitons", "1", "excitons", "mean number of excitons per crystal after a pulse", &Result::excitons),
      yield_curve("yield_at_excitons", "1", "excitons", "quantum yield there", &Result::saturation),
  };
}

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
      reading("tauc_gap_fitted", "eV", "gap that a Tauc plot of this absorption reads",
              [](const Readings& r) { return r.tauc_gap; }),
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
      reading("trpl_chi_square", "1", "reduced chi-square of that fit; without counting noise of no meaning",
              [](const Readings& r) { return fitted(r.decay.converged, r.decay.reduced_chi_square); }),
      record("temperature", "K", "temperature", "of the temperature series",
             [](const Readings& r) { return r.temperature; }),
      record("intensity", "1", "temperature", "photoluminescence there, without noise 1 at the coldest",
             [](const Readings& r) { return r.intensity; }),
      reading("quenching_energy", "meV", "E of I_0/(1 + A exp(-E/kT)) fitted to it",
              [](const Readings& r) { return fitted(r.quenching.converged, r.quenching.energy); }),
      reading("quenching_prefactor", "1", "A of that fit",
              [](const Readings& r) { return fitted(r.quenching.converged, r.quenching.prefactor); }),
      record("delay", "ps", "delay", "between pump and probe", [](const Readings& r) { return r.delay; }),
      record("bleach_weak", "1", "delay", "bleach of the band edge after the weak pump",
             [](const Readings& r) { return r.weak; }),
      record("bleach_strong", "1", "delay", "the same after the strong pump",
             [](const Readings& r) { return r.strong; }),
      reading("bleach_biexciton_lifetime", "ps", "biexciton lifetime read from these traces",
              [](const Readings& r) { return fitted(r.biexciton.converged, r.biexciton.lifetime); }),
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

void append(std::vector<OutputRow>& rows, std::vector<OutputRow> more) {
  rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

const std::vector<OutputRow>& outputs() {
  static const std::vector<OutputRow> rows = [] {
    std::vector<OutputRow> all = material_rows();
    append(all, synthesis_rows());
    append(all, size_rows());
    append(all, surface_outputs());
    append(all, spectral_rows());
    append(all, optical_rows());
    append(all, photophysical_rows());
    append(all, absorption_readings());
    append(all, light_readings());
    append(all, crystal_readings());
    append(all, film_outputs());
    append(all, device_outputs());
    append(all, drift_outputs());
    return all;
  }();
  return rows;
}

const OutputRow* find_scalar(const std::string& name) {
  const auto it = std::find_if(outputs().begin(), outputs().end(),
                               [&](const OutputRow& row) { return row.is_scalar() && row.name == name; });
  return it == outputs().end() ? nullptr : &*it;
}

std::vector<std::string> scalar_names() {
  std::vector<std::string> names;
  for (const OutputRow& row : outputs()) {
    if (row.is_scalar()) names.push_back(row.name);
  }
  return names;
}

double scalar(const OutputRow& row, const Result& result) {
  return row.values(result).front();
}

std::vector<double> in_unit(const OutputRow& row, std::vector<double> si) {
  const double factor = units::parse_unit(row.unit).factor;
  for (double& value : si) value /= factor;
  return si;
}

bool has_stage(const Result& result, Stage stage) {
  switch (stage) {
    case Stage::material:
      return result.plan.has_material;
    case Stage::synthesis:
      return result.history != nullptr;
    case Stage::sizes:
      return !result.sizes.sizes.edge.empty();
    case Stage::surface:
      return result.surface.has_value();
    case Stage::film:
      return result.film.has_value();
    case Stage::photophysics:
      return result.photophysics != nullptr;
    case Stage::instruments:
      return result.readings != nullptr;
    case Stage::confinement:
      return result.optics != nullptr;
    case Stage::device:
      return result.device != nullptr;
    case Stage::drift:
      break;
  }
  return result.drift != nullptr;
}

std::string describe_outputs() {
  std::string text;
  Stage stage = Stage::material;
  for (const OutputRow& row : outputs()) {
    if (text.empty() || row.stage != stage) {
      text += (text.empty() ? "/" : "\n/") + std::string(name_of(row.stage)) + "\n";
      stage = row.stage;
    }
    const std::string line = "  " + row.name + (row.is_scalar() ? "" : "(" + joined(row.axes) + ")");
    text += padded(padded(line, 46) + row.unit, 56) + row.meaning + "\n";
  }
  return text;
}

std::string outputs_markdown() {
  std::string text = "| group | dataset | over | unit | meaning |\n|---|---|---|---|---|\n";
  for (const OutputRow& row : outputs()) {
    text += "| " + std::string(name_of(row.stage)) + " | `" + row.name + "` | " +
            (row.is_scalar() ? "" : joined(row.axes)) + " | " + row.unit + " | " + row.meaning + " |\n";
  }
  return text;
}

}  // namespace nacre::scenarios
