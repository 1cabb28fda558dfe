#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "engine/fvm/global_row.hpp"
#include "engine/fvm/system.hpp"
#include "engine/math/bordered_chain.hpp"

namespace nacre::fvm {

/// When Newton's iteration ends, and how far it may go at once.
struct NewtonControls {
  double tolerance = 1e-10;  ///< of the unknowns; the error left is estimated from above as the last change times the
                             ///< last ratio of two changes
  int iterations = 80;
  bool limited = true;  ///< changes d beyond one are cut to sign(d)(1 + ln|d|)
  double slowest = 0;   ///< largest ratio of two changes with which an old matrix is still used; 0: new ones always
  int patience = 15;    ///< iterations after which changes that turn back on the last ones are taken in part alone
};

/// How an iteration ended.
struct NewtonOutcome {
  bool converged = false;
  int iterations = 0;
  int matrices = 0;          ///< factorised
  bool interrupted = false;  ///< ended because System::is_interrupted()
  bool singular = false;     ///< ended at a matrix that could not be factorised; `change` is the largest residual then
  double change = 0;         ///< largest change of an unknown in the last step
  std::size_t node = 0;      ///< where it was
  std::size_t equation = 0;  ///< and of which unknown; one beyond the last: the global unknown
};

/// What is solved at an instant:  s storage(u) + a balance(u) = target  in evolving rows, a balance(u) = 0 where all
/// passes, balance(u) = 0 in the others.
template <std::size_t M>
struct Instant {
  double s = 0, a = 1;
  const std::vector<Block<double, M>>* target = nullptr;  ///< null: zero
  double global_target = 0;                               ///< of the global unknown's row
};

/// Newton's iteration for an instant of a system, with its workspace. A steady state also needs the contents of what is
/// confined, each of which is a global unknown, and a driven physics has one more; the border has room for them if
/// asked for.
template <Physics P>
class Newton {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;
  enum class Border { none, contents, driven, both };

  Newton(const S& system, Border border)
      : system_(&system),
        contents_(border == Border::contents || border == Border::both ? system.confined().size() : 0),
        matrix_(system.nodes(), contents_ + (border == Border::driven || border == Border::both ? 1 : 0)),
        change_(system.nodes()),
        storage_(system.nodes()),
        balance_(system.nodes()),
        before_(system.nodes()),
        global_(Globals::Zero(static_cast<Eigen::Index>(matrix_.globals()))) {
    if constexpr (Driven<P>)
      if (is_driven()) row_.emplace(system);
  }

  /// Improves u. `contents`: of System::confined(), one each, where the border has them.
  NewtonOutcome solve(State<M>& u, const Instant<M>& instant, std::span<const double> contents,
                      const NewtonControls& controls);

  /// Storage and balance before the last step of solve().
  const typename S::Values& storage() const { return storage_; }
  const typename S::Values& balance() const { return balance_; }
  /// Of the global unknown's row, now.
  Lumped<double> global_row(const State<M>& u) const;
  bool global_evolves() const;
  bool is_interrupted() const { return system_->is_interrupted(); }
  /// Whether the border has the global unknown of a driven physics.
  bool is_driven() const { return matrix_.globals() > contents_; }
  /// Forgets the matrix: the next solve() makes a new one.
  void renew() { usable_ = false; }
  /// Solves with the last matrix (without contents); `global` in the global unknown's row.
  void apply(typename S::Values& rhs, double& global) const;

 private:
  using Chain = math::BorderedChain<static_cast<int>(M)>;
  using Globals = typename Chain::Globals;

  bool prepare(const State<M>& u, const Instant<M>& instant);
  void residual(const State<M>& u, const Instant<M>& instant, std::span<const double> contents);
  void pin_contents(const State<M>& u);
  void blame(NewtonOutcome& outcome) const;
  void update(State<M>& u, bool limited, NewtonOutcome& outcome, double share = 1) const;
  double share_of_change(double last);
  static double cut(double change, bool limited) {
    const double size = std::abs(change);
    return limited && size > 1 ? std::copysign(1 + std::log(size), change) : change;
  }

  struct Nothing {};
  template <class Q>
  struct RowOf {
    using type = Nothing;
  };
  template <Driven Q>
  struct RowOf<Q> {
    using type = GlobalRow<Q>;
  };

  const S* system_;
  std::size_t contents_;  // in the border
  Chain matrix_;
  std::optional<typename RowOf<P>::type> row_;  // behind the contents
  typename S::Values change_, storage_, balance_, before_;
  Globals global_;
  bool usable_ = false;  // whether the factors belong to something near
  double ratio_ = 1;     // of the last two changes with an old matrix
};

/// A new matrix, factorised, and the values beside it.
template <Physics P>
bool Newton<P>::prepare(const State<M>& u, const Instant<M>& instant) {
  system_->linearise(u, instant.s, instant.a, matrix_.chain(), storage_, balance_);
  if constexpr (Driven<P>)
    if (row_)
      row_->linearise(u, instant.s, instant.a, matrix_.chain(), matrix_.column(contents_), matrix_.foot(contents_),
                      matrix_.corner()(static_cast<Eigen::Index>(contents_), static_cast<Eigen::Index>(contents_)));
  pin_contents(u);
  return usable_ = matrix_.factorise();
}

/// The first unknown of what is confined is the global one; in place of its balance, which the others imply.
template <Physics P>
void Newton<P>::pin_contents(const State<M>& u) {
  for (std::size_t g = 0; g < contents_; ++g) {
    const Confined& where = system_->confined()[g];
    matrix_.chain().make_condition(where.first, where.unknown);
    matrix_.chain().node(where.first).own[where.unknown][where.unknown] = 1;
    matrix_.column(g)[where.first][where.unknown] = -1;
    system_->content_slopes(u, where, matrix_.foot(g));
  }
}

template <Physics P>
void Newton<P>::residual(const State<M>& u, const Instant<M>& instant, std::span<const double> contents) {
  const auto [s, a, target, global_target] = instant;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const bool evolves = system_->row(i, k) == Row::evolution;
      const double known = target != nullptr && evolves ? (*target)[i][k] : 0;
      change_[i][k] = evolves ? (known - (s != 0 ? s * storage_[i][k] : 0)) - a * balance_[i][k]
                              : -(system_->row(i, k) == Row::passage ? a : 1) * balance_[i][k];
    }
  for (std::size_t g = 0; g < contents_; ++g) {
    const Confined& where = system_->confined()[g];
    double missing = contents[g];
    for (std::size_t i = where.first; i <= where.last; ++i) missing -= storage_[i][where.unknown];
    change_[where.first][where.unknown] = 0;
    global_[static_cast<Eigen::Index>(g)] = missing;
  }
  if (!is_driven()) return;
  const auto [held, lost] = global_row(u);
  global_[static_cast<Eigen::Index>(contents_)] =
      global_evolves() ? (global_target - (s != 0 ? s * held : 0)) - a * lost : -lost;
}

template <Physics P>
Lumped<double> Newton<P>::global_row(const State<M>& u) const {
  if constexpr (Driven<P>)
    if (row_) return row_->evaluate(u);
  return {0, 0};
}

template <Physics P>
bool Newton<P>::global_evolves() const {
  if constexpr (Driven<P>)
    if (row_) return row_->evolves();
  return false;
}

template <Physics P>
void Newton<P>::apply(typename S::Values& rhs, double& global) const {
  if (!is_driven()) return matrix_.chain().solve(rhs);
  Globals border = Globals::Zero(static_cast<Eigen::Index>(matrix_.globals()));
  border[static_cast<Eigen::Index>(contents_)] = global;
  matrix_.solve(rhs, border);
  global = border[static_cast<Eigen::Index>(contents_)];
}

/// Where a matrix is most likely singular: at the first value that is no number, else at the largest residual.
template <Physics P>
void Newton<P>::blame(NewtonOutcome& outcome) const {
  outcome.singular = true, outcome.change = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const double size = std::abs(balance_[i][k]) + std::abs(storage_[i][k]);
      if (std::isfinite(size) && !(std::abs(balance_[i][k]) > outcome.change)) continue;
      outcome.change = std::abs(balance_[i][k]), outcome.node = i, outcome.equation = k;
      if (!std::isfinite(size)) return;
    }
}

/// The iteration may go to and fro for ever between two sides of a corner of the equations, each of whose slopes leads
/// to the other one. A change that turns back on the last one is halved, again and again; one that goes on is trusted
/// more. Takes the share of the last change, remembers this one.
template <Physics P>
double Newton<P>::share_of_change(double last) {
  double along = 0, size = 0, size_before = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const double d = cut(change_[i][k], true), b = cut(before_[i][k], true);
      along += d * b, size += d * d, size_before += b * b;
    }
  before_ = change_;
  const bool back = along < -0.3 * std::sqrt(size * size_before);
  return back ? std::max(last / 2, 1. / 32) : std::min(2 * last, 1.);
}

template <Physics P>
void Newton<P>::update(State<M>& u, bool limited, NewtonOutcome& outcome, double share) const {
  outcome.change = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const double d = change_[i][k], size = std::abs(d);
      if (!(size <= outcome.change)) outcome.change = size, outcome.node = i, outcome.equation = k;
      u.add(i, k, share * cut(d, limited));
    }
  if (!is_driven()) return;
  const double d = global_[static_cast<Eigen::Index>(contents_)];
  if (!(std::abs(d) <= outcome.change)) outcome.change = std::abs(d), outcome.node = 0, outcome.equation = M;
  u.global += share * cut(d, limited);
}

template <Physics P>
NewtonOutcome Newton<P>::solve(State<M>& u, const Instant<M>& instant, std::span<const double> contents,
                               const NewtonControls& controls) {
  NewtonOutcome outcome;
  double share = 1;
  while (outcome.iterations < controls.iterations) {
    if (is_interrupted()) return outcome.interrupted = true, outcome;
    if (controls.slowest == 0 || !usable_) {
      ++outcome.matrices;
      if (!prepare(u, instant)) return blame(outcome), outcome;
      ratio_ = 1;
    } else {
      system_->evaluate(u, storage_, balance_);
    }
    residual(u, instant, contents);
    matrix_.solve(change_, global_);
    const double before = outcome.change;
    if (outcome.iterations == controls.patience) before_ = change_;
    if (outcome.iterations > controls.patience) share = share_of_change(share);
    update(u, controls.limited, outcome, share);
    ++outcome.iterations;
    if (!std::isfinite(outcome.change)) return usable_ = false, outcome;
    // Hairer, Wanner, Solving Ordinary Differential Equations II, IV.8: the last ratio stands for the first of this
    // solve, but less and less. A change that was cut tells nothing of how fast the next ones shrink.
    const double taken = controls.limited ? std::min(before, 1.) : before;
    ratio_ = outcome.iterations > 1 ? std::min(outcome.change / taken, 1.) : std::pow(ratio_, 0.8);
    if (share < 1) ratio_ = 1;  // what is taken in part leaves as much again, and more
    // Nor is the iteration at its end with one, however good the last ratio was: most of it is still to be gone.
    const bool was_cut = controls.limited && outcome.change > 1;
    if (!was_cut && outcome.change * ratio_ < controls.tolerance) return outcome.converged = true, outcome;
    if (ratio_ > controls.slowest && outcome.iterations > 1) usable_ = false;
  }
  return outcome;
}

}  // namespace nacre::fvm
