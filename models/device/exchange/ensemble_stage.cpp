// One implicit stage of an ensemble's step: p - tau L(mu, zeta) p = rhs, with iodide and occupancies held.
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/bernoulli.hpp"
#include "engine/math/roots.hpp"
#include "models/device/exchange/ensemble.hpp"

namespace nacre::device {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
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

}  // namespace

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

/// What is missing in iodide and occupancy of every depth, and the linear equations of Newton's method for both, the
/// Fermi level eliminated. Returns the largest part that is missing.
double Ensemble::balance(double tau, std::span<const double> transport) {
  const std::size_t n = lanes(), per = classes_.size(), depths = depths_.size();
  double unbalanced = 0;
  if (!answer_.empty()) count_changes();
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
    iodide -= tau * source_[d] + (d > 0 ? in * (mu_[d - 1] - mu_[d]) : 0) - (out > 0 ? out * (mu_[d] - mu_[d + 1]) : 0);
    for (std::size_t e = 0; e < depths && !answer_.empty(); ++e) iodide -= tau * answer_[d * depths + e] * changed_[e];
    const bool charged = drive_[d].occupancy > 0;
    const double missing = charged ? carriers - drive_[d].occupancy : 0;
    unbalanced = std::max({unbalanced, std::abs(iodide), charged ? std::abs(missing) / drive_[d].occupancy : 0});
    fermi_side_[d] = charged ? -missing / cc : 0;
    fermi_gain_[d] = charged ? -ci / cc : 0;
    own_[d] = ii + ic * fermi_gain_[d], shift_[d] = ic * fermi_side_[d];
    side_[d] = -iodide - shift_[d];
    matrix_[d] = own_[d] + in + out;
    below_depth_[d] = -in, above_depth_[d] = -out;
  }
  return unbalanced;
}

/// What every depth has gained since the step began.
void Ensemble::count_changes() {
  const std::size_t n = lanes(), per = classes_.size();
  std::fill(changed_.begin(), changed_.end(), 0.0);
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t at = i * n; at < (i + 1) * n; ++at) changed_[(at - i * n) / per] += x_[i] * (p_[at] - old_[at]);
}

/// Solves for the steps of the potentials where depths see their neighbours alone.
void Ensemble::eliminate() {
  const std::size_t depths = depths_.size();
  for (std::size_t d = 1; d < depths; ++d) {
    const double factor = below_depth_[d] / matrix_[d - 1];
    matrix_[d] -= factor * above_depth_[d - 1];
    side_[d] -= factor * side_[d - 1];
  }
  for (std::size_t d = depths; d-- > 0;)
    side_[d] = (side_[d] - (d + 1 < depths ? above_depth_[d] * side_[d + 1] : 0)) / matrix_[d];
}

/// The same where sources let every depth answer to every other.
void Ensemble::eliminate_all(double tau) {
  const auto depths = static_cast<Eigen::Index>(depths_.size());
  Eigen::Map<Eigen::MatrixXd> all(coupled_.data(), depths, depths);
  Eigen::Map<Eigen::VectorXd> side(side_.data(), depths);
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> answer(answer_.data(),
                                                                                                        depths, depths);
  const Eigen::Map<const Eigen::VectorXd> own(own_.data(), depths), shift(shift_.data(), depths);
  all = -tau * answer * own.asDiagonal();
  side += tau * answer * shift;
  for (Eigen::Index d = 0; d < depths; ++d) {
    const auto at = static_cast<std::size_t>(d);
    all(d, d) += matrix_[at];
    if (d > 0) all(d, d - 1) += below_depth_[at];
    if (d + 1 < depths) all(d, d + 1) += above_depth_[at];
  }
  side = Eigen::PartialPivLU<Eigen::Ref<Eigen::MatrixXd>>(all).solve(side).eval();
}

/// One step of Newton's method on iodide and occupancy of every depth: changes potentials, and the distribution along
/// its slopes, so that both balances hold to round-off once the steps are small. Returns the largest change [kT].
double Ensemble::correct(double tau, std::span<const double> transport, double longest_step) {
  last_side_.swap(side_);
  if (balance(tau, transport) < balance_round_off) return 0;
  if (answer_.empty())
    eliminate();
  else
    eliminate_all(tau);
  double largest = 0, damping = 1;
  for (std::size_t d = 0; d < depths_.size(); ++d) {
    const double fermi = fermi_side_[d] + fermi_gain_[d] * side_[d];
    if (!std::isfinite(side_[d]) || !std::isfinite(fermi)) return infinite;
    const double potential = law_.sites * std::abs(side_[d]);
    largest = std::max({largest, potential, std::abs(fermi)});
    damping = std::min({damping, longest_step / potential, longest_fermi_step / std::abs(fermi)});
  }
  for (std::size_t d = 0; d < depths_.size(); ++d)
    move(d, damping * side_[d], damping * (fermi_side_[d] + fermi_gain_[d] * side_[d]));
  return largest;
}

void Ensemble::move(std::size_t depth, double mu, double fermi) {
  const std::size_t n = lanes(), per = classes_.size();
  mu_[depth] += mu;
  zeta_[depth] += fermi;
  for (std::size_t i = 0; i < cells_; ++i)
    for (std::size_t at = i * n + depth * per; at < i * n + (depth + 1) * per; ++at)
      p_[at] += mu * by_mu_[at] + fermi * by_zeta_[at];
}

/// Whether a depth's potential goes back on its last step.
bool Ensemble::turned() const {
  for (std::size_t d = 0; d < depths_.size(); ++d)
    if (side_[d] * last_side_[d] < 0) return true;
  return false;
}

/// p - tau L(mu, zeta) p = rhs with iodide and occupancies held.
bool Ensemble::solve_stage(double tau, std::span<const double> transport, int& iterations) {
  double longest_step = longest_potential_step;
  for (int i = 0; i < most_iterations; ++i) {
    if (i > patient_iterations && turned()) longest_step *= impatience;
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

}  // namespace nacre::device
