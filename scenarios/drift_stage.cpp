#include "scenarios/drift_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <span>

#include "engine/units/constants.hpp"
#include "models/confinement/ensemble.hpp"
#include "models/device/exchange/exciton_hops.hpp"
#include "scenarios/drift_layer.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double hc = units::constants::planck * units::constants::speed_of_light;
constexpr double noticed = 0.01 * units::constants::electron_volt;  // change of a gap that acts back on the device
constexpr int most_cells = 100000;                                  // a shuttle has none to resolve
constexpr int slices = 20;  // of a kept interval, in which shuttle and ensemble take turns

/// Linear between points of an ascending curve.
double interpolated(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const auto above = std::find_if(x.begin() + 1, x.end() - 1, [at](double value) { return value >= at; });
  const auto i = static_cast<std::size_t>(above - x.begin());
  return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
}

/// The layer with so many mobile vacancies, neutral as it was made. At rest their mobility is of no matter: a large one
/// where the layer has none.
void hold_vacancies(device::Layer& layer, double density) {
  constexpr double large = 1e-10;  // m2/(V s)
  layer.fixed_charge -= layer.vacancies.charge * (density - layer.vacancies.density);
  layer.vacancies.density = density;
  if (!(layer.vacancies.mobility > 0)) layer.vacancies.mobility = large;
}

/// The layer of crystals whose light is theirs, with the stack as the device stage completed it.
std::optional<CarrierDevice> device_of(const Result& result, double vacancies) {
  if (result.plan.drift->carriers != CarrierSource::device) return std::nullopt;
  const std::vector<LayerPlan>& layers = result.plan.device->layers;
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [](const LayerPlan& layer) { return layer.emission == Emission::confinement; });
  CarrierDevice out{result.device->stack, result.plan.device->mesh, static_cast<std::size_t>(found - layers.begin()),
                    result.plan.drift->driver};
  if (result.plan.drift->ions == LayerIons::of_exchange) hold_vacancies(out.stack.layers[out.layer], vacancies);
  return out;
}

/// One protocol on one layer.
class Course {
 public:
  Course(const Drifting& input, const confinement::ColourTable& eye, const std::function<bool()>& interrupted)
      : in_(input),
        interrupted_(interrupted),
        plan_(input.plan),
        eye_(eye),
        pitch_(input.mean_edge + plan_.spacing),
        layer_(thickness(), pitch_, with_shuttle() ? 0 : plan_.depths) {}

  DriftResult run() {
    if (prepare()) follow();
    return std::move(out_);
  }

 private:
  double thickness() const {
    return in_.device ? in_.device->stack.layers[in_.device->layer].thickness : plan_.thickness;
  }

  bool fail(std::string message) {
    out_.complete = false;
    out_.message = std::move(message);
    return false;
  }

  bool is_interrupted() { return interrupted_ && interrupted_() && !fail_interrupted(); }

  bool fail_interrupted() { return fail(fmt::format("after {:.6g} s it was interrupted", time_)); }

  bool is_mixed() const { return in_.iodide > 0 && in_.iodide < 1; }
  bool with_ensemble() const { return plan_.segregation != Segregation::shuttle; }
  bool with_shuttle() const {
    return plan_.segregation == Segregation::shuttle || plan_.segregation == Segregation::both;
  }

  bool prepare() {
    // The ensemble's carriers see crystals by Boltzmann's factor; of the shuttle's, all of a monolayer emit alike.
    const double thermal = units::constants::boltzmann * plan_.data.law.temperature;
    const int count = plan_.classes > 0 ? plan_.classes : std::max(9, classes_needed());
    classes_ = device::size_classes(in_.energy, in_.share, plan_.times_classes * count,
                                    with_ensemble() ? thermal : std::numeric_limits<double>::infinity());
    const std::string problem =
        device::problem_of(plan_.data.law, classes_, in_.iodide, with_ensemble() ? plan_.cells : most_cells);
    if (!problem.empty()) return fail(problem);
    const double vacancies =
        in_.vacancies * device::activated(plan_.data.activation_energy, plan_.data.law.temperature);
    if (!(std::isfinite(vacancies) && vacancies >= 0))
      return fail("the vacancies that halides move through are not known");
    const bool moves = plan_.segregation != Segregation::off;
    rate_ = moves ? plan_.data.rate_per_vacancy * vacancies : 0;
    between_ = with_shuttle() ? plan_.data.shuttle_rate_per_vacancy * vacancies : rate_;
    out_.exchange_rate = with_ensemble() ? rate_ : between_;
    out_.vacancies = in_.vacancies;
    out_.monolayers = layer_.monolayers();
    out_.depths = layer_.depths();
    plan_.data.shuttle.sites = 3 * std::pow(in_.mean_edge / in_.lattice_constant, 3);
    holds_ = holds_of(plan_.protocol);
    if (!prepare_carriers()) return false;
    warn_of_coarseness();
    ensemble_ = std::make_unique<device::Ensemble>(plan_.data.law, classes_, in_.iodide, plan_.cells, layer_.shares());
    shuttle_ =
        std::make_unique<device::Shuttle>(plan_.data.shuttle, std::vector<double>(layer_.monolayers(), in_.iodide));
    model_ = std::make_unique<device::ShuttleModel>(plan_.data.shuttle, layer_.monolayers());
    drive_.resize(layer_.depths());
    monolayer_drive_.resize(layer_.monolayers());
    sort_domains();
    prepare_light();
    return true;
  }

  int classes_needed() const {
    return device::enough_classes(in_.energy, in_.share, units::constants::boltzmann * plan_.data.law.temperature);
  }

  bool prepare_carriers() {
    double lowest = 0, highest = 0, current = 0;
    for (const ProtocolHold& hold : holds_) {
      lowest = std::min(lowest, hold.voltage), highest = std::max(highest, hold.voltage);
      current = std::max(current, hold.current);
    }
    if (!in_.device) {
      if (current > 0 && !(plan_.by_law.current > 0)) return fail("a current is held, and drift.current is 0");
      carriers_ = std::make_unique<CarrierSourceTable>(plan_.by_law, layer_.monolayers(), pitch_);
      return true;
    }
    carriers_ =
        std::make_unique<CarrierSourceTable>(*in_.device, layer_.monolayers(), pitch_, lowest, highest, current);
    if (!carriers_->problem().empty()) return fail("carriers of the layer: " + carriers_->problem());
    if (out_.warnings.empty()) warn_of_slow_ions();
    return true;
  }

  /// Of what is taken other than it was asked for, or beyond what the model knows.
  void warn_of_coarseness() {
    constexpr double transit = 1e-5;  // s; assumed: 0.1 to 10 us through the layers of such LEDs
    const auto warn = [&](std::string about) { out_.warnings.push_back({about, about}); };
    if (with_ensemble() && !with_shuttle() && plan_.depths > layer_.depths())
      warn(fmt::format("drift: {} depths are asked for of a layer with {} monolayers: {} are used", plan_.depths,
                       layer_.monolayers(), layer_.depths()));
    double shortest = std::numeric_limits<double>::infinity();
    for (const ProtocolHold& hold : holds_) shortest = std::min(shortest, hold.duration);
    if (shortest < transit)
      warn(fmt::format(
          "drift: carriers are taken at rest at every moment, which those of holds as short as {:.3g} s are "
          "not: they take about {:g} s",
          shortest, transit));
    const double here = plan_.data.law.temperature;
    if (in_.device && std::abs(in_.device->stack.temperature - here) > 1)
      warn(fmt::format("drift: halides move at {:g} K (drift.temperature) in a device at {:g} K", here,
                       in_.device->stack.temperature));
    const double coarse = with_ensemble() ? device::coarseness(plan_.data.law, in_.iodide, plan_.cells) : 0;
    const int needed = classes_needed();
    if (with_ensemble() && plan_.classes > 0 && plan_.classes < needed)
      warn(
          fmt::format("drift: {} classes of sizes are few for energies that spread so far; {} keep peaks within 0.5 nm",
                      plan_.classes, needed));
    if (coarse > 1.2)
      warn(fmt::format(
          "drift: on {} cells of composition peaks may be {:.1f} nm off where domains go back: {} are enough",
          plan_.cells, 0.3 * coarse * coarse, device::enough_cells(plan_.data.law, in_.iodide)));
    if (std::abs(plan_.spectra_temperature - here) > 50)
      warn(
          fmt::format("drift: halides move at {:g} K (drift.temperature) in crystals whose gaps are those at {:g} K "
                      "(confinement.temperature)",
                      here, plan_.spectra_temperature));
  }

  /// Carriers and ions are taken at rest at every moment.
  void warn_of_slow_ions() {
    const device::Layer& layer = in_.device->stack.layers[in_.device->layer];
    if (!(layer.vacancies.density > 0 && layer.vacancies.mobility > 0)) return;
    const double thermal =
        units::constants::boltzmann * in_.device->stack.temperature / units::constants::elementary_charge;
    const double debye = std::sqrt(layer.permittivity * units::constants::vacuum_permittivity * thermal /
                                   (units::constants::elementary_charge * layer.vacancies.density));
    const double slow = layer.thickness * debye / (layer.vacancies.mobility * thermal);
    double shortest = std::numeric_limits<double>::infinity();
    for (const ProtocolHold& hold : holds_) shortest = std::min(shortest, hold.duration);
    if (slow < shortest / 3 && slow * rate_ < 0.3) return;
    const std::string about = fmt::format(
        "drift: carriers and ions are taken at rest at every moment, which those of layer '{}' are not", layer.name);
    out_.warnings.push_back(
        {about, fmt::format("{}: its vacancies take about {:.3g} s, with holds of {:.3g} s and an exchange of {:.3g} s",
                            about, slow, shortest, 1 / rate_)});
  }

  /// The grid of the spectra, and the offset of all energies by which the undriven ensemble emits where the crystals
  /// do.
  void prepare_light() {
    const device::MixedGap& gap = plan_.data.law.gap;
    const auto [low, high] = std::minmax_element(
        classes_.begin(), classes_.end(), [](const auto& a, const auto& b) { return a.confinement < b.confinement; });
    const double lowest = (is_mixed() ? std::min(gap.at(1), gap.at(0)) : gap.at(in_.iodide)) + low->confinement;
    const double highest = (is_mixed() ? std::max(gap.at(1), gap.at(0)) : gap.at(in_.iodide)) + high->confinement;
    const double room = 0.1 * units::constants::electron_volt;  // for the offset
    grid_ = std::make_unique<confinement::EmissionGrid>(lowest - room, highest + room, in_.line_width,
                                                        in_.lorentz_share, eye_);
    LayerCarriers none = carriers_->at_voltage(0);
    offset_ = 0;
    for (int i = 0; i < 4; ++i) offset_ += hc / in_.start_peak - hc / grid_->seen(spectrum(none)).peak;
    out_.wavelength = grid_->wavelength();
    for (std::size_t i = 0; i < ensemble_->cells(); ++i) {
      out_.composition.push_back(ensemble_->composition(i));
      out_.composition_width.push_back(ensemble_->width(i));
    }
  }

  /// Emission with the light's shares among the depths.
  std::vector<double> spectrum(const LayerCarriers& now) {
    energies_.clear(), weights_.clear();
    if (with_ensemble())
      emit_from_domains(now);
    else
      emit_from_monolayers(now);
    for (double& energy : energies_) energy += offset_;
    return grid_->spectrum(energies_, weights_);
  }

  /// Excitons form where carriers are and hop among the crystals of their depth.
  void emit_from_domains(const LayerCarriers& now) {
    for (std::size_t d = 0; d < layer_.depths(); ++d) {
      const std::size_t begin = weights_.size();
      double all = 0;
      shares_.clear();
      for (std::size_t i = 0; i < ensemble_->cells(); ++i)
        for (std::size_t s = 0; s < classes_.size(); ++s) {
          energies_.push_back(ensemble_->gap(s, i));
          shares_.push_back(ensemble_->share(d, s, i));
          weights_.push_back(shares_.back() * ensemble_->carriers(d, s, i));
          all += weights_.back();
        }
      const std::span<double> light = std::span(weights_).subspan(begin);
      for (double& one : light) one *= layer_.sum_at(d, now.emission) / all;
      device::hop_downhill(light, shares_, by_gap_, plan_.data.exciton_hops);
    }
  }

  /// The domains of a depth from the smallest gap to the largest.
  void sort_domains() {
    std::vector<double> gaps;
    for (std::size_t i = 0; i < ensemble_->cells(); ++i)
      for (std::size_t s = 0; s < classes_.size(); ++s) gaps.push_back(ensemble_->gap(s, i));
    by_gap_.resize(gaps.size());
    std::iota(by_gap_.begin(), by_gap_.end(), std::size_t{0});
    std::sort(by_gap_.begin(), by_gap_.end(), [&](std::size_t a, std::size_t b) { return gaps[a] < gaps[b]; });
  }

  void emit_from_monolayers(const LayerCarriers& now) {
    std::vector<double> gaps;
    for (const double x : shuttle_->iodide()) gaps.push_back(plan_.data.law.gap.at(x));
    const std::vector<double> light =
        device::after_hops(now.emission, gaps, static_cast<int>(std::lround(plan_.data.exciton_hops)));
    for (std::size_t k = 0; k < layer_.monolayers(); ++k)
      for (const device::SizeClass& one : classes_) {
        energies_.push_back(gaps[k] + one.confinement);
        weights_.push_back(light[k] * one.weight);
      }
  }

  LayerCarriers carriers_of(const ProtocolHold& hold) const {
    LayerCarriers now = hold.current > 0 ? carriers_->at_current(hold.current) : carriers_->at_voltage(hold.voltage);
    if (hold.light > 0)
      for (double& gathered : now.gathered) gathered += plan_.data.carriers_per_light * hold.light;
    return now;
  }

  bool load(const LayerCarriers& now) {
    for (std::size_t d = 0; d < layer_.depths(); ++d)
      drive_[d] = {occupancy_of(now, d), rate_ * layer_.mean_at(d, now.vacancies), 0};
    transport_ =
        layer_.transport(rate_ * device::interdiffusion(in_.iodide, plan_.data.law.bromide_mobility), now.vacancies);
    for (std::size_t k = 0; k < layer_.monolayers(); ++k) monolayer_drive_[k] = {now.holes[k], now.electrons[k]};
    const double most = plan_.data.law.most_carriers();
    for (const device::Drive& one : drive_) {
      if (one.occupancy < most * (1 - 1e-6)) continue;
      return fail(fmt::format("{:.4g} carriers a domain at {:.4g} V, of which it holds fewer than {:g}", one.occupancy,
                              now.voltage, most));
    }
    if (!with_shuttle()) return true;
    const std::string problem = device::problem_of(plan_.data.shuttle, shuttle_->iodide(), monolayer_drive_);
    return problem.empty() || fail(problem);
  }

  /// Mixed as one, the layer has the carriers of the monolayer where they gather; otherwise each depth has its own.
  double occupancy_of(const LayerCarriers& now, std::size_t depth) const {
    const bool mixed = layer_.depths() == 1;
    return mixed ? *std::max_element(now.gathered.begin(), now.gathered.end()) : layer_.mean_at(depth, now.gathered);
  }

  void follow() {
    if (!start()) return;
    for (const ProtocolHold& hold : holds_) {
      const int parts = std::max(1, hold.points);
      for (int part = 0; part < parts; ++part) {
        if (is_interrupted() || !act_back()) return;
        const LayerCarriers now = carriers_of(hold);
        if (!load(now) || !pass(hold.duration / parts, hold)) return;
        if (hold.points > 0) keep(now);
      }
    }
  }

  /// Mean gap of the domains, or monolayers, that emit [J].
  double emitting_gap(const LayerCarriers& now) {
    spectrum(now);
    double sum = 0, all = 0;
    for (std::size_t i = 0; i < weights_.size(); ++i) sum += weights_[i] * energies_[i], all += weights_[i];
    return sum / all;
  }

  /// Narrows the gap of the device's layer by what the emitting one has narrowed since the start, evenly on both sides.
  bool act_back() {
    if (!plan_.back_action) return true;
    const double change = emitting_gap(carriers_->at_voltage(out_.voltage.back())) - first_gap_;
    if (std::abs(change - acted_) < noticed) return true;
    acted_ = change;
    device::Layer& layer = in_.device->stack.layers[in_.device->layer];
    const device::Layer& made = as_made_->stack.layers[in_.device->layer];
    layer.conduction_band = made.conduction_band - change / 2;
    layer.valence_band = made.valence_band + change / 2;
    return prepare_carriers();
  }

  /// Carriers on the first level, before any time has passed.
  bool start() {
    const LayerCarriers now = carriers_of(holds_.front());
    if (!load(now)) return false;
    ensemble_->occupy(drive_);
    keep(now);
    as_made_ = in_.device;
    first_gap_ = emitting_gap(now);
    return true;
  }

  bool pass(double duration, const ProtocolHold& hold) {
    if (!exchange(duration, hold)) return false;
    time_ += duration;
    return true;
  }

  bool exchange(double duration, const ProtocolHold& hold) {
    const double dose = in_.vacancies * hold.light * duration;
    const double lost = plan_.data.photo.lost(dose_);
    if (!(plan_.data.photo.lost(dose_ + dose) < 1))
      return fail(
          fmt::format("after {:.6g} s of {:g} mW/cm2 light would have taken all iodide, and more (light_loss {:g})",
                      duration, hold.light / 10, plan_.data.photo.most));
    // of what every depth still has; a single halide has no other that could take the place of what is lost
    const double taken = is_mixed() ? (plan_.data.photo.lost(dose_ + dose) - lost) / (1 - lost) : 0;
    dose_ += dose;
    if (!with_ensemble()) return pass_shuttle(duration, taken);
    const int parts = with_shuttle() ? slices : 1;
    device::ExchangeOptions options;
    options.tolerance = plan_.tolerance, options.interrupted = interrupted_;
    std::vector<double> had;
    for (std::size_t d = 0; d < layer_.depths(); ++d) had.push_back(ensemble_->iodide(d));
    for (int part = 0; part < parts; ++part) {
      if (is_interrupted()) return false;
      for (std::size_t d = 0; d < layer_.depths(); ++d) drive_[d].source = -taken * had[d] / duration;
      if (with_shuttle()) add_shuttle();
      const device::Exchanged done = ensemble_->advance(duration / parts, drive_, transport_, options);
      out_.steps += done.steps, out_.rejected += done.rejected;
      out_.euler += done.euler, out_.iterations += done.iterations;
      if (!done.complete) return done.interrupted ? fail_interrupted() : fail(done.message);
    }
    return true;
  }

  /// What the shuttle brings to every monolayer, which are the depths of the ensemble then.
  void add_shuttle() {
    std::vector<double> x;
    for (std::size_t d = 0; d < layer_.depths(); ++d) x.push_back(ensemble_->iodide(d));
    const device::ShuttleRates& rates = model_->at(x, monolayer_drive_, between_, false);
    for (std::size_t d = 0; d < layer_.depths(); ++d) drive_[d].source += rates.iodide[d];
  }

  bool pass_shuttle(double duration, double taken) {
    const device::Shuttled done = shuttle_->advance(duration, monolayer_drive_, between_, 1e-7, interrupted_);
    out_.steps += done.steps, out_.rejected += done.rejected;
    if (!done.complete) return done.interrupted ? fail_interrupted() : fail(done.message);
    if (taken == 0) return true;
    std::vector<double> x = shuttle_->iodide();
    for (double& one : x) one *= 1 - taken;
    shuttle_ = std::make_unique<device::Shuttle>(plan_.data.shuttle, std::move(x));
    return true;
  }

  void keep(const LayerCarriers& now) {
    out_.time.push_back(time_);
    out_.voltage.push_back(now.voltage);
    out_.current.push_back(now.current);
    out_.occupancy.push_back(*std::max_element(now.gathered.begin(), now.gathered.end()));
    const std::vector<double> photons = spectrum(now);
    out_.seen.push_back(grid_->seen(photons));
    out_.spectra.insert(out_.spectra.end(), photons.begin(), photons.end());
    out_.peak_alike.push_back(peak_under_first(now));
    if (with_ensemble())
      keep_domains();
    else
      keep_monolayers();
    for (std::size_t d = 0; d < layer_.depths(); ++d)
      out_.vacancies_at_depth.push_back(in_.vacancies * layer_.mean_at(d, now.vacancies));
  }

  double peak_under_first(const LayerCarriers& now) {
    if (out_.peak_alike.empty()) first_ = now, first_drive_ = drive_;
    ensemble_->occupy(first_drive_);
    const double peak = grid_->seen(spectrum(first_)).peak;
    ensemble_->occupy(drive_);
    return peak;
  }

  void keep_domains() {
    out_.iodide.push_back(ensemble_->iodide());
    out_.rich.push_back(ensemble_->richer_than(plan_.rich));
    out_.free_energy.push_back(ensemble_->free_energy());
    for (std::size_t i = 0; i < ensemble_->cells(); ++i) {
      double share = 0;
      for (std::size_t d = 0; d < layer_.depths(); ++d)
        for (std::size_t s = 0; s < classes_.size(); ++s) share += layer_.shares()[d] * ensemble_->share(d, s, i);
      out_.domains.push_back(share / ensemble_->width(i));
    }
    for (std::size_t d = 0; d < layer_.depths(); ++d) out_.at_depth.push_back(ensemble_->iodide(d));
  }

  /// The shuttle knows one composition a monolayer: the distribution has a cell for each.
  void keep_monolayers() {
    const std::vector<double>& x = shuttle_->iodide();
    double mean = 0, rich = 0;
    for (const double one : x) mean += one, rich += one > plan_.rich ? 1 : 0;
    out_.iodide.push_back(mean / static_cast<double>(x.size()));
    out_.rich.push_back(rich / static_cast<double>(x.size()));
    out_.free_energy.push_back(nan);
    const std::vector<double>& centres = out_.composition;
    const std::size_t first = out_.domains.size();
    out_.domains.resize(first + centres.size(), 0);
    for (const double one : x) {
      const auto above =
          static_cast<std::size_t>(std::lower_bound(centres.begin(), centres.end(), one) - centres.begin());
      const bool lower = above > 0 && (above == centres.size() || one - centres[above - 1] < centres[above] - one);
      const std::size_t cell = lower ? above - 1 : above;
      out_.domains[first + cell] += 1 / (ensemble_->width(cell) * static_cast<double>(x.size()));
    }
    out_.at_depth.insert(out_.at_depth.end(), x.begin(), x.end());
  }

  Drifting in_;
  const std::function<bool()>& interrupted_;
  DriftPlan plan_;
  const confinement::ColourTable& eye_;
  double pitch_;  // [m]
  DriftLayer layer_;
  DriftResult out_;
  double rate_ = 0, between_ = 0, offset_ = 0, dose_ = 0, time_ = 0;
  double first_gap_ = 0, acted_ = 0;  // of the light [J]
  std::optional<CarrierDevice> as_made_;
  std::vector<device::SizeClass> classes_;
  std::vector<ProtocolHold> holds_;
  std::vector<double> transport_, energies_, weights_, shares_;
  std::vector<std::size_t> by_gap_;
  std::vector<device::Drive> drive_, first_drive_;
  LayerCarriers first_;
  std::vector<device::Monolayer> monolayer_drive_;
  std::unique_ptr<CarrierSourceTable> carriers_;
  std::unique_ptr<device::Ensemble> ensemble_;
  std::unique_ptr<device::Shuttle> shuttle_;
  std::unique_ptr<device::ShuttleModel> model_;
  std::unique_ptr<confinement::EmissionGrid> grid_;
};

}  // namespace

Drifting drifting_of(const Result& result) {
  const confinement::Optics& optics = *result.optics;
  Drifting in;
  in.plan = *result.plan.drift;
  in.iodide = result.plan.treated.composition.iodide;
  in.lattice_constant = result.plan.treated.bulk.lattice_constant;
  const double bulk = in.plan.data.law.gap.at(in.iodide);
  const synthesis::Sizes& sizes = result.sizes.sizes;
  const std::vector<double> edges =
      confinement::resolved_edges(sizes.edge, sizes.weight, result.plan.optics->unresolved_spread);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!(edges[i] >= optics.curve_size.front() && edges[i] <= optics.curve_size.back())) continue;
    in.energy.push_back(interpolated(optics.curve_size, optics.curve_energy, edges[i]) - bulk);
    in.share.push_back(sizes.weight[i]);
  }
  in.mean_edge = result.sizes.mean;
  in.vacancies = in.plan.vacancies_of_film ? result.film->vacancies : in.plan.vacancies;
  in.line_width = optics.line_width;
  in.lorentz_share = result.plan.optics->line.lorentz_share;
  in.start_peak = optics.pl_peak;
  in.device = device_of(result, in.vacancies);
  return in;
}

DriftResult run_drift(const Drifting& input, const confinement::ColourTable& eye,
                      const std::function<bool()>& interrupted) {
  return Course(input, eye, interrupted).run();
}

}  // namespace nacre::scenarios
