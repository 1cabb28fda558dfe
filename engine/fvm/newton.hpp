#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/fvm/system.hpp"

namespace nacre::fvm {

/// When Newton's iteration ends, and how far it may go at once.
struct NewtonControls {
  double tolerance = 1e-10;  ///< of the unknowns; the error left is estimated from above as the last change times the
                             ///< last ratio of two changes
  int iterations = 80;
  bool limited = true;  ///< changes d beyond one are cut to sign(d)(1 + ln|d|)
};

/// How an iteration ended.
struct NewtonOutcome {
  bool converged = false;
  int iterations = 0;
  double change = 0;         ///< largest change of an unknown in the last step
  std::size_t node = 0;      ///< where it was
  std::size_t equation = 0;  ///< and of which unknown
};

/// Full Newton for  s storage(u) + a balance(u) = target  (evolving rows; the others: balance(u) = 0), with its
/// workspace. Border = 0: a step in time. Border = System::G: a steady state whose kept unknowns have the given
/// contents.
template <Physics P, int Border>
class Newton {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;
  using Contents = std::array<double, static_cast<std::size_t>(Border)>;

  explicit Newton(const S& system)
      : system_(&system),
        matrix_(system.nodes()),
        change_(system.nodes()),
        storage_(system.nodes()),
        balance_(system.nodes()) {}

  /// Improves u. `target` may be null (zero). `contents`: sums of the storages of the kept unknowns.
  NewtonOutcome solve(State<M>& u, double s, double a, const typename S::Values* target, const Contents& contents,
                      const NewtonControls& controls);

  /// Storage and balance before the last step of solve().
  const typename S::Values& storage() const { return storage_; }
  const typename S::Values& balance() const { return balance_; }
  /// Solves with the matrix of the last step.
  void apply(typename S::Values& rhs) const {
    Contents none{};
    matrix_.solve(rhs, none);
  }

 private:
  Contents residual(const State<M>& u, double s, double a, const typename S::Values* target, const Contents& contents);
  void update(State<M>& u, bool limited, NewtonOutcome& outcome) const;

  const S* system_;
  typename S::template Matrix<Border> matrix_;
  typename S::Values change_, storage_, balance_;
};

template <Physics P, int Border>
typename Newton<P, Border>::Contents Newton<P, Border>::residual(const State<M>&, double s, double a,
                                                                 const typename S::Values* target,
                                                                 const Contents& contents) {
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const bool evolves = system_->row(i, k) == Row::evolution;
      const double known = target != nullptr && evolves ? (*target)[i][k] : 0;
      change_[i][k] = evolves ? (known - (s != 0 ? s * storage_[i][k] : 0)) - a * balance_[i][k] : -balance_[i][k];
    }
  Contents missing = contents;
  for (std::size_t g = 0; g < missing.size(); ++g) {
    const std::size_t k = P::kept[g], pin = system_->first_node(k);
    for (const auto& held : storage_) missing[g] -= held[k];
    auto& node = matrix_.node(pin);
    node.own[k].fill(0), node.fixed[k] = true;
    node.own[k][k] = 1, node.column[k][g] = -1, change_[pin][k] = 0;  // the unknown there is the global one
  }
  return missing;
}

template <Physics P, int Border>
void Newton<P, Border>::update(State<M>& u, bool limited, NewtonOutcome& outcome) const {
  outcome.change = 0;
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) {
      const double d = change_[i][k], size = std::abs(d);
      if (!(size <= outcome.change)) outcome.change = size, outcome.node = i, outcome.equation = k;
      u.add(i, k, limited && size > 1 ? std::copysign(1 + std::log(size), d) : d);
    }
}

template <Physics P, int Border>
NewtonOutcome Newton<P, Border>::solve(State<M>& u, double s, double a, const typename S::Values* target,
                                       const Contents& contents, const NewtonControls& controls) {
  NewtonOutcome outcome;
  while (outcome.iterations < controls.iterations) {
    system_->linearise(u, s, a, matrix_, storage_, balance_);
    Contents global = residual(u, s, a, target, contents);
    if (!matrix_.factorise()) return outcome;
    matrix_.solve(change_, global);
    const double before = outcome.change;
    update(u, controls.limited, outcome);
    ++outcome.iterations;
    if (!std::isfinite(outcome.change)) return outcome;
    const double left =
        outcome.iterations > 1 && outcome.change < before ? outcome.change * outcome.change / before : outcome.change;
    if (left < controls.tolerance) {
      outcome.converged = true;
      return outcome;
    }
  }
  return outcome;
}

}  // namespace nacre::fvm
