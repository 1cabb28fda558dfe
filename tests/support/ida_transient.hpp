#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "engine/fvm/system.hpp"
#include "tests/support/ida_handles.hpp"

namespace nacre::support {

/// A physics on a mesh in time by SUNDIALS IDA (BDF of variable order and step), as a second method beside
/// fvm::Transient:
///
///     F(t, u, u') = d storage/du u' + balance(u) = 0        evolving rows; the others: balance(u) = 0
///
/// with its full Jacobian and the finite volumes' own block solver behind IDA's interfaces. Parameters of the physics
/// stay as they are. IDA integrates unknowns, not storages: contents are kept to its tolerance alone.
template <fvm::Physics P>
class IdaTransient {
 public:
  using System = fvm::System<P>;
  using State = fvm::State<P::unknowns>;

  /// Tolerance of every unknown per step, in root mean square: relative |u| + absolute.
  IdaTransient(const System& system, double relative, double absolute);

  /// From a state whose conditions and balances without storage hold (fvm::Transient::start() makes them hold).
  bool start(const State& u, double first_step = 1e-15);
  /// Goes on to a later time [s], counted from start().
  bool advance(double time);

  const State& state() const { return u_; }
  long steps() const { return count(IDAGetNumSteps); }
  long rejected() const { return count(IDAGetNumErrTestFails); }
  long residuals() const { return count(IDAGetNumResEvals); }
  long factorisations() const { return count(IDAGetNumLinSolvSetups); }

 private:
  static constexpr std::size_t M = P::unknowns;
  using Chain = typename System::Matrix;
  using Solver = SundialsChain<Chain>;
  using Block = fvm::Block<double, M>;

  long count(int (*counter)(void*, long*)) const {
    long n = 0;
    counter(ida_.get(), &n);
    return n;
  }
  static int residual(double, N_Vector u, N_Vector rate, N_Vector out, void* self);
  static int jacobian(double, double cj, N_Vector u, N_Vector rate, N_Vector, SUNMatrix, void* self, N_Vector, N_Vector,
                      N_Vector);
  void take(N_Vector u) { std::memcpy(u_.value.data(), N_VGetArrayPointer(u), u_.nodes() * sizeof(Block)); }
  bool set_rate();
  void add_curvature(const Block* rate);
  template <class Visit>
  void for_halves(std::size_t node, Visit visit) const;
  bool evolves(std::size_t node, std::size_t k) const { return system_->row(node, k) == fvm::Row::evolution; }

  const System* system_;
  double relative_, absolute_;
  State u_;
  Chain chain_;
  typename System::Values storage_, balance_;
  OwnedContext context_ = make_context();
  OwnedVector y_, rate_;
  OwnedMatrix matrix_;
  OwnedSolver solver_;
  OwnedIda ida_;
};

template <fvm::Physics P>
IdaTransient<P>::IdaTransient(const System& system, double relative, double absolute)
    : system_(&system),
      relative_(relative),
      absolute_(absolute),
      u_(system.nodes()),
      chain_(system.nodes()),
      storage_(system.nodes()),
      balance_(system.nodes()),
      y_(N_VNew_Serial(static_cast<sunindextype>(M * system.nodes()), context_.get())),
      rate_(N_VClone(y_.get())),
      matrix_(Solver::matrix(chain_, context_.get())),
      solver_(Solver::solver(context_.get())) {}

template <fvm::Physics P>
bool IdaTransient<P>::start(const State& u, double first_step) {
  u_ = u;
  std::ranges::copy(u.value, Solver::blocks(y_.get(), u.nodes()).begin());
  if (!set_rate()) return false;
  ida_.reset(IDACreate(context_.get()));
  void* ida = ida_.get();
  return IDAInit(ida, residual, 0, y_.get(), rate_.get()) == 0 && IDASetUserData(ida, this) == 0 &&
         IDASStolerances(ida, relative_, absolute_) == 0 && IDASetInitStep(ida, first_step) == 0 &&
         IDASetMaxNumSteps(ida, 1000000) == 0 && IDASetLinearSolver(ida, solver_.get(), matrix_.get()) == 0 &&
         IDASetJacFn(ida, jacobian) == 0;
}

/// u' from the evolving rows and from the derivative of the others, which have no time in them.
template <fvm::Physics P>
bool IdaTransient<P>::set_rate() {
  system_->linearise(u_, 1, 0, chain_, storage_, balance_);
  auto rate = Solver::blocks(rate_.get(), u_.nodes());
  for (std::size_t i = 0; i < u_.nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k) rate[i][k] = evolves(i, k) ? -balance_[i][k] : 0;
  if (!chain_.factorise()) return false;
  chain_.solve(rate);
  return true;
}

template <fvm::Physics P>
bool IdaTransient<P>::advance(double time) {
  double reached = 0;
  IDASetStopTime(ida_.get(), time);
  const bool done = IDASolve(ida_.get(), time, &reached, y_.get(), rate_.get(), IDA_NORMAL) >= 0;
  take(y_.get());
  return done && reached == time;
}

/// Calls visit(corner, volume) for the halves of the cells beside a node.
template <fvm::Physics P>
template <class Visit>
void IdaTransient<P>::for_halves(std::size_t node, Visit visit) const {
  const fvm::Mesh& m = system_->mesh();
  if (node > 0) visit(fvm::Corner{m.region[node - 1], m.x[node]}, m.width[node - 1] / 2);
  if (node < m.cells()) visit(fvm::Corner{m.region[node], m.x[node]}, m.width[node] / 2);
}

template <fvm::Physics P>
int IdaTransient<P>::residual(double, N_Vector u, N_Vector rate, N_Vector out, void* self) {
  auto& me = *static_cast<IdaTransient*>(self);
  me.take(u);
  me.system_->balance(me.u_, me.balance_);
  const auto rates = Solver::blocks(rate, me.u_.nodes());
  for (std::size_t i = 0; i < me.u_.nodes(); ++i) {
    fvm::Block<math::Dual<1>, M> moving;
    for (std::size_t k = 0; k < M; ++k) moving[k] = {me.u_.value[i][k], math::Dual<1>::Slopes(rates[i][k])};
    me.for_halves(i, [&](const fvm::Corner& corner, double volume) {
      const auto held = me.system_->physics().storage(moving, corner);
      for (std::size_t k = 0; k < M; ++k)
        if (me.evolves(i, k)) me.balance_[i][k] += volume * held[k].slope[0];
    });
  }
  std::ranges::copy(me.balance_, Solver::blocks(out, me.u_.nodes()).begin());
  return std::isfinite(N_VL1Norm(out)) ? 0 : 1;
}

template <fvm::Physics P>
int IdaTransient<P>::jacobian(double, double cj, N_Vector u, N_Vector rate, N_Vector, SUNMatrix, void* self, N_Vector,
                              N_Vector, N_Vector) {
  auto& me = *static_cast<IdaTransient*>(self);
  me.take(u);
  me.system_->linearise(me.u_, cj, 1, me.chain_, me.storage_, me.balance_);
  me.add_curvature(Solver::blocks(rate, me.u_.nodes()).data());
  return 0;
}

/// Adds d(d storage/du u')/du, by central differences of the slopes along u'.
template <fvm::Physics P>
void IdaTransient<P>::add_curvature(const Block* rate) {
  using Number = math::Dual<static_cast<int>(M)>;
  for (std::size_t i = 0; i < u_.nodes(); ++i) {
    double fastest = 0;
    for (double r : rate[i]) fastest = std::max(fastest, std::abs(r));
    if (fastest == 0) continue;
    for (double side : {-1e-4, 1e-4}) {
      fvm::Block<Number, M> moved;
      for (std::size_t k = 0; k < M; ++k)
        moved[k] = Number::variable(u_.value[i][k] + side * rate[i][k] / fastest, static_cast<int>(k));
      for_halves(i, [&](const fvm::Corner& corner, double volume) {
        const auto held = system_->physics().storage(moved, corner);
        for (std::size_t k = 0; k < M; ++k)
          for (std::size_t j = 0; evolves(i, k) && j < M; ++j)
            chain_.node(i).own[k][j] += volume * held[k].slope[static_cast<int>(j)] * fastest / (2 * side);
      });
    }
  }
}

}  // namespace nacre::support
