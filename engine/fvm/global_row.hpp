#pragma once
#include <cstddef>
#include <vector>

#include "engine/fvm/system.hpp"

namespace nacre::fvm {

/// Derivatives of the rows at the ends by the global unknown of a driven physics, of a balance times a; other nodes of
/// `column` stay as they are.
template <Driven P>
void slopes_by_global(const System<P>& system, const State<P::unknowns>& u, double a,
                      typename System<P>::Values& column) {
  using Number = math::Dual<1>;
  constexpr std::size_t M = P::unknowns;
  for (Side side : {Side::left, Side::right}) {
    const std::size_t i = side == Side::left ? 0 : system.nodes() - 1;
    const auto through = system.flux(u, side == Side::left ? 0 : system.mesh().cells() - 1);
    Block<Number, M> here, flow;
    for (std::size_t k = 0; k < M; ++k) here[k] = u.value[i][k], flow[k] = through[k];
    const auto boundary = system.physics().boundary(here, flow, side, Number::variable(u.global, 0));
    for (std::size_t k = 0; k < M; ++k) {
      if (system.row(i, k) == Row::absent) continue;
      column[i][k] = (boundary.fixed[k] || !P::evolves[k] ? 1 : a) * boundary.value[k].slope[0];
    }
  }
}

/// The equation of a driven physics' global unknown on a mesh: values, and its place in the border of the matrix. Its
/// residual weighs fluxes through all cells, so that what an unfinished iteration leaves in a few of them is averaged
/// out.
template <Driven P>
class GlobalRow {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;
  using Values = typename S::Values;

  explicit GlobalRow(const S& system) : system_(&system) {
    double sum = 0;
    for (std::size_t c = 0; c < system.mesh().cells(); ++c) sum += system.physics().share(system.edge(c));
    for (std::size_t c = 0; c < system.mesh().cells(); ++c) {
      weights_.push_back(system.physics().metered(system.edge(c)));
      for (double& weight : weights_.back()) weight *= system.physics().share(system.edge(c)) / sum;
    }
  }

  bool evolves() const { return system_->physics().lumped_evolves(); }
  /// Storage and balance, fluxes included.
  Lumped<double> evaluate(const State<M>& u) const;
  /// Derivatives of s storage + a balance (of the balance alone where it does not evolve): by the unknowns (`foot`) and
  /// by the global one (`corner`); those of the conditions at the ends by the global unknown (`column`). `matrix`: of
  /// the system, made with the same s and a.
  void linearise(const State<M>& u, double s, double a, const typename S::Matrix& matrix, Values& column, Values& foot,
                 double& corner) const;

 private:
  const S* system_;
  Values weights_;
};

template <Driven P>
Lumped<double> GlobalRow<P>::evaluate(const State<M>& u) const {
  const auto lumped = system_->physics().lumped(math::Dual<1>(u.global));
  Lumped<double> row{math::value(lumped.storage), math::value(lumped.balance)};
  if (!evolves()) return row;
  for (std::size_t c = 0; c < weights_.size(); ++c) {
    const auto f = system_->flux(u, c);
    for (std::size_t k = 0; k < M; ++k) (P::evolves[k] ? row.balance : row.storage) += weights_[c][k] * f[k];
  }
  return row;
}

template <Driven P>
void GlobalRow<P>::linearise(const State<M>& u, double s, double a, const typename S::Matrix& matrix, Values& column,
                             Values& foot, double& corner) const {
  using Number = math::Dual<1>;
  const auto lumped = system_->physics().lumped(Number::variable(u.global, 0));
  for (auto& block : foot) block.fill(0);
  if (evolves()) {
    corner = s * lumped.storage.slope[0] + a * lumped.balance.slope[0];
    for (std::size_t c = 0; c < weights_.size(); ++c)
      for (std::size_t k = 0; k < M; ++k) {
        // The matrix holds rows that evolve times a already.
        const double weight = P::evolves[k] ? weights_[c][k] : s * weights_[c][k];
        const auto &step = matrix.cell(c).step[k], &left = matrix.cell(c).left[k];
        for (std::size_t j = 0; j < M; ++j)
          foot[c][j] += weight * (left[j] - step[j]), foot[c + 1][j] += weight * step[j];
      }
  } else {
    corner = lumped.balance.slope[0];
  }
  slopes_by_global(*system_, u, a, column);
}

}  // namespace nacre::fvm
