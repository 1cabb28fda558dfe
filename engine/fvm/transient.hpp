#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/fvm/esdirk.hpp"
#include "engine/fvm/newton.hpp"

namespace nacre::fvm {

/// Accuracy and limits of an integration in time.
struct TransientControls {
  double tolerance = 1e-3;       ///< of the unknowns, per step, root mean square over evolving unknowns
  double first_step = 1e-12;     ///< after start() [s]
  double smallest_step = 1e-24;  ///< carriers cross cells of a picometre in 1e-16 s, in high fields sooner [s]
  double growth = 5;             ///< largest ratio of successive steps
  int most_steps = 100000;
  double newton_share = 0.02;       ///< of the tolerance that an unfinished iteration may take
  double slowest = 0.5;             ///< ratio of two changes up to which an old matrix serves
  const Esdirk* method = &tr_bdf2;  ///< robust; kennedy_carpenter is cheaper where the tolerance keeps steps short
};

/// What an integration cost.
struct TransientEffort {
  int steps = 0;          ///< taken
  int rejected = 0;       ///< repeated with a smaller step because of the error estimate
  int not_converged = 0;  ///< repeated because Newton failed
  int iterations = 0;     ///< of Newton, all told
  int matrices = 0;       ///< factorised
};

enum class TransientStatus { done, event, step_too_small, too_many_steps, interrupted };

/// Integrates a physics in time by an implicit one-step method on the storages, which are carried along as sums of
/// fluxes: what flows out of one volume flows into the next to round-off, and an unfinished Newton iteration does not
/// add up. Whatever goes on from one advance() to the next is in its Memory, so a copy or a stored memory continues bit
/// by bit.
template <Physics P>
class Transient {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;

  /// All that an integration needs to go on.
  struct Memory {
    State<M> now, before;              ///< unknowns, and those a step earlier
    typename S::Values ledger, rates;  ///< storages as sums of fluxes; balances now
    Lumped<double> global{0, 0};       ///< the same of a driven physics' global unknown
    double step = 0, last_step = 0;    ///< the one to try next, and the one taken last (0: none) [s]
  };

  /// `driven`: whether a driven physics' global unknown is one.
  Transient(const S& system, const TransientControls& controls, bool driven = false);

  /// Takes a state over. Its storages are kept; conditions and balances without storage are made to hold with the
  /// parameters that the physics has now (a step of the bias: charges stay, the potential jumps). False when that
  /// fails.
  bool start(const State<M>& u);
  /// Makes the conditions hold after a jump of a parameter.
  bool restart();
  /// Goes on from what another integration of the same system left.
  void resume(const Memory& memory) { memory_ = memory; }

  /// Goes on from t0 to t1 and lands on it. `set(t)` sets the parameters of a moment, continuous in between.
  template <class Set>
  TransientStatus advance(double t0, double t1, Set set) {
    return advance_until(t0, t1, set, [](const State<M>&) { return 1.; });
  }
  /// The same, but stops where watch(state) crosses zero first (status event), to a thousandth of the step that finds
  /// it or 1e-9 of the crossing's time. t0 becomes the time reached.
  template <class Set, class Watch>
  TransientStatus advance_until(double& t0, double t1, Set set, Watch watch);

  const State<M>& state() const { return memory_.now; }
  const typename S::Values& ledger() const { return memory_.ledger; }
  const Memory& memory() const { return memory_; }
  const TransientEffort& effort() const { return effort_; }
  /// Of the last iteration that failed: where it was worst.
  const NewtonOutcome& failure() const { return failure_; }

 private:
  template <class Set>
  double attempt(double t, double h, bool lands, Set set);
  template <class Set, class Watch>
  double land_on_event(double t, double h, double before, double after, Set set, Watch watch);
  bool solve_stage(std::size_t stage, double h, bool exactly);
  bool is_still(const NewtonOutcome& outcome) const;
  bool is_scarce(std::size_t node, std::size_t k) const;
  void leave_something();
  NewtonOutcome solve(State<M>& u, const Instant<M>& instant, const NewtonControls& controls);
  void predict(std::size_t stage, double h);
  double importance(std::size_t node, std::size_t k) const;
  double error(double h);
  void accept(double h);
  void mend_ledger();
  void trust_unknowns();
  double factor(double ratio) const;

  const S* system_;
  TransientControls controls_;
  NewtonControls newton_controls_;
  TransientEffort effort_;
  NewtonOutcome failure_;
  Newton<P> newton_;
  Memory memory_;
  std::vector<State<M>> stages_;           // the first is unused: it is memory_.now
  std::vector<typename S::Values> rates_;  // of stages; the first is memory_.rates
  std::array<double, Esdirk::most_stages> global_rates_{};
  Lumped<double> global_{0, 0};  // of the last stage
  typename S::Values target_, error_;
};

template <Physics P>
Transient<P>::Transient(const S& system, const TransientControls& controls, bool driven)
    : system_(&system),
      controls_(controls),
      newton_controls_{.tolerance = controls.newton_share * controls.tolerance,
                       .iterations = 30,  // levels of what falls to next to nothing come down by one an iteration
                       .limited = true,
                       .slowest = controls.slowest},
      newton_(system, driven ? Newton<P>::Border::driven : Newton<P>::Border::none),
      memory_{.now = State<M>(system.nodes()),
              .before = State<M>(system.nodes()),
              .ledger = typename S::Values(system.nodes()),
              .rates = typename S::Values(system.nodes())},
      stages_(controls.method->stages, State<M>(system.nodes())),
      rates_(controls.method->stages, typename S::Values(system.nodes())),
      target_(system.nodes()),
      error_(system.nodes()) {}

template <Physics P>
bool Transient<P>::start(const State<M>& u) {
  memory_.now = u;
  system_->storage(u, memory_.ledger);
  return restart();
}

/// Charges stay, those of the electrodes among them (unless the global unknown is at the mercy of a source). The jump
/// is nearly linear in the unknowns, which whole steps follow at once; where they lose their way, short ones find it.
/// What rounding leaves open of levels may be a tenth of what a step is off.
template <Physics P>
bool Transient<P>::restart() {
  constexpr double instant = 1e-24;  // of time, in which storages keep still and what passes passes [s]
  memory_.global.storage = newton_.global_row(memory_.now).storage;
  const Instant<M> jump{.s = 1, .a = instant, .target = &memory_.ledger, .global_target = memory_.global.storage};
  State<M>& before = stages_[1];
  before = memory_.now;
  NewtonOutcome outcome = solve(memory_.now, jump, {.tolerance = 1e-9, .iterations = 60, .limited = false});
  bool found = outcome.converged || is_still(outcome);
  if (!found && !outcome.interrupted) {
    memory_.now = before;
    outcome = solve(memory_.now, jump, {.tolerance = 1e-9, .iterations = 200});
    found = outcome.converged || is_still(outcome);
  }
  if (!found) failure_ = outcome;
  system_->balance(memory_.now, memory_.rates);
  memory_.global.balance = newton_.global_row(memory_.now).balance;
  memory_.step = controls_.first_step, memory_.last_step = 0;
  return found;
}

/// Whether an iteration that did not converge ended within a tenth of what a step may be off.
template <Physics P>
bool Transient<P>::is_still(const NewtonOutcome& outcome) const {
  return !outcome.interrupted && !outcome.singular && outcome.change < 0.1 * controls_.tolerance;
}

/// A start for a stage: the polynomial through the last step, this one's beginning and its stages so far.
template <Physics P>
void Transient<P>::predict(std::size_t stage, double h) {
  const Esdirk& m = *controls_.method;
  std::array<const State<M>*, Esdirk::most_stages + 1> known;
  std::array<double, Esdirk::most_stages + 1> time{}, weight{};
  std::size_t count = 0;
  const auto add = [&](const State<M>& u, double at) { known[count] = &u, time[count++] = at; };
  if (memory_.last_step > 0 && stage < 4) add(memory_.before, -memory_.last_step / h);
  for (std::size_t s = 1; s < stage; ++s) add(stages_[s], m.time[s]);
  const double to = stage > 1 || memory_.last_step == 0 ? m.time[stage] : std::min(m.time[stage], 2 * -time[0]);
  for (std::size_t p = 0; p < count; ++p) {
    weight[p] = to / time[p];  // the beginning is a point too, at time 0
    for (std::size_t q = 0; q < count; ++q)
      if (q != p) weight[p] *= (to - time[q]) / (time[p] - time[q]);
  }
  const State<M>& from = memory_.now;
  State<M>& u = stages_[stage];
  u = from;
  for (std::size_t p = 0; p < count; ++p) u.global += weight[p] * (known[p]->global - from.global);
  for (std::size_t i = 0; i < u.nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      double change = 0;
      for (std::size_t p = 0; p < count; ++p)
        change += weight[p] * ((known[p]->value[i][k] - from.value[i][k]) + (known[p]->rest[i][k] - from.rest[i][k]));
      // Newton's iteration climbs to what is scarce at once, and comes down to it by one a time.
      u.add(i, k, is_scarce(i, k) ? std::clamp(change, -1., 1.) : change);
    }
}

/// Solves storage(u) + diagonal h balance(u) = ledger - h (rates of the earlier stages) and keeps balance(u). Exactly:
/// as far as rounding lets it, for states that are looked at.
template <Physics P>
bool Transient<P>::solve_stage(std::size_t stage, double h, bool exactly) {
  const Esdirk& m = *controls_.method;
  target_ = memory_.ledger;
  double global_target = memory_.global.storage;
  for (std::size_t s = 0; s < stage; ++s) {
    const double weight = h * m.rate[stage][s];
    global_target -= weight * (s == 0 ? memory_.global.balance : global_rates_[s]);
    const auto& rates = s == 0 ? memory_.rates : rates_[s];
    for (std::size_t i = 0; weight != 0 && i < system_->nodes(); ++i)
      for (std::size_t k = 0; k < M; ++k) target_[i][k] -= weight * rates[i][k];
  }
  leave_something();
  predict(stage, h);
  const Instant<M> instant{.s = 1, .a = m.diagonal * h, .target = &target_, .global_target = global_target};
  State<M>& u = stages_[stage];
  if (const NewtonOutcome outcome = solve(u, instant, newton_controls_); !outcome.converged)
    return failure_ = outcome, false;
  if (exactly) {
    const NewtonOutcome last = solve(u, instant, {.tolerance = 1e-13, .iterations = 8});
    if (last.interrupted || !std::isfinite(last.change)) return false;
  }
  system_->balance(u, rates_[stage]);
  global_ = newton_.global_row(u);
  global_rates_[stage] = global_.balance;
  return true;
}

/// Whether next to nothing is stored at the beginning of a step: so little that an error matters by 99 % at most.
template <Physics P>
bool Transient<P>::is_scarce(std::size_t node, std::size_t k) const {
  if constexpr (Neglecting<P>) {
    const double held = memory_.ledger[node][k];
    return std::min(held, system_->most_stored(node, k) - held) < 100 * P::negligible[k] * system_->volume(node);
  }
  return false;
}

/// What is scarce may be asked by a long step to become less than nothing, which no level expresses: it falls to a
/// thousandth then.
template <Physics P>
void Transient<P>::leave_something() {
  for (std::size_t i = 0; Neglecting<P> && i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      if (is_scarce(i, k) && memory_.ledger[i][k] > 0) target_[i][k] = std::max(target_[i][k], 1e-3 * memory_.ledger[i][k]);
}

template <Physics P>
NewtonOutcome Transient<P>::solve(State<M>& u, const Instant<M>& instant, const NewtonControls& controls) {
  const NewtonOutcome outcome = newton_.solve(u, instant, {}, controls);
  effort_.iterations += outcome.iterations, effort_.matrices += outcome.matrices;
  return outcome;
}

/// Takes a step into the last stage; its error over the tolerance, or infinity when an iteration failed.
template <Physics P>
template <class Set>
double Transient<P>::attempt(double t, double h, bool lands, Set set) {
  const Esdirk& m = *controls_.method;
  newton_.renew();
  for (std::size_t stage = 1; stage < m.stages; ++stage) {
    set(stage + 1 == m.stages ? t + h : t + m.time[stage] * h);
    if (!solve_stage(stage, h, lands && stage + 1 == m.stages)) return HUGE_VAL;
  }
  return error(h);
}

/// How much an error of an unknown matters: little where next to nothing is stored.
template <Physics P>
double Transient<P>::importance(std::size_t node, std::size_t k) const {
  if constexpr (Neglecting<P>) {
    if (!(P::negligible[k] > 0)) return 1;
    const double held = newton_.storage()[node][k];
    const double counts = std::max(std::min(held, system_->most_stored(node, k) - held), 0.);
    return counts / (counts + P::negligible[k] * system_->volume(node));
  }
  return 1;
}

/// The difference to the embedded method, through the matrix of the step (which damps what is stiff), in the unknowns.
template <Physics P>
double Transient<P>::error(double h) {
  const Esdirk& m = *controls_.method;
  std::size_t count = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      error_[i][k] = 0;
      if (system_->row(i, k) != Row::evolution) continue;
      ++count;
      for (std::size_t s = 0; s < m.stages; ++s)
        error_[i][k] += h * m.error[s] * (s == 0 ? memory_.rates : rates_[s])[i][k];
    }
  double global = 0;
  for (std::size_t s = 0; newton_.global_evolves() && s < m.stages; ++s)
    global += h * m.error[s] * (s == 0 ? memory_.global.balance : global_rates_[s]);
  newton_.apply(error_, global);
  double sum = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      if (system_->row(i, k) == Row::evolution) {
        const double error = importance(i, k) * error_[i][k];
        sum += error * error;
      }
  const double mean = std::sqrt(sum / static_cast<double>(std::max<std::size_t>(count, 1)));
  const double ratio = (std::abs(global) <= mean ? mean : std::abs(global)) / controls_.tolerance;
  return std::isfinite(ratio) ? ratio : HUGE_VAL;
}

template <Physics P>
void Transient<P>::accept(double h) {
  const Esdirk& m = *controls_.method;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      for (std::size_t s = 0; s < m.stages; ++s)
        memory_.ledger[i][k] -= h * m.weight(s) * (s == 0 ? memory_.rates : rates_[s])[i][k];
  // Of the global unknown nothing is kept, and one that follows the others at once, in steps far longer than its own
  // time, would gather in a sum what iterations left, as many times over.
  memory_.global = global_;
  std::swap(memory_.before, memory_.now), std::swap(memory_.now, stages_[m.stages - 1]);
  std::swap(memory_.rates, rates_[m.stages - 1]);
  memory_.last_step = h;
  ++effort_.steps;
  mend_ledger();
}

/// Where a population falls by many orders in one step, what iterations left of its past outweighs it, and the sum of
/// its fluxes may even be negative, which no unknowns express. It is then as large as the unknowns say. What is kept is
/// left alone: its sums are exact.
template <Physics P>
void Transient<P>::mend_ledger() {
  bool storages_known = false;
  const auto& near = newton_.storage();
  for (std::size_t k = 0; k < M; ++k) {
    if (std::find(P::kept.begin(), P::kept.end(), k) != P::kept.end()) continue;
    for (std::size_t i = 0; i < system_->nodes(); ++i) {
      if (system_->row(i, k) != Row::evolution) continue;
      double& sum = memory_.ledger[i][k];
      if (std::abs(sum - near[i][k]) <= 0.5 * std::abs(near[i][k])) continue;
      if (!storages_known) system_->storage(memory_.now, target_), storages_known = true;
      sum = target_[i][k];
    }
  }
}

/// Where what iterations left lets no step succeed, the unknowns have the last word on all that is not kept.
template <Physics P>
void Transient<P>::trust_unknowns() {
  system_->storage(memory_.now, target_);
  for (std::size_t k = 0; k < M; ++k) {
    if (std::find(P::kept.begin(), P::kept.end(), k) != P::kept.end()) continue;
    for (std::size_t i = 0; i < system_->nodes(); ++i)
      if (system_->row(i, k) == Row::evolution) memory_.ledger[i][k] = target_[i][k];
  }
  memory_.step = controls_.first_step, memory_.last_step = 0;
}

/// By what the next step is larger than one with this error.
template <Physics P>
double Transient<P>::factor(double ratio) const {
  if (ratio == HUGE_VAL) return 0.25;
  return std::clamp(0.9 * std::pow(std::max(ratio, 1e-12), -1. / controls_.method->order_of_error), 0.2,
                    controls_.growth);
}

/// Repeats a step over which the watch changes sign with ever better lengths (Illinois), for the last of them to be
/// accepted: its length, or zero where an iteration failed.
template <Physics P>
template <class Set, class Watch>
double Transient<P>::land_on_event(double t, double h, double before, double after, Set set, Watch watch) {
  double low = 0, high = h, taken = h;
  for (int trial = 0; trial < 40 && high - low > 1e-3 * h && high - low > 1e-9 * (t + h); ++trial) {
    taken = std::clamp(low + (high - low) * before / (before - after), low + 0.01 * (high - low),
                       high - 0.01 * (high - low));
    if (attempt(t, taken, false, set) == HUGE_VAL) break;
    const double value = watch(stages_.back());
    if (value == 0) high = taken;
    if ((value > 0) == (before > 0))
      low = taken, before = value, after /= 2;
    else
      high = taken, after = value, before /= 2;
  }
  return attempt(t, high, true, set) == HUGE_VAL ? 0 : high;
}

template <Physics P>
template <class Set, class Watch>
TransientStatus Transient<P>::advance_until(double& t0, double t1, Set set, Watch watch) {
  const int most = effort_.steps + controls_.most_steps;
  double before = watch(memory_.now);
  int rescues = 3;
  const auto is_stuck = [&] { return rescues-- <= 0 || (trust_unknowns(), false); };
  while (t0 < t1) {
    if (effort_.steps >= most) return TransientStatus::too_many_steps;
    if (system_->is_interrupted()) return TransientStatus::interrupted;
    // A step that would leave a sliver is shared with it.
    const double left = t1 - t0, step = memory_.step;
    double h = step > 0.999 * left ? left : step > left / 2 ? left / 2 : step;
    if (t0 + h == t0) {
      if (is_stuck()) return TransientStatus::step_too_small;
      continue;
    }
    const double ratio = attempt(t0, h, h == left, set);
    // A step cut short to land on t1 does not hold the next one back.
    memory_.step = ratio <= 1 ? std::max(h * factor(ratio), h < step ? step : 0) : h * factor(ratio);
    if (ratio <= 1) {
      const double after = watch(stages_.back());
      const bool event = before * after < 0 || (after == 0 && before != 0);
      if (event) h = land_on_event(t0, h, before, after, set, watch);
      if (h == 0) {
        ++effort_.not_converged, memory_.step = 0.25 * std::min(step, left);
        continue;
      }
      accept(h);
      t0 = h == left ? t1 : t0 + h;
      if (event) return TransientStatus::event;
      before = after;
    } else {
      ++(ratio == HUGE_VAL ? effort_.not_converged : effort_.rejected);
    }
    if (memory_.step < controls_.smallest_step && is_stuck()) return TransientStatus::step_too_small;
  }
  return TransientStatus::done;
}

}  // namespace nacre::fvm
