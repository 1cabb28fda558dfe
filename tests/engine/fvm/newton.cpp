#include "engine/fvm/newton.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/fvm/sweep.hpp"
#include "tests/support/derivatives.hpp"
#include "tests/support/toy_physics.hpp"

using namespace nacre;
using support::ClosedBox;
using support::HeatedBar;

namespace {

fvm::Mesh unit_mesh(std::size_t cells, double end_spacing) {
  return fvm::layered_mesh(
      std::array{fvm::Layer{0.5, cells / 2, end_spacing}, fvm::Layer{0.5, cells / 2, end_spacing}});
}

/// Largest error of the manufactured steady solution.
double manufactured_error(std::size_t cells) {
  const HeatedBar bar;
  const fvm::Mesh mesh = unit_mesh(cells, 0.1);
  const fvm::System<HeatedBar> system(bar, mesh);
  fvm::Newton<HeatedBar> newton(system, fvm::Newton<HeatedBar>::Border::contents);
  fvm::State<1> u(mesh.nodes());
  REQUIRE(newton.solve(u, {}, {}, {}).converged);
  double worst = 0;
  for (std::size_t i = 0; i < mesh.nodes(); ++i)
    worst = std::max(worst, std::abs(std::exp(u.value[i][0]) - bar.exact(mesh.x[i])));
  return worst;
}

/// At one end a root of u over sqrt|u|, from which Newton's iteration goes to the mirror image, and back.
struct Swing {
  static constexpr std::size_t unknowns = 1;
  static constexpr std::array<bool, 1> evolves{false};
  static constexpr std::array<std::size_t, 0> kept{};
  template <class T>
  using Block = fvm::Block<T, 1>;

  bool present(std::size_t, std::size_t) const { return true; }
  template <class T>
  Block<T> storage(const Block<T>&, const fvm::Corner&) const {
    return {T(0)};
  }
  template <class T>
  Block<T> reaction(const Block<T>&, const fvm::Corner&) const {
    return {T(0)};
  }
  template <class T>
  Block<T> flux(const Block<T>&, const Block<T>&, const Block<T>& step, const fvm::Edge& edge) const {
    return {-step[0] / edge.length};
  }
  template <class T>
  fvm::Boundary<T, 1> boundary(const Block<T>& u, const Block<T>&, fvm::Side side) const {
    using std::sqrt;
    if (side == fvm::Side::right) return {{true}, {u[0]}};
    return {{true}, {u[0] / sqrt(sqrt(u[0] * u[0] + 1e-6))}};
  }
};

}  // namespace

TEST_CASE("an iteration that goes to and fro is damped until it ends") {
  const fvm::Mesh mesh = unit_mesh(4, 0.5);
  const fvm::System<Swing> system(Swing{}, mesh);
  fvm::Newton<Swing> newton(system, fvm::Newton<Swing>::Border::contents);
  const auto solve = [&](int patience) {
    fvm::State<1> u(mesh.nodes());
    u.add(0, 0, 0.9);
    const auto outcome = newton.solve(u, {}, {}, {.patience = patience});
    CHECK(outcome.converged == (std::abs(u.value[0][0]) < 1e-9));
    return outcome.converged;
  };
  CHECK(solve(15));
  CHECK_FALSE(solve(1000));
}

TEST_CASE("toy physics: derivatives agree with differences") {
  CHECK(support::DerivativeCheck<HeatedBar>(HeatedBar{}, {0.3}, 1).worst(1) < 1e-9);
  CHECK(support::DerivativeCheck<ClosedBox>(ClosedBox{}, {0.3, 0.2}, 1).worst(1) < 1e-9);
}

TEST_CASE("a manufactured steady solution converges with second order on a graded mesh") {
  const double coarse = manufactured_error(40), fine = manufactured_error(80), finest = manufactured_error(160);
  CHECK(std::log2(coarse / fine) == Approx(2).margin(0.1));
  CHECK(std::log2(fine / finest) == Approx(2).margin(0.05));
}

TEST_CASE("the matrix of a system is the derivative of its residual") {
  ClosedBox box;
  const fvm::Mesh mesh = unit_mesh(10, 0.3);
  const fvm::System<ClosedBox> system(box, mesh);
  using System = fvm::System<ClosedBox>;
  fvm::State<2> u(mesh.nodes());
  for (std::size_t i = 0; i < mesh.nodes(); ++i)
    u.value[i] = {0.3 * std::sin(3 * mesh.x[i]), 0.2 * std::cos(5 * mesh.x[i])};
  constexpr double s = 0.7, a = 0.3, h = 1e-5;
  System::Matrix matrix(mesh.nodes());
  System::Values held(mesh.nodes()), balance(mesh.nodes());
  system.linearise(u, s, a, matrix, held, balance);
  /// d residual(node i, row r)/d u(node j, k) from the parts of the chain.
  const auto entry = [&](std::size_t i, std::size_t r, std::size_t j, std::size_t k) {
    double sum = i == j ? matrix.node(i).own[r][k] : 0;
    if (matrix.node(i).fixed[r]) return sum;
    const auto flux = [&](std::size_t cell) {
      const auto& c = matrix.cell(cell);
      return j == cell ? c.left[r][k] - c.step[r][k] : j == cell + 1 ? c.step[r][k] : 0;
    };
    if (i + 1 < mesh.nodes()) sum += flux(i);
    if (i > 0) sum -= flux(i - 1);
    return sum;
  };
  const auto residual = [&](std::size_t j, std::size_t k, double change) {
    fvm::State<2> moved = u;
    moved.add(j, k, change);
    System::Values values(mesh.nodes()), stored(mesh.nodes());
    system.balance(moved, values);
    system.storage(moved, stored);
    for (std::size_t i = 0; i < mesh.nodes(); ++i) values[i][1] = s * stored[i][1] + a * values[i][1];
    return values;
  };
  for (std::size_t j = 0; j < mesh.nodes(); ++j)
    for (std::size_t k = 0; k < 2; ++k) {
      const auto up = residual(j, k, h), down = residual(j, k, -h);
      for (std::size_t i = 0; i < mesh.nodes(); ++i)
        for (std::size_t r = 0; r < 2; ++r)
          CHECK(entry(i, r, j, k) == Approx((up[i][r] - down[i][r]) / (2 * h)).epsilon(1e-7).margin(1e-7));
    }
}

TEST_CASE("an interface transfers by its own law, with a sink amid it; a condition may name the flux at its end") {
  const support::JoinedBars bars;
  const std::array<std::size_t, 3> interfaces{0, 2, 0};
  const fvm::Mesh mesh = fvm::layered_mesh(std::array{fvm::Layer{0.5, 5, 0.5}, fvm::Layer{0.5, 5, 0.5}}, interfaces);
  const fvm::System<support::JoinedBars> system(bars, mesh);
  fvm::Newton<support::JoinedBars> newton(system, fvm::Newton<support::JoinedBars>::Border::contents);
  fvm::State<1> u(mesh.nodes());
  REQUIRE(newton.solve(u, {}, {}, {}).converged);
  // Resistances 1 + 1/2 + 1/v, then 1/v + 1/2: with f on the left, 1 = -f (2 + 2/v) + sink (1/v + 1/2).
  const double f = -(1 - bars.sink * (1 / bars.velocity + 0.5)) / (2 + 2 / bars.velocity);
  CHECK(system.flux(u, 0)[0] == Approx(f).epsilon(1e-13));
  CHECK(system.flux(u, 5)[0] == Approx(f).epsilon(1e-13));
  CHECK(system.flux(u, 6)[0] == Approx(f - bars.sink).epsilon(1e-13));
  CHECK(u.value[0][0] == Approx(-f).epsilon(1e-13));
}

TEST_CASE("a kept content is met, flat in its level, and Poisson-Boltzmann holds") {
  ClosedBox box;
  const fvm::Mesh mesh = unit_mesh(400, 0.05);
  const fvm::System<ClosedBox> system(box, mesh);
  fvm::Newton<ClosedBox> newton(system, fvm::Newton<ClosedBox>::Border::contents);
  fvm::State<2> u(mesh.nodes());
  const std::array biases{0., 0.01};
  const auto outcome = fvm::sweep(
      newton, u, std::array{1.}, biases, [&](double v) { box.bias = v; }, [](std::size_t, const auto&) {});
  REQUIRE(outcome.complete);
  fvm::System<ClosedBox>::Values held(mesh.nodes());
  system.storage(u, held);
  double content = 0;
  for (const auto& h : held) content += h[1];
  CHECK(content == Approx(1).epsilon(1e-13));
  for (std::size_t i = 1; i < mesh.nodes(); ++i) CHECK(std::abs(u.difference(i - 1, i)[1]) < 1e-16);
  // Debye-Hueckel: psi = (V/2) sinh(kappa (x - 1/2))/sinh(kappa/2), to the square of the potential.
  for (std::size_t i = 0; i < mesh.nodes(); ++i)
    CHECK(u.value[i][0] ==
          Approx(0.005 * std::sinh(20 * (mesh.x[i] - 0.5)) / std::sinh(10.)).margin(0.005 * 0.005 + 0.005 * 1e-3));
}

TEST_CASE("a sweep that cannot go on keeps what it has") {
  ClosedBox box;
  const fvm::Mesh mesh = unit_mesh(20, 1);
  const fvm::System<ClosedBox> system(box, mesh);
  fvm::Newton<ClosedBox> newton(system, fvm::Newton<ClosedBox>::Border::contents);
  fvm::State<2> u(mesh.nodes());
  std::size_t kept = 0;
  const std::array biases{0., 1., std::nan("")};
  const auto outcome = fvm::sweep(
      newton, u, std::array{1.}, biases, [&](double v) { box.bias = v; }, [&](std::size_t, const auto&) { ++kept; });
  CHECK_FALSE(outcome.complete);
  CHECK(kept == 2);
  CHECK(outcome.reached == 1);
  CHECK(std::isfinite(u.value[5][0]));
}
