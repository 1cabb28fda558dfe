#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "engine/fvm/newton.hpp"

namespace nacre::fvm {

/// Accuracy and limits of an integration in time.
struct TransientControls {
  double tolerance = 1e-3;       ///< of the unknowns, per step, root mean square over evolving unknowns
  double first_step = 1e-12;     ///< after start() [s]
  double smallest_step = 1e-18;  ///< [s]
  double growth = 5;             ///< largest ratio of successive steps
  int most_steps = 100000;
  NewtonControls newton{.tolerance = 1e-6, .iterations = 12};
};

/// What an integration cost.
struct TransientEffort {
  int steps = 0;          ///< taken
  int rejected = 0;       ///< repeated with a smaller step because of the error estimate
  int not_converged = 0;  ///< repeated because Newton failed
  int iterations = 0;     ///< Newton steps
};

enum class TransientStatus { done, step_too_small, too_many_steps };

/// Integrates a physics in time by TR-BDF2 (Bank et al., IEEE Trans. Electron Devices 32, 1992 (1985); error estimate
/// and coefficients of Hosea, Shampine, Appl. Numer. Math. 20, 21 (1996)): second order, L-stable, one-step. Steps are
/// taken on the storages, which are carried along as sums of fluxes: what flows out of one volume flows into the next
/// to round-off, and an unfinished Newton iteration does not add up. All of what goes on from step to step is in this
/// object's state, ledger and next step, so copies continue alike bit by bit.
template <Physics P>
class Transient {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;

  Transient(const S& system, const TransientControls& controls)
      : system_(&system),
        controls_(controls),
        newton_(system),
        ledger_(system.nodes()),
        target_(system.nodes()),
        before_(system.nodes()),
        middle_(system.nodes()),
        after_(system.nodes()),
        next_(system.nodes()) {}

  /// Takes a state over. Its storages are kept; conditions and balances without storage are made to hold with the
  /// parameters that the physics has now (a step of the bias: charges stay, the potential jumps). False when that
  /// fails.
  bool start(const State<M>& u);
  /// Makes the conditions hold after a jump of a parameter.
  bool restart();

  /// Goes on from t0 to t1 and lands on it. `set(t)` sets the parameters of a moment, continuous in between.
  template <class Set>
  TransientStatus advance(double t0, double t1, Set set);

  const State<M>& state() const { return u_; }
  const typename S::Values& ledger() const { return ledger_; }
  const TransientEffort& effort() const { return effort_; }
  /// The next step that the error control would take [s].
  double next_step() const { return step_; }

 private:
  template <class Set>
  double attempt(double t, double h, Set set);
  bool stage(State<M>& u, double h, double weight_before, double weight_middle, typename S::Values& rates);
  double error(double h);
  void accept(double h);
  void extrapolate(State<M>& u, const State<M>& from, const State<M>& to, double share) const;

  // The diagonal weight d of both implicit stages, at gamma h and h, and w of the explicit ones.
  static constexpr double gamma = 2 - std::numbers::sqrt2, d = gamma / 2, w = std::numbers::sqrt2 / 4;

  const S* system_;
  TransientControls controls_;
  TransientEffort effort_;
  Newton<P, 0> newton_;
  State<M> u_, stage_, at_gamma_, u_before_;
  typename S::Values ledger_, target_;
  typename S::Values before_, middle_, after_;  // balances at t, t + gamma h, t + h
  typename S::Values next_;                     // error, then storages
  double step_ = 0, last_step_ = 0;
};

template <Physics P>
bool Transient<P>::start(const State<M>& u) {
  u_ = u;
  system_->storage(u_, ledger_);
  return restart();
}

template <Physics P>
bool Transient<P>::restart() {
  NewtonControls controls = controls_.newton;
  controls.limited = false, controls.iterations = 60, controls.tolerance = 1e-9;
  const NewtonOutcome outcome = newton_.solve(u_, 1, 0, &ledger_, {}, controls);
  effort_.iterations += outcome.iterations;
  system_->balance(u_, before_);
  step_ = controls_.first_step, last_step_ = 0;
  return outcome.converged;
}

template <Physics P>
void Transient<P>::extrapolate(State<M>& u, const State<M>& from, const State<M>& to, double share) const {
  u = to;
  for (std::size_t i = 0; i < u.nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      u.add(i, k, share * ((to.value[i][k] - from.value[i][k]) + (to.rest[i][k] - from.rest[i][k])));
}

/// Solves storage(u) + d h balance(u) = ledger - h (weights of the earlier stages) and hands out balance(u).
template <Physics P>
bool Transient<P>::stage(State<M>& u, double h, double weight_before, double weight_middle, typename S::Values& rates) {
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      target_[i][k] = ledger_[i][k] - h * (weight_before * before_[i][k] + weight_middle * middle_[i][k]);
  const NewtonOutcome outcome = newton_.solve(u, 1, d * h, &target_, {}, controls_.newton);
  effort_.iterations += outcome.iterations;
  if (outcome.converged) system_->balance(u, rates);
  return outcome.converged;
}

/// Takes a step into stage_; its error over the tolerance, or infinity when an iteration failed.
template <Physics P>
template <class Set>
double Transient<P>::attempt(double t, double h, Set set) {
  set(t + gamma * h);
  if (last_step_ > 0)
    extrapolate(stage_, u_before_, u_, std::min(gamma * h / last_step_, 2.));
  else
    stage_ = u_;
  if (!stage(stage_, h, d, 0, middle_)) return HUGE_VAL;
  set(t + h);
  at_gamma_ = stage_;
  extrapolate(stage_, u_, at_gamma_, (1 - gamma) / gamma);
  if (!stage(stage_, h, w, w, after_)) return HUGE_VAL;
  return error(h);
}

/// The difference to the embedded method of third order, through the matrix of the step (which damps what is stiff), in
/// the unknowns.
template <Physics P>
double Transient<P>::error(double h) {
  constexpr double b1 = (1 - w) / 3, b2 = (3 * w + 1) / 3, b3 = d / 3;
  std::size_t count = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const bool evolves = system_->row(i, k) == Row::evolution;
      next_[i][k] = evolves ? h * ((w - b1) * before_[i][k] + (w - b2) * middle_[i][k] + (d - b3) * after_[i][k]) : 0;
      count += evolves;
    }
  newton_.apply(next_);
  double sum = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      if (system_->row(i, k) == Row::evolution) sum += next_[i][k] * next_[i][k];
  const double ratio = std::sqrt(sum / static_cast<double>(std::max<std::size_t>(count, 1))) / controls_.tolerance;
  return std::isfinite(ratio) ? ratio : HUGE_VAL;
}

template <Physics P>
void Transient<P>::accept(double h) {
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) ledger_[i][k] -= h * (w * (before_[i][k] + middle_[i][k]) + d * after_[i][k]);
  std::swap(u_before_, u_), std::swap(u_, stage_), std::swap(before_, after_);
  last_step_ = h;
  ++effort_.steps;
}

template <Physics P>
template <class Set>
TransientStatus Transient<P>::advance(double t0, double t1, Set set) {
  const int most = effort_.steps + controls_.most_steps;
  for (double t = t0; t < t1;) {
    if (effort_.steps >= most) return TransientStatus::too_many_steps;
    // A step that would leave a sliver is shared with it.
    const double left = t1 - t, h = step_ > 0.999 * left ? left : step_ > left / 2 ? left / 2 : step_;
    if (t + h == t) return TransientStatus::step_too_small;
    const double ratio = attempt(t, h, set);
    if (ratio <= 1) {
      accept(h);
      t = h == left ? t1 : t + h;
    } else {
      ++(ratio == HUGE_VAL ? effort_.not_converged : effort_.rejected);
    }
    const double factor =
        ratio == HUGE_VAL ? 0.25 : std::clamp(0.9 / std::cbrt(std::max(ratio, 1e-12)), 0.2, controls_.growth);
    // A step cut short to land on t1 does not hold the next one back.
    step_ = ratio <= 1 ? std::max(h * factor, h < step_ ? step_ : 0) : h * factor;
    if (step_ < controls_.smallest_step) return TransientStatus::step_too_small;
  }
  return TransientStatus::done;
}

}  // namespace nacre::fvm
