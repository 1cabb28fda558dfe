#include "scenarios/device_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <span>

#include "engine/units/constants.hpp"
#include "models/confinement/spectrum.hpp"
#include "models/device/reabsorption.hpp"
#include "scenarios/circuit_reading.hpp"
#include "scenarios/heating.hpp"
#include "scenarios/outcoupling.hpp"

namespace nacre::scenarios {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
// Wide enough for every lead halide and the organic layers beside them.
constexpr double first_wavelength = 300e-9, wavelength_step = 0.5e-9;
constexpr std::size_t wavelengths = 1401;

std::vector<double> wavelength_grid() {
  std::vector<double> grid(wavelengths);
  for (std::size_t i = 0; i < wavelengths; ++i) grid[i] = first_wavelength + wavelength_step * static_cast<double>(i);
  return grid;
}

/// A sampled curve on other points, linear between its own (descending) ones and zero beyond them.
std::vector<double> resampled(const std::vector<double>& x, const std::vector<double>& y,
                              const std::vector<double>& grid) {
  std::vector<double> values(grid.size(), 0);
  for (std::size_t g = 0, i = x.size() - 1; g < grid.size(); ++g) {
    if (grid[g] < x.back() || grid[g] > x.front()) continue;
    while (i > 1 && x[i - 1] < grid[g]) --i;
    values[g] = y[i] + (y[i - 1] - y[i]) * (grid[g] - x[i]) / (x[i - 1] - x[i]);
  }
  return values;
}

std::vector<double> gaussian(double peak, double width, const std::vector<double>& grid) {
  const double sd = width / (2 * std::sqrt(2 * std::numbers::ln2));
  std::vector<double> values;
  for (const double x : grid)
    values.push_back(std::exp(-(x - peak) * (x - peak) / (2 * sd * sd)) / (sd * std::sqrt(2 * std::numbers::pi)));
  return values;
}

double photon_energy(double wavelength) {
  return units::constants::planck * units::constants::speed_of_light / wavelength;
}

std::vector<double> power_of(const std::vector<double>& grid, std::vector<double> photons) {
  for (std::size_t i = 0; i < grid.size(); ++i) photons[i] *= photon_energy(grid[i]);
  return photons;
}

/// The emitters of a device on one grid of wavelengths, and what becomes of their light.
class Lamps {
 public:
  Lamps(const DevicePlan& plan, const Crystals& crystals, const confinement::ColourTable& table)
      : eye_(table), grid_(wavelength_grid()) {
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
      const LayerPlan& layer = plan.layers[i];
      emitters_.emplace_back();
      if (layer.emission == Emission::none) continue;
      spectra_.push_back(
          layer.emission == Emission::line
              ? gaussian(layer.wavelength, layer.width, grid_)
              : resampled(crystals.optics->wavelength, crystals.optics->photoluminescence_wavelength, grid_));
      layers_.push_back(i);
      const double yield = layer.yield_of_film ? crystals.yield : layer.yield;
      const double share =
          plan.optics ? outcoupling_of(*plan.optics, i, grid_, spectra_.back(), yield) : plan.outcoupling;
      const double absorbed = reabsorbed(layer, plan.stack.layers[i].thickness, crystals);
      // What becomes of excitons on charged crystals the device itself computes.
      const bool on_the_way = layer.edge_absorption > 0;  // of light that would leave, too
      emitters_.back() =
          emitter(layer.charging ? 1 : yield, on_the_way ? share * (1 - absorbed) : share, plan.stack.layers[i].name);
      emitters_.back()->reabsorbed = absorbed;
      require_photons(*emitters_.back(), plan.stack.layers[i].name);
      reabsorbed_ = std::max(reabsorbed_, absorbed);
    }
  }

  /// Largest share of a layer's photons that it absorbs again.
  double reabsorbed() const { return reabsorbed_; }
  const std::string& problem() const { return problem_; }
  const std::vector<double>& grid() const { return grid_; }
  const std::vector<std::optional<device::Emitter>>& emitters() const { return emitters_; }

  const std::vector<std::vector<double>>& spectra() const { return spectra_; }

  /// Photons that leave at a point, of every emitting layer [1/(m2 s)].
  std::vector<double> photons(const device::OperatingPoint& point) const {
    std::vector<double> photons;
    for (const std::size_t layer : layers_)
      photons.push_back(device::photons_of(point.emitting[layer], *emitters_[layer], point.yield[layer]));
    return photons;
  }

  /// What light of so many photons looks like.
  Seen seen(const std::vector<double>& photons) const {
    if (layers_.empty()) return {nan, nan, nan, nan};
    const std::vector<double> spectrum = device::mixed_spectrum(photons, spectra_);
    if (!(*std::max_element(spectrum.begin(), spectrum.end()) > 0)) return {nan, nan, nan, nan};
    const confinement::Colour colour = eye_.of(grid_, power_of(grid_, spectrum));
    return {confinement::highest_peak(grid_, spectrum).position, confinement::full_width_half_maximum(grid_, spectrum),
            colour.complete ? colour.x : nan, colour.complete ? colour.y : nan};
  }

 private:
  double reabsorbed(const LayerPlan& layer, double thickness, const Crystals& crystals) const {
    if (!(layer.edge_absorption > 0)) return layer.reabsorbed;
    const confinement::Optics& optics = *crystals.optics;
    std::vector<double> absorption = resampled(optics.wavelength, optics.absorption, grid_);
    const double edge = resampled(optics.wavelength, optics.absorption, {optics.abs_peak}).front();
    for (double& value : absorption) value *= layer.edge_absorption / edge;
    return device::reabsorbed_share(grid_, spectra_.back(), absorption, thickness);
  }

  device::Emitter emitter(double yield, double outcoupling, const std::string& name) {
    const std::vector<double>& spectrum = spectra_.back();
    const std::vector<double> power = power_of(grid_, spectrum);
    const double photons = confinement::trapezoid(grid_, spectrum);
    if (!(photons > 0.99)) {
      problem_ =
          fmt::format("layer '{}' emits outside {:.0f} to {:.0f} nm", name, grid_.front() * 1e9, grid_.back() * 1e9);
    }
    const confinement::Colour colour = eye_.of(grid_, power);
    return {yield, outcoupling, confinement::trapezoid(grid_, power) / photons, colour.luminous_efficacy};
  }

  /// A photon cannot both leave and be absorbed. Where the outcoupling is a number the case is refused as it is read.
  void require_photons(const device::Emitter& emitter, const std::string& name) {
    if (!problem_.empty() || emitter.outcoupling + emitter.reabsorbed <= 1) return;
    problem_ = fmt::format(
        "layer '{}' absorbs {:.4g} of its photons again, and {:.4g} of them leave as its layers have it: more photons "
        "than there are; reabsorbed may be {:.4g} at most",
        name, emitter.reabsorbed, emitter.outcoupling, 1 - emitter.outcoupling);
  }

  confinement::ColourMatching eye_;
  std::vector<double> grid_;
  std::vector<std::optional<device::Emitter>> emitters_;
  std::vector<std::size_t> layers_;  // of the spectra
  std::vector<std::vector<double>> spectra_;
  std::string problem_;
  double reabsorbed_ = 0;
};

void open_gap(device::Layer& layer, double gap) {
  const double middle = (layer.conduction_band + layer.valence_band) / 2;
  layer.conduction_band = middle - gap / 2;
  layer.valence_band = middle + gap / 2;
}

/// Rates of excitons whose yield without charges is given.
device::Excitons excitons_of(const LayerPlan& plan, const Crystals& crystals, double states) {
  device::Excitons x;
  const double yield = std::max(plan.yield_of_film ? crystals.yield : plan.yield, 1e-6);
  x.crystals = states / plan.states_per_crystal;
  x.radiative = plan.radiative_rate > 0 ? plan.radiative_rate : crystals.radiative_rate;
  x.nonradiative = x.radiative * (1 / yield - 1);
  const bool given = plan.biexciton_lifetime > 0;
  x.biexciton = 1 / (given ? plan.biexciton_lifetime : crystals.biexciton_lifetime);
  x.trion = given ? x.biexciton / 4 : 1 / crystals.trion_lifetime;
  return x;
}

}  // namespace

device::Stack with_crystals(const DevicePlan& plan, const Crystals& crystals) {
  device::Stack stack = plan.stack;
  for (std::size_t i = 0; i < stack.layers.size(); ++i) {
    device::Layer& layer = stack.layers[i];
    if (plan.layers[i].gap_of_crystals) {
      open_gap(layer, crystals.optics->abs_peak_energy + crystals.optics->exciton_binding);
    }
    if (plan.layers[i].states_of_crystals) {
      const double pitch = crystals.mean_edge + plan.layers[i].crystal_spacing;
      layer.conduction_states = layer.valence_states = plan.layers[i].states_per_crystal / (pitch * pitch * pitch);
      if (plan.layers[i].pitch_of_crystals) layer.pitch = pitch;
    }
    if (plan.layers[i].charging) layer.excitons = excitons_of(plan.layers[i], crystals, layer.conduction_states);
    if (plan.layers[i].vacancies_of_film) {
      layer.fixed_charge -= layer.vacancies.charge * (crystals.vacancies - layer.vacancies.density);
      layer.vacancies.density = crystals.vacancies;
    }
    if ((layer.traps.density > 0 || layer.traps.per_vacancy > 0) && layer.traps.level == 0)
      layer.traps.level = (layer.conduction_band + layer.valence_band) / 2;
  }
  for (std::size_t i = 0; i < plan.loss_of_film.size(); ++i)
    if (plan.loss_of_film[i]) stack.interfaces[i].cross_recombination *= 1 / std::max(crystals.yield, 1e-6) - 1;
  return stack;
}

namespace {

template <class T>
void reverse(std::vector<T>& values) {
  std::reverse(values.begin(), values.end());
}

/// A profile as seen from the other end.
void turn(device::Profile& profile, std::size_t layers) {
  const double length = profile.x.empty() ? 0 : profile.x.back();
  for (double& x : profile.x) x = length - x;
  for (std::size_t& layer : profile.layer) layer = layers - 1 - layer;
  for (double& field : profile.field) field = -field;
  reverse(profile.x), reverse(profile.layer);
  for (auto* values : {&profile.potential, &profile.electron_level, &profile.hole_level, &profile.electrons,
                       &profile.holes, &profile.vacancies, &profile.cation_vacancies, &profile.field,
                       &profile.radiative, &profile.traps, &profile.trapped_charge})
    reverse(*values);
}

/// A voltage that has two steady states, or none near the last one: what follows belongs to the branch that was found.
void warn_of_jumps(const std::vector<double>& jumps, DeviceResult& result) {
  for (const double bias : jumps)
    result.warnings.push_back(
        {"device: a branch of steady states ends, and the device settles on another one",
         fmt::format("device: at {:.6g} V a branch of steady states ends, and the device settles on another one: the "
                     "sweep down may take another way",
                     bias)});
}

void warn_of_open_budget(DeviceResult& result) {
  constexpr double worth_a_word = 1e-7;
  const double open = unclosed(result);
  if (open < worth_a_word) return;
  const std::string about = "device: the budget of the current is open";
  result.warnings.push_back(
      {about,
       fmt::format("{} by {:.2g} of it: see /device/current_lowest and current_highest for the biases that are not "
                   "to be trusted. A finer or coarser mesh (nodes) or smaller steps (bias_step) may close it",
                   about, open)});
}

void follow(const DevicePlan& plan, DeviceResult& result) {
  std::vector<double> biases = plan.way;
  biases.insert(biases.end(), plan.biases.begin(), plan.biases.end());
  std::vector<std::size_t> profiles = plan.profiles;
  for (std::size_t& point : profiles) point += plan.way.size();
  device::CurrentVoltage curve = device::current_voltage(result.stack, biases, plan.mesh, profiles);
  result.complete = curve.complete;
  result.message = curve.message;
  result.iterations = curve.iterations;
  result.halvings = curve.halvings;
  warn_of_jumps(curve.jumps, result);
  const std::size_t skipped = std::min(plan.way.size(), curve.points.size());
  result.points.assign(curve.points.begin() + static_cast<std::ptrdiff_t>(skipped), curve.points.end());
  for (const device::OperatingPoint& point : result.points) result.biases.push_back(point.applied);
  warn_of_open_budget(result);
  result.profiles = std::move(curve.profiles);
  for (std::size_t i = 0; i < result.profiles.size(); ++i) {
    result.profile_biases.push_back(plan.biases[plan.profiles[i]]);
    if (plan.anode_first) turn(result.profiles[i], result.stack.layers.size());
  }
}

/// The light of a point more.
void add_light(const Lamps& lamps, const device::OperatingPoint& point, std::vector<Seen>& seen, Spectra& spectra) {
  const std::vector<double> photons = lamps.photons(point);
  seen.push_back(lamps.seen(photons));
  spectra.photons.insert(spectra.photons.end(), photons.begin(), photons.end());
}

void shine(const Lamps& lamps, DeviceResult& result) {
  result.wavelength = lamps.grid();
  result.reabsorbed = lamps.reabsorbed();
  result.spectra.shapes = lamps.spectra();
  for (const std::optional<device::Emitter>& emitter : lamps.emitters())
    if (emitter && std::isnan(result.outcoupling)) result.outcoupling = emitter->outcoupling;
  for (const device::OperatingPoint& point : result.points) {
    result.lights.push_back(
        device::light(point.emitting, lamps.emitters(), point.supplied, point.applied, point.yield));
    result.balances.push_back(device::photon_balance(point.radiative, point.emitting, lamps.emitters(), point.yield));
    add_light(lamps, point, result.seen, result.spectra);
  }
}

/// The first reason why something is not complete is kept.
void take_over(bool complete, const std::string& message, DeviceResult& result) {
  if (complete || !result.complete) return;
  result.complete = false;
  result.message = message;
}

void drive(const DevicePlan& plan, const Lamps& lamps, DeviceResult& result) {
  if (plan.currents.empty()) return;
  const device::CurrentVoltage found = device::at_currents(result.stack, plan.currents, plan.mesh);
  result.driven = found.points;
  for (const device::OperatingPoint& point : found.points) {
    result.lights_driven.push_back(
        device::light(point.emitting, lamps.emitters(), point.supplied, point.applied, point.yield));
    result.seen_driven.push_back(lamps.seen(lamps.photons(point)));
  }
  take_over(found.complete, found.message, result);
}

/// Of a circuit that is not that of the impedance which it was fitted to.
void warn_of_misfit(double bias, DeviceResult& result) {
  constexpr double far = 0.1;
  const double misfit = result.circuits.back().misfit;
  if (misfit <= far) return;
  const std::string about = "device: the equivalent circuit does not follow the impedance, and its numbers say nothing";
  result.warnings.push_back({about, fmt::format("{}: {:.0f} % off at {:g} V", about, 100 * misfit, bias)});
}

/// Of arcs whose time is a matter of carriers and ions alike.
void warn_of_mixture(double bias, DeviceResult& result) {
  constexpr double much = 0.2;
  const double ions = read_circuit(result, result.circuits.size() - 1).ions_in_recombination;
  if (!(std::abs(ions) > much)) return;
  const std::string about = "device: carriers and ions share arcs of the impedance, and the recombination resistance";
  result.warnings.push_back({about, fmt::format("{}: fit_recombination_ions is {:.2f} at {:g} V", about, ions, bias)});
}

/// Equivalent circuits of the spectra that are complete and long enough.
void fit_circuits(const DevicePlan& plan, DeviceResult& result) {
  const std::size_t count = plan.frequencies.size();
  for (std::size_t first = 0; count >= 4 && first + count <= result.impedance.admittance.size(); first += count) {
    std::vector<std::complex<double>> impedance;
    for (std::size_t i = first; i < first + count; ++i) impedance.push_back(1. / result.impedance.admittance[i]);
    result.circuits.push_back(device::fit_circuit(plan.frequencies, impedance));
    if (const auto& by_ions = result.impedance.impedance_by_ions; !by_ions.empty())
      device::tell_ions(plan.frequencies, impedance, std::span(by_ions).subspan(first, count), result.circuits.back());
    warn_of_misfit(plan.impedance_biases[result.circuits.size() - 1], result);
    warn_of_mixture(plan.impedance_biases[result.circuits.size() - 1], result);
  }
}

void oscillate(const DevicePlan& plan, DeviceResult& result) {
  if (!plan.impedance_biases.empty()) {
    result.frequencies = plan.frequencies;
    result.impedance = device::small_signal(result.stack, plan.impedance_biases, plan.frequencies, plan.mesh,
                                            device::Besides::part_of_ions);
    fit_circuits(plan, result);
    take_over(result.impedance.complete, "impedance: " + result.impedance.message, result);
  }
  if (!(plan.capacitance_at > 0)) return;
  result.capacitance_at = plan.capacitance_at;
  result.capacitance = device::small_signal(result.stack, result.biases, std::vector{plan.capacitance_at}, plan.mesh);
  take_over(result.capacitance.complete, "capacitance: " + result.capacitance.message, result);
}

void run_programme(const DevicePlan& plan, const Lamps& lamps, DeviceResult& result) {
  result.in_time = plan.from ? device::follow(result.stack, *plan.from, plan.programme, plan.in_time)
                             : device::follow(result.stack, plan.rest, plan.programme, plan.in_time);
  result.spectra_in_time.shapes = lamps.spectra();
  for (device::Profile& profile : result.in_time.profiles)
    if (plan.anode_first) turn(profile, result.stack.layers.size());
  for (std::size_t i = 0; i < result.in_time.points.size(); ++i) {
    const device::OperatingPoint& point = result.in_time.points[i];
    result.lights_in_time.push_back(device::light(point.emitting, lamps.emitters(), result.in_time.currents[i],
                                                  result.in_time.applied[i], point.yield));
    add_light(lamps, point, result.seen_in_time, result.spectra_in_time);
  }
  take_over(result.in_time.complete, "programme: " + result.in_time.message, result);
}

}  // namespace

std::vector<double> Spectra::at(std::size_t first, std::size_t count, std::size_t wavelengths) const {
  std::vector<double> values(count * wavelengths, 0);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t s = 0; s < shapes.size(); ++s)
      for (std::size_t w = 0; w < wavelengths; ++w)
        values[i * wavelengths + w] += photons[(first + i) * shapes.size() + s] * shapes[s][w];
  return values;
}

double unclosed(const DeviceResult& result) {
  double worst = 0;
  for (const device::OperatingPoint& point : result.points) worst = std::max(worst, device::unclosed(point));
  return worst;
}

DeviceResult run_device(const DevicePlan& plan, const Crystals& crystals, const confinement::ColourTable& eye) {
  DeviceResult result;
  result.anode_first = plan.anode_first;
  result.eqe_luminance = plan.eqe_luminance;
  result.area = plan.area;
  result.stack = with_crystals(plan, crystals);
  result.nodes = device::device_mesh(result.stack, plan.mesh).nodes();
  const Lamps lamps(plan, crystals, eye);
  if (!lamps.problem().empty()) {
    result.complete = false;
    result.message = lamps.problem();
    return result;
  }
  const auto is_over = [&] {
    take_over(!plan.mesh.is_interrupted(), "it was interrupted", result);
    return plan.mesh.is_interrupted();
  };
  follow(plan, result);
  shine(lamps, result);
  if (!is_over()) heat(plan, crystals, eye, result);
  if (!is_over()) drive(plan, lamps, result);
  if (!is_over()) oscillate(plan, result);
  if (!is_over() && !plan.programme.empty()) run_programme(plan, lamps, result);
  return result;
}

std::vector<Warning> dim(const DeviceResult& result) {
  double brightest = 0;
  for (const device::Light& light : result.lights) brightest = std::max(brightest, light.luminance);
  // what does not emit, or is not driven forward, has nothing to reach
  const bool shines = !result.spectra.shapes.empty() && !result.biases.empty() && result.biases.back() > 0;
  if (!result.complete || !shines || brightest >= 1) return {};
  const std::string about = "turn-on: not reached in the sweep of the bias, which ends below 1 cd/m2; it is NaN";
  return {{about, fmt::format("{}: {:.3g} cd/m2 at most, up to {:.6g} V", about, brightest, result.biases.back())}};
}

std::vector<Warning> still_rising(const DeviceResult& result) {
  const std::size_t count = result.lights.size();
  if (!result.complete || count < 2 || !(result.lights.back().luminance >= 1)) return {};
  bool brightest = true, best = true;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    brightest &= result.lights[i].luminance < result.lights.back().luminance;
    if (result.lights[i].luminance >= 1)
      best &= result.lights[i].quantum_efficiency < result.lights.back().quantum_efficiency;
  }
  if (!brightest && !best) return {};
  const std::string what = brightest && best ? "luminance_max and eqe_max are"
                           : brightest       ? "luminance_max is"
                                             : "eqe_max is";
  const std::string about = "device: " + what + " read at the end of the sweep of the bias, no maximum of the device";
  return {{about, fmt::format("{}: beyond {:.6g} V it may go on rising", about, result.biases.back())}};
}

}  // namespace nacre::scenarios
