#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

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
};

/// How an iteration ended.
struct NewtonOutcome {
  bool converged = false;
  int iterations = 0;
  int matrices = 0;          ///< factorised
  double change = 0;         ///< largest change of an unknown in the last step
  std::size_t node = 0;      ///< where it was
  std::size_t equation = 0;  ///< and of which unknown
};

/// What is solved at an instant:  s storage(u) + a balance(u) = target  in evolving rows, balance(u) = 0 in the others.
template <std::size_t M>
struct Instant {
  double s = 0, a = 1;
  const std::vector<Block<double, M>>* target = nullptr;  ///< null: zero
};

/// Newton's iteration for an instant of a system, with its workspace. A steady state also needs the contents of what is
/// confined, each of which is a global unknown; the border has room for them if asked for.
template <Physics P>
class Newton {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;
  enum class Border { none, contents };

  Newton(const S& system, Border border)
      : system_(&system),
        matrix_(system.nodes(), border == Border::contents ? system.confined().size() : 0),
        change_(system.nodes()),
        storage_(system.nodes()),
        balance_(system.nodes()),
        global_(Globals::Zero(static_cast<Eigen::Index>(matrix_.globals()))) {}

  /// Improves u. `contents`: of System::confined(), one each, where the border has them.
  NewtonOutcome solve(State<M>& u, const Instant<M>& instant, std::span<const double> contents,
                      const NewtonControls& controls);

  /// Storage and balance before the last step of solve().
  const typename S::Values& storage() const { return storage_; }
  const typename S::Values& balance() const { return balance_; }
  /// Forgets the matrix: the next solve() makes a new one.
  void renew() { usable_ = false; }
  /// Solves with the last matrix (without border).
  void apply(typename S::Values& rhs) const { matrix_.chain().solve(rhs); }

 private:
  using Chain = math::BorderedChain<static_cast<int>(M)>;
  using Globals = typename Chain::Globals;

  bool prepare(const State<M>& u, const Instant<M>& instant);
  void residual(const Instant<M>& instant, std::span<const double> contents);
  void pin_contents(const State<M>& u);
  void update(State<M>& u, bool limited, NewtonOutcome& outcome) const;

  const S* system_;
  Chain matrix_;
  typename S::Values change_, storage_, balance_;
  Globals global_;
  bool usable_ = false;  // whether the factors belong to something near
  double ratio_ = 1;     // of the last two changes with an old matrix
};

/// A new matrix, factorised, and the values beside it.
template <Physics P>
bool Newton<P>::prepare(const State<M>& u, const Instant<M>& instant) {
  system_->linearise(u, instant.s, instant.a, matrix_.chain(), storage_, balance_);
  if (matrix_.globals() > 0) pin_contents(u);
  return usable_ = matrix_.factorise();
}

/// The first unknown of what is confined is the global one; in place of its balance, which the others imply.
template <Physics P>
void Newton<P>::pin_contents(const State<M>& u) {
  for (std::size_t g = 0; g < matrix_.globals(); ++g) {
    const Confined& where = system_->confined()[g];
    matrix_.chain().make_condition(where.first, where.unknown);
    matrix_.chain().node(where.first).own[where.unknown][where.unknown] = 1;
    matrix_.column(g)[where.first][where.unknown] = -1;
    system_->content_slopes(u, where, matrix_.foot(g));
  }
}

template <Physics P>
void Newton<P>::residual(const Instant<M>& instant, std::span<const double> contents) {
  const auto [s, a, target] = instant;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const bool evolves = system_->row(i, k) == Row::evolution;
      const double known = target != nullptr && evolves ? (*target)[i][k] : 0;
      change_[i][k] = evolves ? (known - (s != 0 ? s * storage_[i][k] : 0)) - a * balance_[i][k] : -balance_[i][k];
    }
  for (std::size_t g = 0; g < matrix_.globals(); ++g) {
    const Confined& where = system_->confined()[g];
    double missing = contents[g];
    for (std::size_t i = where.first; i <= where.last; ++i) missing -= storage_[i][where.unknown];
    change_[where.first][where.unknown] = 0;
    global_[static_cast<Eigen::Index>(g)] = missing;
  }
}

template <Physics P>
void Newton<P>::update(State<M>& u, bool limited, NewtonOutcome& outcome) const {
  outcome.change = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const double d = change_[i][k], size = std::abs(d);
      if (!(size <= outcome.change)) outcome.change = size, outcome.node = i, outcome.equation = k;
      u.add(i, k, limited && size > 1 ? std::copysign(1 + std::log(size), d) : d);
    }
}

template <Physics P>
NewtonOutcome Newton<P>::solve(State<M>& u, const Instant<M>& instant, std::span<const double> contents,
                               const NewtonControls& controls) {
  NewtonOutcome outcome;
  while (outcome.iterations < controls.iterations) {
    if (controls.slowest == 0 || !usable_) {
      ++outcome.matrices;
      if (!prepare(u, instant)) return outcome;
      ratio_ = 1;
    } else {
      system_->storage(u, storage_), system_->balance(u, balance_);
    }
    residual(instant, contents);
    matrix_.solve(change_, global_);
    const double before = outcome.change;
    update(u, controls.limited, outcome);
    ++outcome.iterations;
    if (!std::isfinite(outcome.change)) return usable_ = false, outcome;
    // Hairer, Wanner, Solving Ordinary Differential Equations II, IV.8: the last ratio stands for the first of this
    // solve, but less and less.
    ratio_ = outcome.iterations > 1 ? std::min(outcome.change / before, 1.) : std::pow(ratio_, 0.8);
    if (outcome.change * ratio_ < controls.tolerance) return outcome.converged = true, outcome;
    if (ratio_ > controls.slowest && outcome.iterations > 1) usable_ = false;
  }
  return outcome;
}

}  // namespace nacre::fvm
