#include "models/confinement/photophysics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "engine/math/roots.hpp"
#include "models/confinement/cascade.hpp"
#include "models/confinement/disorder.hpp"
#include "models/confinement/rate_spectrum.hpp"
#include "models/confinement/trap_statistics.hpp"

namespace nacre::confinement {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t classes_when_weak = 24, classes_when_strong = 4;
constexpr double most_traps = 1e20;  // per square metre
constexpr double left_out = 1e-5;    // of the pulses, with more excitons than are followed
constexpr double negligible = 1e-9;  // visits of a state, mean over the ensemble and over its excitons where they are
                                     // few, that are not followed

bool positive(double x) {
  return x > 0 && std::isfinite(x);
}
bool not_negative(double x) {
  return x >= 0 && std::isfinite(x);
}

std::string objection(const PhotophysicsInput& in, std::span<const double> edges, std::span<const double> weights) {
  if (edges.empty() || edges.size() != weights.size()) return "there are no sizes, or not one weight a size";
  if (!std::all_of(edges.begin(), edges.end(), positive)) return "an edge is not a positive number";
  if (!std::all_of(weights.begin(), weights.end(), not_negative) ||
      !(*std::max_element(weights.begin(), weights.end()) > 0))
    return "the weights of the sizes must be numbers, none negative and one positive";
  if (!positive(in.emitter.radiative_rate)) return "the radiative rate must be positive";
  if (!not_negative(in.emitter.capture_coefficient)) return "the capture coefficient must not be negative";
  if (!not_negative(in.emitter.trap_release_rate)) return "the release rate of traps must not be negative";
  if (!positive(in.emitter.biexciton_lifetime) || !positive(in.emitter.biexciton_edge) ||
      !std::isfinite(in.emitter.biexciton_exponent) || !positive(in.emitter.trion_ratio))
    return "the biexciton needs a positive lifetime and edge, and a positive ratio of the trion's lifetime";
  if (!(in.emitter.smallest_edge >= 0 && in.emitter.largest_edge > in.emitter.smallest_edge))
    return "the range of edges with known Auger lifetimes must ascend";
  if (!not_negative(in.trap_density)) return "the trap density must not be negative";
  if (in.trap_density > most_traps) return "the trap density is above 100 per square nanometre: more traps than atoms";
  if (!not_negative(in.defect_density)) return "the defect density must not be negative";
  if (!not_negative(in.other_loss_rate)) return "the other loss rate must not be negative";
  if (!not_negative(in.quenching_energy)) return "the quenching energy must not be negative";
  if (!positive(in.temperature)) return "the temperature must be positive";
  if (!(in.excitons >= 0 && in.excitons <= most_excitons)) return "the mean number of excitons must lie from 0 to 5";
  if (!(in.charged_share >= 0 && in.charged_share <= 1)) return "the share of charged crystals must lie from 0 to 1";
  if (!positive(in.first_time) || !positive(in.decades) || in.times_per_decade < 1)
    return "the decay curve needs a positive first time and at least one point a decade";
  return "";
}

/// Crystals of one size.
struct SizeClass {
  double share = 0;              ///< of the crystals
  double volume = 0;             ///< [m3]
  std::vector<TrapClass> traps;  ///< how many have how many
  double capture = 0;            ///< rate of one trap [1/s]
  double excitons = 0;           ///< mean number a pulse, or share of the excitations when weak
};

/// Edges with shares, neighbours gathered into at most `most` classes of about equal share.
std::vector<std::pair<double, double>> gathered(std::span<const double> edges, std::span<const double> weights,
                                                std::size_t most) {
  std::vector<std::pair<double, double>> all;
  for (std::size_t i = 0; i < edges.size(); ++i)
    if (weights[i] > 0) all.emplace_back(edges[i], weights[i]);
  std::sort(all.begin(), all.end());
  double total = 0;
  for (const auto& [edge, weight] : all) total += weight;
  std::vector<std::pair<double, double>> classes;
  double sum = 0, moment = 0, done = 0;
  for (const auto& [edge, weight] : all) {
    sum += weight;
    moment += weight * edge;
    const double due = static_cast<double>(classes.size() + 1) / static_cast<double>(most) * total;
    if (all.size() > most && done + sum < due * (1 - 1e-12)) continue;
    classes.emplace_back(moment / sum, sum / total);
    done += sum;
    sum = moment = 0;
  }
  if (sum > 1e-12 * total) classes.emplace_back(moment / sum, sum / total);
  return classes;
}

std::vector<SizeClass> size_classes(const PhotophysicsInput& in, std::span<const double> edges,
                                    std::span<const double> weights) {
  const bool strong = in.excitons > 0;
  std::vector<SizeClass> classes;
  double mean_volume = 0;
  for (const auto& [edge, share] : gathered(edges, weights, strong ? classes_when_strong : classes_when_weak)) {
    const double volume = volume_of(in.form, edge), traps = in.trap_density * surface_of(in.form, edge);
    classes.push_back({share, volume, poisson_classes(traps, strong ? 1e-6 : 1e-9, strong ? 32 : 48),
                       capture_rate(in.emitter, volume, in.temperature, in.quenching_energy), 0});
    mean_volume += share * volume;
  }
  const double excitons = in.excitons > 0 ? in.excitons : 1;
  for (SizeClass& c : classes) c.excitons = excitons * (in.by_volume ? c.volume / mean_volume : 1);
  return classes;
}

/// Shares of pulses with 0, 1, 2, ... excitons; in the limit of weak excitation one exciton, as often as there is one.
std::vector<double> pulses(const PhotophysicsInput& in, const SizeClass& c) {
  if (in.excitons == 0) return {0, c.excitons};
  const double none = std::exp(-c.excitons);
  std::vector<double> start{none, none * c.excitons};  // of those that are hit, all but few: also of the weakest pulses
  double left = -std::expm1(-c.excitons) - start[1];
  while (left > left_out && start.size() < 40) {
    start.push_back(start.back() * c.excitons / static_cast<double>(start.size()));
    left -= start.back();
  }
  return start;
}

CascadeRates rates_of(const PhotophysicsInput& in, const SizeClass& c, double traps, bool charged) {
  const double biexciton = biexciton_lifetime(in.emitter, c.volume);
  return {in.emitter.radiative_rate,
          in.other_loss_rate,
          c.capture,
          in.emitter.trap_release_rate,
          biexciton,
          in.emitter.trion_ratio * biexciton,
          traps,
          charged};
}

/// Calls use(weight, rates, start) for every kind of crystal of the ensemble.
template <class Use>
void for_each_kind(const PhotophysicsInput& in, const std::vector<SizeClass>& classes, Use&& use) {
  for (const SizeClass& c : classes) {
    const std::vector<double> start = pulses(in, c);
    for (const TrapClass& t : c.traps) {
      const double weight = c.share * t.share;
      if (in.charged_share < 1) use(weight * (1 - in.charged_share), rates_of(in, c, t.traps, false), start);
      if (in.charged_share > 0) use(weight * in.charged_share, rates_of(in, c, t.traps, true), start);
    }
  }
}

enum class Signal { photons, bleach };

std::vector<double> signal_of(Signal kind, const CascadeRates& rates, std::size_t count) {
  std::vector<double> signal(count, 0.0);
  for (std::size_t n = 1; n < count; ++n)
    signal[n] = kind == Signal::photons ? photon_rate(rates, static_cast<int>(n)) : n == 1 ? 0.5 : 1.0;
  return signal;
}

/// All exponentials of a signal of the ensemble, with the mean number of excitations that they belong to.
struct Sum {
  std::vector<Component> components;
  double excitons = 0;
};

/// One exciton in one kind of crystal, the limit of weak excitation.
Component lone_exciton(const CascadeRates& rates, Signal kind, double weight) {
  const double photons = photon_rate(rates, 1);
  const double auger = rates.charged ? charged_auger_rate(rates.trion_lifetime, 1) : 0;
  return {photons + rates.other + rates.traps * rates.capture + auger,
          weight * (kind == Signal::photons ? photons : 0.5)};
}

double excitons_of(const std::vector<SizeClass>& classes) {
  double excitons = 0;
  for (const SizeClass& c : classes) excitons += c.share * c.excitons;
  return excitons;
}

Sum sum_of(const PhotophysicsInput& in, std::span<const double> edges, std::span<const double> weights, Signal kind) {
  const std::vector<SizeClass> classes = size_classes(in, edges, weights);
  Sum sum{{}, excitons_of(classes)};
  const double left_aside = negligible * std::min(1.0, sum.excitons);
  for_each_kind(in, classes, [&](double weight, const CascadeRates& rates, const std::vector<double>& start) {
    if (start.size() == 2) return sum.components.push_back(lone_exciton(rates, kind, weight * start[1]));
    const std::vector<double> signal = signal_of(kind, rates, start.size());
    for (const Component& part : cascade(rates, start, signal, left_aside / weight))
      if (part.amplitude != 0) sum.components.push_back({part.rate, weight * part.amplitude});
  });
  return sum;
}

/// No more photons than excitons: rounding gives up to a few units of the last place above one.
double without_rounding(double yield) {
  return yield > 1 && yield < 1 + 1e-12 ? 1 : yield;
}

/// Photons an exciton: counted by states, for no time is asked.
double yield_of(const PhotophysicsInput& in, const std::vector<SizeClass>& classes) {
  const double excitons = excitons_of(classes), left_aside = negligible * std::min(1.0, excitons);
  double photons = 0;
  for_each_kind(in, classes, [&](double weight, const CascadeRates& rates, const std::vector<double>& start) {
    if (start.size() == 2) {
      const Component lone = lone_exciton(rates, Signal::photons, weight * start[1]);
      photons += lone.amplitude / lone.rate;
    } else {
      photons += weight * photons_per_pulse(rates, start, left_aside / weight);
    }
  });
  return without_rounding(photons / excitons);
}

double yield_of(const PhotophysicsInput& in, std::span<const double> edges, std::span<const double> weights) {
  return objection(in, edges, weights).empty() ? yield_of(in, size_classes(in, edges, weights)) : nan;
}

RateSpectrum spectrum_of(const Sum& sum, double time_step = 0) {
  const auto [slowest, fastest] = std::minmax_element(sum.components.begin(), sum.components.end(),
                                                      [](const auto& a, const auto& b) { return a.rate < b.rate; });
  RateSpectrum spectrum(slowest->rate, fastest->rate, time_step);
  for (const Component& part : sum.components) spectrum.add(part.rate, part.amplitude);
  return spectrum;
}

double slowest_rate(const Sum& sum) {
  double rate = std::numeric_limits<double>::infinity();
  for (const Component& part : sum.components) rate = std::min(rate, part.rate);
  return rate;
}

/// Time at which a falling sum reaches 1/e of its start.
double time_to_1e(const RateSpectrum& spectrum, double slowest) {
  const double level = spectrum.start() / std::numbers::e;
  const auto above = [&](double t) { return std::pair{spectrum.at(t) - level, -spectrum.fall(t)}; };
  const double mean = spectrum.integral() / spectrum.start();
  const math::Root root = math::newton_root(above, 0.0, 1.1 / slowest, std::min(mean, 1 / slowest));
  return root.status == math::Root::Status::converged ? root.x : nan;
}

/// 0, then logarithmic; intensities over that at 0.
void fill_decay(Photophysics& out, const PhotophysicsInput& in, const RateSpectrum& spectrum) {
  const auto count = static_cast<std::size_t>(std::lround(in.decades * in.times_per_decade)) + 1;
  out.time.assign(1, 0.0);
  for (std::size_t i = 0; i < count; ++i)
    out.time.push_back(in.first_time * std::pow(10.0, static_cast<double>(i) / in.times_per_decade));
  out.decay.assign(1, 1.0);
  for (const double value : spectrum.at_even(in.first_time, count))
    out.decay.push_back(std::max(value / spectrum.start(), 0.0));
}

void fill_rates(Photophysics& out, const PhotophysicsInput& in, std::span<const double> edges,
                std::span<const double> weights) {
  double total = 0, volume = 0, captured = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const double v = volume_of(in.form, edges[i]), traps = in.trap_density * surface_of(in.form, edges[i]);
    total += weights[i];
    volume += weights[i] * v;
    out.traps_per_crystal += weights[i] * traps;
    captured += weights[i] * traps * capture_rate(in.emitter, v, in.temperature, in.quenching_energy);
  }
  volume /= total;
  out.traps_per_crystal /= total;
  out.trap_density = in.trap_density;
  out.radiative_rate = in.emitter.radiative_rate;
  out.nonradiative_rate = captured / total + in.other_loss_rate;
  out.capture_rate = capture_rate(in.emitter, volume, in.temperature, in.quenching_energy);
  out.biexciton_lifetime = biexciton_lifetime(in.emitter, volume);
  out.trion_lifetime = in.emitter.trion_ratio * out.biexciton_lifetime;
}

void fill_disorder(Photophysics& out, const PhotophysicsInput& in) {
  const Urbach urbach =
      urbach_energy(in.emitter, in.defect_density > 0 ? in.defect_density : in.trap_density, in.temperature);
  out.urbach_thermal = urbach.thermal;
  out.urbach_static = urbach.of_structure + urbach.of_traps;
  out.urbach_energy = urbach.total();
  out.stokes_defect = in.emitter.stokes_per_urbach * urbach.of_traps;
}

}  // namespace

double surface_of(const Form& form, double edge) {
  if (form.shape == Shape::sphere) return std::numbers::pi * edge * edge;
  const double height = form.shape == Shape::platelet ? form.thickness : form.aspect * edge;
  return 2 * edge * edge + 4 * edge * height;
}

double volume_of(const Form& form, double edge) {
  if (form.shape == Shape::sphere) return std::numbers::pi / 6 * edge * edge * edge;
  return edge * edge * (form.shape == Shape::platelet ? form.thickness : form.aspect * edge);
}

Photophysics photophysics(const PhotophysicsInput& in, std::span<const double> edges, std::span<const double> weights) {
  Photophysics out;
  out.message = objection(in, edges, weights);
  if (!out.message.empty()) return out;
  fill_rates(out, in, edges, weights);
  fill_disorder(out, in);
  const Sum sum = sum_of(in, edges, weights, Signal::photons);
  const RateSpectrum spectrum = spectrum_of(sum, std::numbers::ln10 / in.times_per_decade);
  out.plqy = without_rounding(spectrum.integral() / sum.excitons);
  out.lifetime_amplitude = spectrum.integral() / spectrum.start();
  out.lifetime_intensity = spectrum.moment() / spectrum.integral();
  out.lifetime_1e = time_to_1e(spectrum, slowest_rate(sum));
  fill_decay(out, in, spectrum);
  out.complete = std::isfinite(out.plqy) && std::isfinite(out.lifetime_1e);
  if (!out.complete) out.message = "the rates have no finite yield or lifetime";
  return out;
}

double trap_density_of_plqy(const PhotophysicsInput& in, std::span<const double> edges, std::span<const double> weights,
                            double plqy) {
  PhotophysicsInput trial = in;
  const auto excess = [&](double density) {
    trial.trap_density = density;
    return yield_of(trial, edges, weights) - plqy;
  };
  const double without = excess(0);
  if (!(plqy > 0) || !(without >= -1e-12) || in.emitter.capture_coefficient == 0) return nan;
  if (without < 1e-12) return 0;
  double most = 1e15;  // a trap per thousand square nanometres
  while (excess(most) > 0 && most < most_traps / 4) most *= 4;
  const math::Root root = math::brent_root(excess, 0.0, most, {.absolute = 1e-6 * most, .relative = 1e-10});
  return root.status == math::Root::Status::converged ? root.x : nan;
}

std::vector<double> yields_at_temperatures(const PhotophysicsInput& in, std::span<const double> edges,
                                           std::span<const double> weights, std::span<const double> temperatures) {
  std::vector<double> yields(temperatures.size(), nan);
  if (!objection(in, edges, weights).empty()) return yields;
  std::vector<SizeClass> classes = size_classes(in, edges, weights);
  PhotophysicsInput at = in;
  for (std::size_t i = 0; i < temperatures.size(); ++i) {
    at.temperature = temperatures[i];
    if (!positive(at.temperature)) continue;
    for (SizeClass& c : classes) c.capture = capture_rate(in.emitter, c.volume, at.temperature, in.quenching_energy);
    yields[i] = yield_of(at, classes);
  }
  return yields;
}

std::vector<double> yields_at_excitons(const PhotophysicsInput& in, std::span<const double> edges,
                                       std::span<const double> weights, std::span<const double> excitons) {
  std::vector<double> yields;
  PhotophysicsInput at = in;
  for (const double n : excitons) {
    at.excitons = n;
    yields.push_back(yield_of(at, edges, weights));
  }
  return yields;
}

std::vector<double> bleach(const PhotophysicsInput& in, std::span<const double> edges, std::span<const double> weights,
                           double excitons, std::span<const double> delays) {
  PhotophysicsInput pumped = in;
  pumped.excitons = excitons;
  if (!objection(pumped, edges, weights).empty()) return std::vector<double>(delays.size(), nan);
  return spectrum_of(sum_of(pumped, edges, weights, Signal::bleach)).at(delays);
}

}  // namespace nacre::confinement
