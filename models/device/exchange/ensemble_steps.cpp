// An ensemble in time: steps, their error and their length.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/units/constants.hpp"
#include "models/device/exchange/ensemble.hpp"

namespace nacre::device {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double gamma = 1 - 1 / std::numbers::sqrt2;  // of SDIRK2, L-stable (Alexander, SIAM J. Numer. Anal. 14, 1006)
constexpr double free_energy_round_off = 1e-13;
// Mean energy of the light [J] that a step may have wrong at a tolerance of 1: of carriers that are there, of a weak
// probe after they have left, and of one that were there in their place, for what a drive makes is seen in the dark
// after it, in the few richest domains. Shares that round-off is near to are left out.
constexpr double light_energy = 0.08 * units::constants::electron_volt;
constexpr double probe_energy = 0.025 * units::constants::electron_volt;
constexpr double later_energy = 0.05 * units::constants::electron_volt;
constexpr double hardly_there = 1e-12;
constexpr double shortest_step = 1e-9;  // of the fastest exchange, where potentials must be found
constexpr double reserve = 0.1;         // of a cell, that a depth keeps to the outermost centres

}  // namespace

/// Whether a step has made no share negative and, where it must not, not raised the free energy, which it returns.
bool Ensemble::falls(double before, bool closed, double& now) const {
  if (std::any_of(p_.begin(), p_.end(), [](double share) { return share < 0; })) return false;
  now = free_energy();
  return !closed || now <= before + free_energy_round_off * std::max(1.0, std::abs(before));
}

/// Which depth (or, where depths exchange iodide, layer) has no distribution after a step of this length any more:
/// centres of cells are all that there is, and close to the outermost ones potentials run away. Empty: none.
std::string Ensemble::unconserved(double dt, bool connected) const {
  const double low = x_[0] + reserve * (x_[1] - x_[0]), high = x_[cells_ - 1] - reserve * step_[cells_ - 2];
  const auto beyond = [&](double iodide) { return !(iodide > low && iodide < high); };
  const auto said = [&](double iodide) {
    return fmt::format(
        "an iodide fraction of {:.4g} cannot be conserved on {} cells of composition, which reach from {:.4g} to "
        "{:.4g}: take more cells, or a shorter protocol",
        iodide, cells_, low, high);
  };
  const bool alone = !connected && answer_.empty();  // and nothing stops what its source does
  double layer = 0;
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    const double now = iodide(d), then = now + dt * source_[d];
    layer += depths_[d] * then;
    if (source_[d] != 0 && alone && beyond(then)) return said(then);
    if (!alone && beyond(now)) return said(now);
  }
  return connected && answer_.empty() && beyond(layer) ? said(layer) : "";
}

/// Sources at the iodide of now, and how they answer to it.
void Ensemble::linearise(const Sources& sources) {
  constexpr double little = 1e-4;  // of what a depth can still take or give
  const std::size_t depths = depths_.size();
  for (std::size_t d = 0; d < depths; ++d) had_[d] = iodide(d), source_[d] = drive_[d].source;
  if (!sources) return;
  trial_.resize(2 * depths);
  const std::span<double> now(trial_.data(), depths), other(trial_.data() + depths, depths);
  sources(had_, now);
  answer_.resize(depths * depths), coupled_.resize(depths * depths);
  for (std::size_t e = 0; e < depths; ++e) {
    const double x = had_[e], change = little * std::max(little, x * (1 - x)) * (x > 0.5 ? -1 : 1);
    had_[e] = x + change;
    sources(had_, other);
    had_[e] = x;
    for (std::size_t d = 0; d < depths; ++d) answer_[d * depths + e] = (other[d] - now[d]) / change;
  }
  for (std::size_t d = 0; d < depths; ++d) source_[d] += now[d];
}

/// Returns the estimated error; `old_` holds the distribution before.
double Ensemble::second_order_step(double dt, std::span<const double> transport, int& iterations, bool& solved) {
  const double tau = gamma * dt, weight = (1 - gamma) / gamma;
  rhs_ = old_;
  solved = solve_stage(tau, transport, iterations);
  if (!solved) return infinite;
  for (std::size_t at = 0; at < p_.size(); ++at) {
    stage_[at] = p_[at] - old_[at];
    rhs_[at] = old_[at] + weight * stage_[at];
  }
  solved = solve_stage(tau, transport, iterations);
  if (!solved) return infinite;
  for (std::size_t at = 0; at < p_.size(); ++at) stage_[at] = p_[at] - rhs_[at] - stage_[at];
  return error_of(stage_);
}

/// Of a step whose shares are `off` by so much: in all domains, and in the light.
double Ensemble::error_of(const std::vector<double>& off) const {
  const std::size_t n = lanes(), per = classes_.size();
  double error = 0;
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    double variation = 0;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t at = i * n + d * per; at < i * n + (d + 1) * per; ++at) variation += std::abs(off[at]);
    const bool charged = std::isfinite(zeta_[d]);
    const double probe = misplaced(off, d, probe_.data(), per) / (charged ? later_energy : probe_energy);
    error = std::max({error, variation, probe});
    if (charged) error = std::max(error, misplaced(off, d, &carriers_[d * per], n) / light_energy);
  }
  return error;
}

/// Mean energy by which the light of a depth may be wrong [J], whose carriers are so many in each class, and in each
/// cell a row further.
double Ensemble::misplaced(const std::vector<double>& off, std::size_t depth, const double* carriers,
                           std::size_t row) const {
  const std::size_t n = lanes(), per = classes_.size();
  double all = 0, mean = 0, wrong = 0;
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t s = 0; s < per; ++s) {
      const double p = p_[i * n + depth * per + s];
      if (p < hardly_there) continue;
      const double seen = p * carriers[i * row + s];
      all += seen, mean += seen * gap_[i * per + s];
    }
  mean /= all;
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t s = 0; s < per; ++s) {
      const std::size_t at = i * n + depth * per + s;
      if (p_[at] < hardly_there) continue;
      wrong += std::abs(off[at]) * carriers[i * row + s] * std::abs(gap_[i * per + s] - mean);
    }
  return all > 0 ? wrong / all : 0;
}

void Ensemble::take_back() {
  p_ = old_, mu_ = old_mu_, zeta_ = old_zeta_;
}

/// In place of the second-order step, from which its error is told.
double Ensemble::euler_step(double dt, std::span<const double> transport, int& iterations, bool& solved) {
  stage_ = p_;
  take_back();
  rhs_ = old_;
  solved = solve_stage(dt, transport, iterations);
  if (!solved) return infinite;
  for (std::size_t at = 0; at < p_.size(); ++at) stage_[at] = p_[at] - stage_[at];
  return error_of(stage_);
}

Exchanged Ensemble::advance(double duration, std::span<const Drive> drive, std::span<const double> transport,
                            const ExchangeOptions& options) {
  Exchanged result;
  occupy(drive);
  if (cells_ == 1 || !(duration > 0)) return result;
  bool closed = !options.sources;  // else nothing says that the free energy falls
  const bool connected = std::any_of(transport.begin(), transport.end(), [](double k) { return k > 0; });
  double fastest = 0;
  answer_.clear();
  for (const Drive& one : drive_) {
    fastest = std::max(fastest, one.rate);
    closed = closed && one.source == 0;
  }
  if (!(fastest > 0)) return result;
  for (std::size_t d = 0; d < depths_.size() && !settled_; ++d) settle(d);
  settled_ = true;
  double t = 0, dt = std::min(duration, 0.1 / fastest), free = free_energy();
  const auto stop = [&](const std::string& why) {
    take_back();
    result.complete = false;
    result.message = fmt::format("halide exchange stopped after {:.6g} s of {:.6g} s: {}", t, duration, why);
    return result;
  };
  while (t < duration) {
    old_ = p_, old_mu_ = mu_, old_zeta_ = zeta_;
    if (options.interrupted && options.interrupted()) {
      result.interrupted = true;
      return stop("it was interrupted");
    }
    if (result.steps + result.rejected >= options.most_steps) return stop("too many steps");
    const bool last = t + dt >= duration * (1 - 1e-12);
    const double h = last ? duration - t : dt;
    linearise(options.sources);
    if (!closed)
      if (const std::string problem = unconserved(h, connected); !problem.empty()) return stop(problem);
    bool solved = false;
    double error = second_order_step(h, transport, result.iterations, solved), now = 0;
    const bool risen = solved && error <= options.tolerance && !falls(free, closed, now);
    if (risen) error = euler_step(h, transport, result.iterations, solved), now = free_energy();
    if (!solved || error > options.tolerance) {
      ++result.rejected;
      take_back();
      dt = h * (solved ? std::clamp(0.9 * std::sqrt(options.tolerance / error), 0.1, 0.7) : 0.25);
      if (!solved && h * fastest < shortest_step)
        return stop(fmt::format("no potentials were found that hold iodide and carriers even over {:.3g} s", h));
      if (!(t + dt > t)) return stop("the step became too small");
      continue;
    }
    result.euler += risen;
    free = now;
    t = last ? duration : t + h;
    ++result.steps;
    dt = h * std::clamp(0.9 * std::sqrt(options.tolerance / std::max(error, 1e-300)), 0.3, 3.0);
  }
  return result;
}

}  // namespace nacre::device
