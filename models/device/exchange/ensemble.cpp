#include "models/device/exchange/ensemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/math/bernoulli.hpp"
#include "engine/math/roots.hpp"
#include "engine/units/constants.hpp"
#include "models/device/exchange/composition_grid.hpp"

namespace nacre::device {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double gamma = 1 - 1 / std::numbers::sqrt2;  // of SDIRK2, L-stable (Alexander, SIAM J. Numer. Anal. 14, 1006)
constexpr int most_iterations = 60;
// After so many the longest step of the potential shrinks by a factor an iteration: where iodide jumps with the
// potential (two compositions at one potential, in the cold) a longer one leaps over the root from side to side.
constexpr int patient_iterations = 10;
constexpr double impatience = 0.75;
// Of Newton's last step in potentials: what it leaves in the shares is its square; both balances hold to round-off.
constexpr double potential_tolerance = 1e-5;
// Of Newton's steps [kT]: shares are exponential in the Fermi level, and nearly linear in what moves iodide.
constexpr double longest_potential_step = 40, longest_fermi_step = 4;
// Of both balances, shares and occupancy being one: where next to nothing is exchanged the potential is not known
// better than this, and need not be.
constexpr double balance_round_off = 4e-16;
constexpr double free_energy_round_off = 1e-13;
// Of the error in what carriers see, to that in all domains: after carriers have left a weak probe sees few domains,
// the richest; shares that round-off is near to are left out.
constexpr double light_counts = 0.5, probe_counts = 2, hardly_there = 1e-9;
constexpr double reserve = 0.1;  // of a cell, that a depth keeps to the outermost centres

/// One class without spread at the composition itself where there is a single halide and nothing to exchange.
bool is_mixed(double iodide) {
  return iodide > 0 && iodide < 1;
}

}  // namespace

Ensemble::Ensemble(const ExchangeLaw& law, std::span<const SizeClass> classes, double iodide, int cells,
                   std::span<const double> depths)
    : law_(law),
      classes_(classes.begin(), classes.end()),
      depths_(depths.begin(), depths.end()),
      cells_(is_mixed(iodide) ? static_cast<std::size_t>(cells) : 1),
      kT_(units::constants::boltzmann * law.temperature) {
  if (depths_.empty()) depths_ = {1};
  const double omega = law.interaction / kT_;
  CompositionGrid grid = composition_grid(iodide, law.sites, cells_);
  for (std::size_t i = 0; i < cells_; ++i) {
    mixing_.push_back(law.sites * mixing_energy(grid.centre[i], omega) - std::log(grid.width[i]));
    const bool last = i + 1 == cells_;
    const double apart = last ? 1 : grid.centre[i + 1] - grid.centre[i];
    const double width = last ? 1 : std::sqrt(grid.width[i] * grid.width[i + 1]);
    step_.push_back(apart);
    mobility_.push_back(last ? 0
                             : interdiffusion(grid.face[i + 1], law.bromide_mobility) / (law.sites * apart * width));
  }
  x_ = std::move(grid.centre), width_ = std::move(grid.width);
  for (const double x : x_)
    for (const SizeClass& one : classes_) gap_.push_back(law.gap.at(x) + one.confinement);
  lowest_gap_ = *std::min_element(gap_.begin(), gap_.end());
  for (const double gap : gap_)
    for (const CarrierLevel& level : law_.levels)
      boltzmann_.push_back(std::exp(-(gap + level.energy - lowest_gap_) / kT_));

  // Undriven equilibrium: P ~ exp(-N (f - mu x)), mu from the mean.
  std::vector<double> share(cells_, 1);
  if (is_mixed(iodide)) {
    const auto mean = [&](double mu) {
      double highest = -infinite, sum = 0, rich = 0;
      for (std::size_t i = 0; i < cells_; ++i) highest = std::max(highest, law.sites * mu * x_[i] - mixing_[i]);
      for (std::size_t i = 0; i < cells_; ++i) {
        share[i] = std::exp(law.sites * mu * x_[i] - mixing_[i] - highest);
        sum += share[i], rich += share[i] * x_[i];
      }
      for (double& value : share) value /= sum;
      return rich / sum;
    };
    const double reach = 40 + std::abs(omega);
    start_mu_ = math::brent_root([&](double mu) { return mean(mu) - iodide; }, -reach, reach).x;
    mean(start_mu_);
  }
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t d = 0; d < depths_.size(); ++d)
      for (const SizeClass& one : classes_) start_.push_back(one.weight * share[i]);

  const std::size_t all = cells_ * lanes();
  for (auto* values : {&old_, &rhs_, &energy_, &carriers_, &carrier_slope_, &below_, &diagonal_, &above_, &ahead_,
                       &back_, &slope_, &back_slope_, &by_mu_, &by_zeta_, &stage_})
    values->resize(all);
  for (auto* values : {&mu_, &zeta_, &old_mu_, &old_zeta_, &matrix_, &off_, &side_, &fermi_gain_, &fermi_side_})
    values->resize(depths_.size());
  drive_.resize(depths_.size());
  restart();
}

void Ensemble::restart() {
  p_ = start_;
  std::fill(mu_.begin(), mu_.end(), start_mu_);
  std::fill(zeta_.begin(), zeta_.end(), -infinite);
  std::fill(drive_.begin(), drive_.end(), Drive{});
  settled_ = false;
}

double Ensemble::occupied(std::size_t lane, std::size_t cell, double* slope) const {
  const double z = std::exp(zeta_[lane / classes_.size()]);
  const double* factor = &boltzmann_[(cell * classes_.size() + lane % classes_.size()) * law_.levels.size()];
  double carriers = 0, change = 0;
  for (std::size_t l = 0; l < law_.levels.size(); ++l) {
    const double full = z * factor[l] / (1 + z * factor[l]);
    carriers += law_.levels[l].states * full;
    change += law_.levels[l].states * full * (1 - full);
  }
  if (slope) *slope = change;
  return carriers;
}

/// Fermi level of the distribution as it is.
void Ensemble::fill(std::size_t depth) {
  if (!(drive_[depth].occupancy > 0)) {
    zeta_[depth] = -infinite;
    return;
  }
  const auto excess = [&](double zeta) {
    zeta_[depth] = zeta;
    double sum = 0, slope = 0, change = 0;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t s = 0; s < classes_.size(); ++s) {
        const std::size_t lane = depth * classes_.size() + s;
        sum += p_[i * lanes() + lane] * occupied(lane, i, &change);
        slope += p_[i * lanes() + lane] * change;
      }
    return std::pair{std::log(sum / drive_[depth].occupancy), slope / sum};
  };
  double low = -60, high = 60;
  while (low > -600 && excess(low).first > 0) low *= 2;
  while (high < 600 && excess(high).first < 0) high *= 2;
  const double start = std::clamp(std::isfinite(zeta_[depth]) ? zeta_[depth] : 0, low, high);
  zeta_[depth] = math::newton_root(excess, low, high, start, {1e-14, 1e-15, 200}).x;
}

/// Potential at which the distribution as it is exchanges no iodide on balance: where Newton's method starts after the
/// carriers have changed at once.
void Ensemble::settle(std::size_t depth) {
  assemble(0);
  const auto gained = [&](double mu) {
    double sum = 0, slope = 0;
    for (std::size_t i = 0; i + 1 < cells_; ++i) {
      const double with_mu = -law_.sites * step_[i];
      for (std::size_t s = 0; s < classes_.size(); ++s) {
        const std::size_t at = i * lanes() + depth * classes_.size() + s, next = at + lanes();
        const double step = mixing_[i + 1] - mixing_[i] + with_mu * mu + energy_[next] - energy_[at];
        const math::Bernoulli b = math::bernoulli_with_slope(step);
        sum += mobility_[i] * step_[i] * (b.value * p_[at] - (b.value + step) * p_[next]);
        slope += mobility_[i] * step_[i] * with_mu * (b.slope * p_[at] - (b.slope + 1) * p_[next]);
      }
    }
    return std::pair{sum, slope};
  };
  double low = mu_[depth] - 0.1, high = mu_[depth] + 0.1;
  while (low > -1e3 && gained(low).first > 0) low -= 2 * (mu_[depth] - low);
  while (high < 1e3 && gained(high).first < 0) high += 2 * (high - mu_[depth]);
  mu_[depth] = math::newton_root(gained, low, high, std::clamp(mu_[depth], low, high), {1e-10, 1e-10, 100}).x;
}

void Ensemble::occupy(std::span<const Drive> drive) {
  for (std::size_t d = 0; d < depths_.size(); ++d)
    settled_ = settled_ && drive_[d].occupancy == drive[d].occupancy && drive_[d].rate == drive[d].rate;
  std::copy(drive.begin(), drive.end(), drive_.begin());
  for (std::size_t d = 0; d < depths_.size(); ++d) fill(d);
}

/// The matrix 1 - tau L(mu, zeta) of every lane, and what its fluxes change by with their potential steps.
void Ensemble::assemble(double tau) {
  const std::size_t n = lanes(), per = classes_.size(), levels = law_.levels.size();
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    const double z = std::exp(zeta_[d]);
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t s = 0; s < per; ++s) {
        const double* factor = &boltzmann_[(i * per + s) * levels];
        double energy = 0, carriers = 0, change = 0;
        for (std::size_t l = 0; l < levels && z > 0; ++l) {
          const double filled = z * factor[l], states = law_.levels[l].states, full = filled / (1 + filled);
          energy -= states * std::log1p(filled);
          carriers += states * full;
          change += states * full * (1 - full);
        }
        const std::size_t at = i * n + d * per + s;
        energy_[at] = energy, carriers_[at] = carriers, carrier_slope_[at] = change;
      }
  }
  std::fill(diagonal_.begin(), diagonal_.end(), 1.0);
  std::fill(below_.begin(), below_.begin() + static_cast<std::ptrdiff_t>(n), 0.0);
  for (std::size_t i = 0; i + 1 < cells_; ++i)
    for (std::size_t lane = 0; lane < n; ++lane) {
      const std::size_t d = lane / per, at = i * n + lane, next = at + n;
      const double step = mixing_[i + 1] - mixing_[i] - law_.sites * mu_[d] * step_[i] + energy_[next] - energy_[at];
      const math::Bernoulli b = math::bernoulli_with_slope(step);
      const double speed = tau * drive_[d].rate * mobility_[i];
      ahead_[at] = speed * b.value;          // of what leaves upwards
      back_[at] = speed * (b.value + step);  // and comes back: B(-step)
      slope_[at] = speed * b.slope;
      back_slope_[at] = speed * (b.slope + 1);
      diagonal_[at] += ahead_[at];
      diagonal_[next] += back_[at];
      above_[at] = -back_[at];
      below_[next] = -ahead_[at];
    }
}

/// Factorises and solves for the distribution of this stage.
void Ensemble::solve_distribution() {
  const std::size_t n = lanes();
  for (std::size_t lane = 0; lane < n; ++lane) {
    diagonal_[lane] = 1 / diagonal_[lane];
    p_[lane] = rhs_[lane];
  }
  for (std::size_t at = n; at < cells_ * n; ++at) {
    below_[at] *= diagonal_[at - n];
    diagonal_[at] = 1 / (diagonal_[at] - below_[at] * above_[at - n]);
    p_[at] = rhs_[at] - below_[at] * p_[at - n];
  }
  for (std::size_t lane = 0; lane < n; ++lane) p_[(cells_ - 1) * n + lane] *= diagonal_[(cells_ - 1) * n + lane];
  for (std::size_t at = (cells_ - 1) * n; at-- > 0;) p_[at] = (p_[at] - above_[at] * p_[at + n]) * diagonal_[at];
}

/// How the distribution answers to both potentials, with the factors of solve_distribution().
void Ensemble::solve_slopes() {
  const std::size_t n = lanes();
  std::fill(by_mu_.begin(), by_mu_.end(), 0.0);
  std::fill(by_zeta_.begin(), by_zeta_.end(), 0.0);
  for (std::size_t i = 0; i + 1 < cells_; ++i) {
    const double with_mu = -law_.sites * step_[i];
    for (std::size_t at = i * n; at < (i + 1) * n; ++at) {
      const double flux = slope_[at] * p_[at] - back_slope_[at] * p_[at + n];
      const double with_zeta = carriers_[at] - carriers_[at + n];
      by_mu_[at] -= with_mu * flux, by_mu_[at + n] += with_mu * flux;
      by_zeta_[at] -= with_zeta * flux, by_zeta_[at + n] += with_zeta * flux;
    }
  }
  for (std::size_t at = n; at < cells_ * n; ++at) {
    by_mu_[at] -= below_[at] * by_mu_[at - n];
    by_zeta_[at] -= below_[at] * by_zeta_[at - n];
  }
  for (std::size_t at = (cells_ - 1) * n; at < cells_ * n; ++at)
    by_mu_[at] *= diagonal_[at], by_zeta_[at] *= diagonal_[at];
  for (std::size_t at = (cells_ - 1) * n; at-- > 0;) {
    by_mu_[at] = (by_mu_[at] - above_[at] * by_mu_[at + n]) * diagonal_[at];
    by_zeta_[at] = (by_zeta_[at] - above_[at] * by_zeta_[at + n]) * diagonal_[at];
  }
}

/// One step of Newton's method on iodide and occupancy of every depth: changes potentials, and the distribution along
/// its slopes, so that both balances hold to round-off once the steps are small. Returns the largest change [kT].
double Ensemble::correct(double tau, std::span<const double> transport, double longest_step) {
  const std::size_t n = lanes(), per = classes_.size(), depths = depths_.size();
  double unbalanced = 0;
  const auto between = [&](std::size_t d) { return d < transport.size() && d + 1 < depths ? transport[d] : 0; };
  for (std::size_t d = 0; d < depths; ++d) {
    double iodide = 0, carriers = 0, ii = 0, ic = 0, ci = 0, cc = 0;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t at = i * n + d * per; at < i * n + (d + 1) * per; ++at) {
        iodide += x_[i] * (p_[at] - rhs_[at]);
        carriers += carriers_[at] * p_[at];
        ii += x_[i] * by_mu_[at], ic += x_[i] * by_zeta_[at];
        ci += carriers_[at] * by_mu_[at];
        cc += carriers_[at] * by_zeta_[at] + p_[at] * carrier_slope_[at];
      }
    const double in = d > 0 ? between(d - 1) * tau / depths_[d] : 0, out = between(d) * tau / depths_[d];
    iodide -=
        tau * drive_[d].source + (d > 0 ? in * (mu_[d - 1] - mu_[d]) : 0) - (out > 0 ? out * (mu_[d] - mu_[d + 1]) : 0);
    const bool charged = drive_[d].occupancy > 0;
    const double missing = charged ? carriers - drive_[d].occupancy : 0;
    unbalanced = std::max({unbalanced, std::abs(iodide), charged ? std::abs(missing) / drive_[d].occupancy : 0});
    fermi_side_[d] = charged ? -missing / cc : 0;
    fermi_gain_[d] = charged ? -ci / cc : 0;
    side_[d] = -iodide - ic * fermi_side_[d];
    matrix_[d] = ii + ic * fermi_gain_[d] + in + out;
    off_[d] = -out;
    if (d == 0) continue;
    const double factor = -in / matrix_[d - 1];
    matrix_[d] -= factor * off_[d - 1];
    side_[d] -= factor * side_[d - 1];
  }
  if (unbalanced < balance_round_off) return 0;
  double largest = 0, damping = 1;
  for (std::size_t d = depths; d-- > 0;) {
    side_[d] = (side_[d] - (d + 1 < depths ? off_[d] * side_[d + 1] : 0)) / matrix_[d];
    const double fermi = fermi_side_[d] + fermi_gain_[d] * side_[d];
    if (!std::isfinite(side_[d]) || !std::isfinite(fermi)) return infinite;
    const double potential = law_.sites * std::abs(side_[d]);
    largest = std::max({largest, potential, std::abs(fermi)});
    damping = std::min({damping, longest_step / potential, longest_fermi_step / std::abs(fermi)});
  }
  for (std::size_t d = 0; d < depths; ++d) {
    const double mu = damping * side_[d], fermi = damping * (fermi_side_[d] + fermi_gain_[d] * side_[d]);
    mu_[d] += mu;
    zeta_[d] += fermi;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t at = i * n + d * per; at < i * n + (d + 1) * per; ++at)
        p_[at] += mu * by_mu_[at] + fermi * by_zeta_[at];
  }
  return largest;
}

/// p - tau L(mu, zeta) p = rhs with iodide and occupancies held.
bool Ensemble::solve_stage(double tau, std::span<const double> transport, int& iterations) {
  double longest_step = longest_potential_step;
  for (int i = 0; i < most_iterations; ++i) {
    if (i > patient_iterations) longest_step *= impatience;
    assemble(tau);
    solve_distribution();
    solve_slopes();
    const double change = correct(tau, transport, longest_step);
    ++iterations;
    if (!std::isfinite(change)) return false;
    if (change < potential_tolerance) return true;
  }
  return false;
}

bool Ensemble::any_negative() const {
  return std::any_of(p_.begin(), p_.end(), [](double share) { return share < 0; });
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
  double layer = 0;
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    const double now = iodide(d), then = now + dt * drive_[d].source;
    layer += depths_[d] * then;
    if (drive_[d].source != 0 && !connected && beyond(then)) return said(then);
    if (connected && beyond(now)) return said(now);
  }
  return connected && beyond(layer) ? said(layer) : "";
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
  double error = 0;
  const std::size_t n = lanes(), per = classes_.size();
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    const bool charged = std::isfinite(zeta_[d]);
    double variation = 0, light = 0, all = 0;
    for (std::size_t i = 0; i < cells_; ++i)
      for (std::size_t s = 0; s < per; ++s) {
        const std::size_t at = i * n + d * per + s;
        const double off = std::abs(p_[at] - rhs_[at] - stage_[at]);
        variation += off;
        if (p_[at] < hardly_there) continue;
        const double seen = charged ? carriers_[at] : carriers(d, s, i);
        light += off * seen, all += p_[at] * seen;
      }
    error = std::max(error, variation);
    if (all > 0) error = std::max(error, (charged ? light_counts : probe_counts) * light / all);
  }
  return error;
}

bool Ensemble::euler_step(double dt, std::span<const double> transport, int& iterations) {
  rhs_ = old_;
  return solve_stage(dt, transport, iterations);
}

Exchanged Ensemble::advance(double duration, std::span<const Drive> drive, std::span<const double> transport,
                            const ExchangeOptions& options) {
  Exchanged result;
  occupy(drive);
  if (cells_ == 1 || !(duration > 0)) return result;
  bool closed = true;  // else nothing says that the free energy falls
  const bool connected = std::any_of(transport.begin(), transport.end(), [](double k) { return k > 0; });
  double fastest = 0;
  for (const Drive& one : drive_) {
    fastest = std::max(fastest, one.rate);
    closed = closed && one.source == 0;
  }
  if (!(fastest > 0)) return result;
  for (std::size_t d = 0; d < depths_.size() && !settled_; ++d) settle(d);
  settled_ = true;
  double t = 0, dt = std::min(duration, 0.1 / fastest), free = free_energy();
  const auto back = [&] { p_ = old_, mu_ = old_mu_, zeta_ = old_zeta_; };
  const auto stop = [&](const std::string& why) {
    back();
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
    if (!closed)
      if (const std::string problem = unconserved(h, connected); !problem.empty()) return stop(problem);
    bool solved = false;
    const double error = second_order_step(h, transport, result.iterations, solved);
    if (!solved || error > options.tolerance) {
      ++result.rejected;
      back();
      dt = h * (solved ? std::clamp(0.9 * std::sqrt(options.tolerance / error), 0.1, 0.7) : 0.25);
      if (!(t + dt > t)) return stop("the step became too small");
      continue;
    }
    double now = free_energy();
    if (any_negative() || (closed && now > free + free_energy_round_off * std::max(1.0, std::abs(free)))) {
      back();
      if (!euler_step(h, transport, result.iterations)) {
        ++result.rejected;
        back();
        dt = 0.25 * h;
        continue;
      }
      ++result.euler;
      now = free_energy();
    }
    free = now;
    t = last ? duration : t + h;
    ++result.steps;
    dt = h * std::clamp(0.9 * std::sqrt(options.tolerance / std::max(error, 1e-300)), 0.3, 3.0);
  }
  return result;
}

}  // namespace nacre::device
