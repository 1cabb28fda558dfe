#pragma once
#include <Eigen/LU>
#include <complex>
#include <cstddef>
#include <optional>
#include <vector>

#include "engine/fvm/global_row.hpp"
#include "engine/math/chain_admittance.hpp"

namespace nacre::fvm {

/// The linear response of a driven physics about a state: how its current follows a small oscillation of its global
/// unknown, on which the conditions at the right end alone depend. The matrices are those of Newton's iteration and of
/// the integration in time; nothing is differentiated by hand.
template <Driven P>
class SmallSignal {
 public:
  using S = System<P>;
  static constexpr std::size_t M = S::M;

  explicit SmallSignal(const S& system)
      : system_(&system),
        conduction_(system.nodes()),
        storage_(system.nodes()),
        slopes_(system.nodes()),
        held_(system.nodes()),
        lost_(system.nodes()),
        column_(system.nodes()) {}

  /// Linearises about a steady state.
  void about(const State<M>& u);

  /// Current (with the displacement) through every cell per global unknown at an angular frequency above zero [1/s]:
  /// nothing where the equations are singular.
  std::optional<std::complex<double>> admittance(double angular_frequency) const;

 private:
  const S* system_;
  typename S::Matrix conduction_, storage_;
  std::vector<math::SmallMatrix<static_cast<int>(M)>> slopes_;  // of the storages
  typename S::Values held_, lost_, column_;
};

template <Driven P>
void SmallSignal<P>::about(const State<M>& u) {
  system_->linearise(u, 1, 0, storage_, held_, lost_);
  system_->linearise(u, 0, 1, conduction_, held_, lost_);
  for (std::size_t i = 0; i < system_->nodes(); ++i)
    for (std::size_t k = 0; k < M; ++k)
      slopes_[i][k] = system_->row(i, k) == Row::evolution ? storage_.node(i).own[k]
                                                           : typename math::SmallMatrix<static_cast<int>(M)>::Row{};
  slopes_by_global(*system_, u, 1, column_);
}

/// The chain to the left shows its admittance to the right end, where the rows of the last node decide the rest.
template <Driven P>
std::optional<std::complex<double>> SmallSignal<P>::admittance(double angular_frequency) const {
  using Number = std::complex<double>;
  using Square = Eigen::Matrix<Number, static_cast<int>(M), static_cast<int>(M)>;
  using Vector = Eigen::Matrix<Number, static_cast<int>(M), 1>;
  math::ComplexMatrix<static_cast<int>(M)> seen;
  if (!math::admittance_of_chain<static_cast<int>(M)>(conduction_, slopes_, angular_frequency, seen)) return {};
  const auto& end = conduction_.node(system_->nodes() - 1);
  Square to_flux, rows;
  Vector source;
  for (std::size_t r = 0; r < M; ++r)
    for (std::size_t c = 0; c < M; ++c) to_flux(static_cast<int>(r), static_cast<int>(c)) = seen.at(r, c);
  for (std::size_t r = 0; r < M; ++r) {
    const int row = static_cast<int>(r);
    for (std::size_t c = 0; c < M; ++c) {
      const int column = static_cast<int>(c);
      rows(row, column) = {end.own[r][c], angular_frequency * slopes_.back()[r][c]};
      if (!end.fixed[r]) rows(row, column) -= to_flux(row, column);
      for (std::size_t k = 0; end.fixed[r] && k < M; ++k)
        rows(row, column) += conduction_.last_flux()[r][k] * to_flux(static_cast<int>(k), column);
    }
    source(row) = -column_.back()[r];
    const double scale = rows.row(row).cwiseAbs().maxCoeff();
    if (!(scale > 0)) return {};
    rows.row(row) /= scale, source(row) /= scale;
  }
  const Vector flux = to_flux * rows.partialPivLu().solve(source);
  const auto weights = system_->physics().metered(system_->edge(system_->mesh().cells() - 1));
  Number current = 0;
  for (std::size_t k = 0; k < M; ++k)
    current += weights[k] * flux(static_cast<int>(k)) * (P::evolves[k] ? Number(1) : Number(0, angular_frequency));
  if (!std::isfinite(current.real()) || !std::isfinite(current.imag())) return {};
  return current;
}

}  // namespace nacre::fvm
