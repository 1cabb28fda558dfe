#include "models/device/equilibrium.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/math/bordered_chain.hpp"
#include "engine/math/roots.hpp"
#include "models/device/solver.hpp"

namespace nacre::device {
namespace {

template <std::size_t Species>
class Equilibrium {
 public:
  using State = typename OnMesh<Species>::State;
  using S = fvm::System<DriftDiffusion<Species>>;

  explicit Equilibrium(const OnMesh<Species>& device)
      : device_(device),
        system_(device.system()),
        whole_(system_.nodes()),
        slopes_(system_.nodes()),
        storage_(system_.nodes()),
        balance_(system_.nodes()),
        matrix_(system_.nodes(), system_.confined().size()),
        step_(system_.nodes()) {}

  bool solve(State& u) {
    u = device_.start();
    fill(u);
    for (int iteration = 0; iteration < most_steps; ++iteration) {
      if (system_.is_interrupted() || !find_step(u)) return false;
      const double largest = size_of_step();
      if (!std::isfinite(largest)) return false;
      const double length = largest < small ? 1 : search(u);
      if (length == 0) return false;
      u = along(u, length);
      if (largest < small) return true;
    }
    return false;
  }

 private:
  static constexpr int most_steps = 2000;
  static constexpr double small = 1e-8;  // kT

  double content_of(const fvm::Confined& where) const {
    double content = 0;
    for (std::size_t i = where.first; i <= where.last; ++i) content += storage_[i][where.unknown];
    return content;
  }

  /// Gives ions where they are confined the level with which there are as many as there should be.
  void fill(State& u) {
    for (std::size_t g = 0; g < system_.confined().size(); ++g) {
      const fvm::Confined& where = system_.confined()[g];
      const double wanted = device_.contents()[g];
      const auto excess = [&](double level) {  // as a logarithm: rises by less than the level does
        for (std::size_t i = where.first; i <= where.last; ++i) u.value[i][where.unknown] = level;
        system_.storage(u, storage_);
        return std::log(content_of(where) / wanted);
      };
      double level = lowest(u, where), above = excess(level);
      level -= above;
      if (above = excess(level); std::abs(above) < 1e-12) continue;
      double other = level, step = above;
      do other -= std::exchange(step, 2 * step);
      while ((excess(other) > 0) == (above > 0) && std::isfinite(step));
      excess(math::brent_root(excess, level, other, {.absolute = 1e-13}).x);
    }
  }

  /// A level with which ions are nowhere denser than in the mean, and that dense somewhere.
  double lowest(const State& u, const fvm::Confined& where) const {
    double level = std::numeric_limits<double>::infinity();
    for (std::size_t i = where.first; i <= where.last; ++i)
      level = std::min(level, charge_of(where) * u.value[i][potential]);
    return level;
  }

  double charge_of(const fvm::Confined& where) const {
    for (const LayerTerms& layer : device_.physics().layers)
      if (const IonTerms& ion = layer.ions[where.unknown - vacancy]; ion.density > 0) return ion.charge;
    return 0;
  }

  bool is_held(std::size_t node) const { return system_.row(node, potential) == fvm::Row::condition; }

  /// Newton's step of the potential, with the ions' levels eliminated.
  bool find_step(const State& u) {
    constexpr std::size_t psi = potential;
    system_.linearise(u, 0, 1, whole_, storage_, balance_);
    matrix_.set_zero();
    auto& chain = matrix_.chain();
    for (std::size_t i = 0; i < system_.nodes(); ++i) {
      if (is_held(i)) chain.make_condition(i, 0);
      chain.node(i).own[0][0] = is_held(i) ? 1 : whole_.node(i).own[psi][psi];
      if (i + 1 < system_.nodes()) chain.cell(i).step[0][0] = whole_.cell(i).step[psi][psi];
      step_[i][0] = is_held(i) ? 0 : -balance_[i][potential];
    }
    Globals levels = Globals::Zero(static_cast<Eigen::Index>(matrix_.globals()));
    for (std::size_t g = 0; g < matrix_.globals(); ++g) {
      const fvm::Confined& where = system_.confined()[g];
      system_.content_slopes(u, where, slopes_);
      double& corner = matrix_.corner()(static_cast<Eigen::Index>(g), static_cast<Eigen::Index>(g));
      for (std::size_t i = where.first; i <= where.last; ++i) {
        corner += slopes_[i][where.unknown];
        matrix_.foot(g)[i][0] = slopes_[i][potential];
        if (!is_held(i)) matrix_.column(g)[i][0] = whole_.node(i).own[psi][where.unknown];
      }
    }
    if (!matrix_.factorise()) return false;
    matrix_.solve(step_, levels);
    return true;
  }

  double size_of_step() const {
    double largest = 0;
    for (const auto& change : step_)
      if (!(std::abs(change[0]) <= largest)) largest = std::abs(change[0]);
    return largest;
  }

  State along(const State& u, double length) {
    State there = u;
    for (std::size_t i = 0; i < there.nodes(); ++i) there.add(i, potential, length * step_[i][0]);
    fill(there);
    return there;
  }

  /// Slope of the energy along the step: its gradient is what Poisson's equation lacks.
  double slope(const State& u) {
    system_.balance(u, balance_);
    double sum = 0;
    for (std::size_t i = 0; i < system_.nodes(); ++i)
      if (!is_held(i)) sum += balance_[i][potential] * step_[i][0];
    return sum;
  }

  /// How far to go: until half of the slope is gone, or it has turned by no more than that; zero where there is no way.
  double search(const State& u) {
    const double start = slope(u);
    double low = 0, high = std::numeric_limits<double>::infinity(), length = 1;
    for (int trial = 0; trial < 200; ++trial) {
      const double there = slope(along(u, length)) / start;
      if (there <= 0.5 && there >= -0.5) return length;
      (there > 0.5 ? low : high) = length;
      if (std::isinf(high))
        length *= 2;
      else
        length = low > 0.1 * high ? (low + high) / 2 : std::max(low * 2, high / 10);
    }
    return low;
  }

  using Globals = math::BorderedChain<1>::Globals;

  const OnMesh<Species>& device_;
  const S& system_;
  typename S::Matrix whole_;
  typename S::Values slopes_, storage_, balance_;
  math::BorderedChain<1> matrix_;
  std::vector<std::array<double, 1>> step_;
};

}  // namespace

template <std::size_t Species>
bool equilibrate(const OnMesh<Species>& device, typename OnMesh<Species>::State& u) {
  return Equilibrium<Species>(device).solve(u);
}

template bool equilibrate(const OnMesh<0>& device, OnMesh<0>::State& u);
template bool equilibrate(const OnMesh<1>& device, OnMesh<1>::State& u);
template bool equilibrate(const OnMesh<2>& device, OnMesh<2>::State& u);
template bool equilibrate(const OnMesh<3>& device, OnMesh<3>::State& u);
template bool equilibrate(const OnMesh<5>& device, OnMesh<5>::State& u);

}  // namespace nacre::device
