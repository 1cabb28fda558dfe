#include "models/confinement/optics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/units/constants.hpp"
#include "models/confinement/exciton.hpp"
#include "models/confinement/spectrum.hpp"
#include "models/confinement/tauc.hpp"

namespace nacre::confinement {
namespace {

namespace constant = units::constants;
constexpr double electron_volt = constant::electron_volt;
constexpr double hc = constant::planck * constant::speed_of_light;
constexpr double tolerated_unbound = 0.01;  // of the crystals
constexpr double negligible = 1e-6;         // of the strongest class: does not widen the grid

/// What is wrong with the input, empty when nothing is.
std::string objection(const OpticsInput& in, std::span<const double> edges, std::span<const double> weights) {
  const auto positive = [](double x) { return x > 0 && std::isfinite(x); };
  const auto not_negative = [](double x) { return x >= 0 && std::isfinite(x); };
  if (edges.empty() || edges.size() != weights.size())
    return fmt::format("the size distribution has {} edges and {} weights", edges.size(), weights.size());
  if (!std::all_of(edges.begin(), edges.end(), positive))
    return "an edge of the size distribution is not a positive number";
  if (!std::all_of(weights.begin(), weights.end(), not_negative) ||
      !(*std::max_element(weights.begin(), weights.end()) > 0))
    return "the weights of the size distribution must be numbers, none negative and one positive";
  const Bands& b = in.bands;
  if (!(positive(b.gap) && positive(b.reduced_mass) && positive(b.permittivity) && b.barrier > 0 && b.outside_mass > 0))
    return "gap, reduced mass, permittivity, barrier and outside mass must be positive";
  if (!positive(in.size_ratio)) return "the size ratio must be positive";
  if (in.shape == Shape::platelet && !(positive(in.slab.thickness) && positive(in.slab.outside_permittivity)))
    return "platelets need a positive thickness and permittivity outside";
  if (!not_negative(in.temperature)) return "the temperature must not be negative";
  if (!not_negative(in.unresolved_spread)) return "the unresolved spread must not be negative";
  if (!not_negative(in.absorption_broadening)) return "the broadening of the absorption must not be negative";
  if (!(in.line.lorentz_share >= 0 && in.line.lorentz_share <= 1)) return "the Lorentzian share must lie from 0 to 1";
  if (in.line.coupling != 0 && !positive(in.line.phonon_energy)) return "the phonon energy must be positive";
  if (!positive(line_width(in.line, in.temperature))) return "the line width must be positive";
  if (!not_negative(in.stokes.reference_shift) || !not_negative(in.stokes.cap) || !positive(in.stokes.reference_edge) ||
      !std::isfinite(in.stokes.exponent))
    return "the Stokes law needs a positive reference edge and shifts that are not negative";
  return "";
}

/// Size classes that take part, with their transitions.
struct Classes {
  std::vector<double> edge, number;  ///< number normalised to 1 over all crystals
  std::vector<Transitions> transition;
  std::vector<double> emission;  ///< share of the emitted photons
};

Classes classes_on(const SizingCurve& curve, const OpticsInput& in, const std::vector<double>& edges,
                   std::span<const double> weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const double rydberg_energy = rydberg(in.bands);
  Classes c;
  std::vector<double> energy;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const double size = edges[i] * in.size_ratio;
    // round-off at the ends of a curve that was made for these edges
    if (weights[i] == 0 || !(size >= curve.smallest() * (1 - 1e-12)) || !(size <= curve.largest() * (1 + 1e-12)))
      continue;
    c.edge.push_back(edges[i]);
    c.number.push_back(weights[i] / total);
    c.transition.push_back(transitions(curve, in.stokes, rydberg_energy, in.size_ratio, edges[i]));
    energy.push_back(c.transition.back().emission);
  }
  if (!c.edge.empty()) c.emission = emission_weights(in.weighting, c.edge, c.number, energy, in.hops);
  return c;
}

/// A grid that holds the emission and the edge of the absorption with the step that follows its line, fine enough for
/// the narrower of both lines.
EnergyGrid energy_grid(const Classes& c, double emission_width, double absorption_width) {
  const double strongest = *std::max_element(c.emission.begin(), c.emission.end());
  const double commonest = *std::max_element(c.number.begin(), c.number.end());
  double lowest = c.transition.front().emission, highest = c.transition.front().absorption, step = 0;
  for (std::size_t i = 0; i < c.edge.size(); ++i) {
    if (c.emission[i] < negligible * strongest && c.number[i] < negligible * commonest) continue;
    lowest = std::min(lowest, c.transition[i].emission);
    highest = std::max(highest, c.transition[i].absorption);
    if (c.number[i] > 0.5 * commonest) step = std::max(step, c.transition[i].continuum);
  }
  const double below = std::max(0.35 * electron_volt, 4 * emission_width);
  const double first = std::max(lowest - below, 0.2 * lowest);
  const double last = std::max(highest + std::max(0.5 * electron_volt, 3 * std::max(absorption_width, emission_width)),
                               step + 2 * absorption_width);
  const double wanted = std::min(std::min(emission_width, absorption_width) / 30, 2e-3 * electron_volt);
  const double spacing = std::max(wanted, (last - first) / 8000);
  return {first, spacing, static_cast<std::size_t>(std::ceil((last - first) / spacing)) + 1};
}

std::vector<double> emission_spectrum(const Classes& c, const EnergyGrid& grid, const OpticsInput& in, double width) {
  std::vector<double> histogram(grid.count, 0.0);
  for (std::size_t i = 0; i < c.edge.size(); ++i) deposit(grid, c.transition[i].emission, c.emission[i], histogram);
  return convolve(histogram, line_kernel(grid, width, in.line.lorentz_share, grid.count), grid.count);
}

/// Exciton lines and continuum steps of all classes, broadened; over E, as alpha is at constant matrix element.
std::vector<double> absorption_spectrum(const Classes& c, const EnergyGrid& grid, double width) {
  // Gaussian only: a Lorentzian tail below the gap would be an absorption that no edge shows.
  const auto reach = static_cast<std::size_t>(std::ceil(2.2 * width / grid.step));
  const std::size_t padded = grid.count + reach;  // what lies above the grid still reaches into it
  std::vector<double> histogram(padded, 0.0), onset(padded, 0.0);
  for (std::size_t i = 0; i < c.edge.size(); ++i) {
    const Transitions& t = c.transition[i];
    deposit(grid, t.absorption, c.number[i] * t.strength, histogram);
    deposit(grid, t.continuum, c.number[i] * t.continuum_strength, onset);
  }
  double below = 0;
  for (std::size_t i = 0; i < padded; ++i) {
    histogram[i] += grid.step * (below + 0.5 * onset[i]);
    below += onset[i];
  }
  std::vector<double> alpha = convolve(histogram, line_kernel(grid, width, 0, reach), grid.count);
  for (std::size_t i = 0; i < grid.count; ++i) alpha[i] = std::max(alpha[i], 0.0) / grid.at(i);
  return alpha;
}

void scale(std::vector<double>& values, double factor) {
  for (double& x : values) x *= factor;
}

void fill_spectra(Optics& out, const Classes& c, const OpticsInput& in, double absorption_width) {
  const EnergyGrid grid = energy_grid(c, out.line_width, absorption_width);
  for (std::size_t i = 0; i < grid.count; ++i) {
    out.photon_energy.push_back(grid.at(i));
    out.wavelength.push_back(hc / grid.at(i));
  }
  out.photoluminescence = emission_spectrum(c, grid, in, out.line_width);
  scale(out.photoluminescence, 1 / trapezoid(out.photon_energy, out.photoluminescence));
  for (std::size_t i = 0; i < grid.count; ++i)
    out.photoluminescence_wavelength.push_back(out.photoluminescence[i] * grid.at(i) * grid.at(i) / hc);
  scale(out.photoluminescence_wavelength, 1 / trapezoid(out.wavelength, out.photoluminescence_wavelength));
  out.absorption = absorption_spectrum(c, grid, absorption_width);
  scale(out.absorption, 1 / *std::max_element(out.absorption.begin(), out.absorption.end()));
}

/// Reads peaks, widths and gaps off the spectra.
void read_features(Optics& out, double absorption_width) {
  out.pl_peak_energy = highest_peak(out.photon_energy, out.photoluminescence).position;
  out.pl_peak = highest_peak(out.wavelength, out.photoluminescence_wavelength).position;
  out.pl_fwhm = full_width_half_maximum(out.wavelength, out.photoluminescence_wavelength);
  out.abs_peak_energy = first_transition(out.photon_energy, out.absorption, absorption_width / 2);
  out.abs_peak = hc / out.abs_peak_energy;
  out.stokes = out.abs_peak_energy - out.pl_peak_energy;
  out.tauc_gap = tauc_gap(out.photon_energy, out.absorption, out.abs_peak_energy);
}

/// Light that nobody sees has none: NaN.
void read_colour(Optics& out, const ColourMatching& eye) {
  std::vector<double> power(out.wavelength.size());
  for (std::size_t i = 0; i < power.size(); ++i) power[i] = out.photoluminescence_wavelength[i] * out.photon_energy[i];
  const Colour colour = eye.of(out.wavelength, power);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  out.cie_x = colour.complete ? colour.x : none;
  out.cie_y = colour.complete ? colour.y : none;
  out.luminous_efficacy = colour.complete ? colour.luminous_efficacy : none;
}

/// Distribution, spectra and all that is read off them.
void evaluate(Optics& out, const OpticsInput& in, const SizingCurve& curve, std::span<const double> edges,
              std::span<const double> weights, const ColourMatching& eye) {
  const std::vector<double> resolved = resolved_edges(edges, weights, in.unresolved_spread);
  out.optical_sd = moments(resolved, weights).standard_deviation;
  out.line_width = line_width(in.line, in.temperature);
  const Classes c = classes_on(curve, in, resolved, weights);
  out.unbound_share = std::clamp(1 - std::accumulate(c.number.begin(), c.number.end(), 0.0), 0.0, 1.0);
  if (out.unbound_share < 1e-12) out.unbound_share = 0;
  if (c.edge.empty() || out.unbound_share > tolerated_unbound) {
    out.message = fmt::format(
        "{:.3g} % of the crystals have electronic sizes outside {:.3g} nm to {:.3g} nm, where energies are known; "
        "below {:.3g} nm a "
        "dot is too small to bind a state",
        100 * out.unbound_share, 1e9 * curve.smallest(), 1e9 * curve.largest(),
        1e9 * smallest_bound_size(in.bands, in.shape));
    return;
  }
  const double mean_size = std::clamp(out.mean_edge * in.size_ratio, curve.smallest(), curve.largest());
  out.exciton_binding = curve.binding(mean_size);
  const double absorption_width = in.absorption_broadening > 0 ? in.absorption_broadening : out.line_width;
  fill_spectra(out, c, in, absorption_width);
  read_features(out, absorption_width);
  read_colour(out, eye);
  if (!std::isfinite(out.pl_fwhm) || !std::isfinite(out.abs_peak_energy) || !std::isfinite(out.tauc_gap)) {
    out.message = "the spectra have no width, no first transition or no edge that could be read off";
  } else {
    out.complete = true;
  }
}

/// Sizes from a little below the smallest to a little above the largest crystal, as far as they bind a state.
SizingCurve curve_for(const OpticsInput& in, std::span<const double> edges, std::span<const double> weights) {
  double smallest = 0, largest = 0;
  const std::vector<double> resolved = resolved_edges(edges, weights, in.unresolved_spread);
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    if (weights[i] == 0 || !(resolved[i] > 0)) continue;
    smallest = smallest > 0 ? std::min(smallest, resolved[i]) : resolved[i];
    largest = std::max(largest, resolved[i]);
  }
  if (in.shape == Shape::platelet)
    return SizingCurve(in.bands, in.slab, 0.8 * smallest * in.size_ratio, 1.25 * largest * in.size_ratio);
  const double bound = 1.05 * smallest_bound_size(in.bands, in.shape);
  const double lowest = std::max(0.8 * smallest * in.size_ratio, bound);
  return SizingCurve(in.bands, in.shape, lowest, std::max(1.25 * largest * in.size_ratio, 1.01 * lowest));
}

}  // namespace

Optics spectra(const OpticsInput& input, const SizingCurve& curve, std::span<const double> edges,
               std::span<const double> weights, const ColourMatching& eye) {
  Optics out;
  out.message = objection(input, edges, weights);
  if (out.message.empty() && !curve.complete()) out.message = curve.message();
  if (!out.message.empty()) return out;
  const Moments given = moments(edges, weights);
  out.mean_edge = given.mean;
  out.sd_edge = given.standard_deviation;
  evaluate(out, input, curve, edges, weights, eye);
  return out;
}

Optics compute(const OpticsInput& input, std::span<const double> edges, std::span<const double> weights,
               const ColourTable& table) {
  Optics out;
  out.message = objection(input, edges, weights);
  if (!out.message.empty()) return out;
  const SizingCurve curve = curve_for(input, edges, weights);
  out = spectra(input, curve, edges, weights, ColourMatching(table));
  for (const double size : curve.sizes()) out.curve_size.push_back(size / input.size_ratio);
  out.curve_energy = curve.energies();
  out.curve_binding = curve.bindings();
  return out;
}

}  // namespace nacre::confinement
