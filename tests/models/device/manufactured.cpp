#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "engine/fvm/newton.hpp"
#include "models/device/drift_diffusion.hpp"
#include "tests/support/full_led.hpp"

using namespace nacre;

namespace {

using Device = device::DriftDiffusion<1>;
using Values = fvm::Block<double, 4>;
constexpr double length = 30e-9;

/// Levels with carriers and vacancies crowded by a tenth, in a field that does not turn.
Values exact(double x) {
  const double s = x / length, wave = 2 * std::numbers::pi * s;
  const double psi = -141 + 3 * s + 0.3 * std::sin(wave);
  return {psi, 1 + 0.8 * std::cos(wave), 74 + 2 * s - 0.5 * std::sin(wave), psi + 0.4 * std::cos(wave)};
}

/// The crystals of the LED with every term, and sources that make exact() their steady state.
struct Manufactured {
  static constexpr std::size_t unknowns = 4;
  static constexpr auto evolves = Device::evolves;
  static constexpr std::array<std::size_t, 0> kept{};
  template <class T>
  using Block = fvm::Block<T, 4>;
  Device device;

  static Values flux_at(const Device& device, double x) {
    constexpr double h = 1e-12;
    const Values a = exact(x - h / 2), b = exact(x + h / 2);
    Values step;
    for (std::size_t k = 0; k < 4; ++k) step[k] = b[k] - a[k];
    return device.flux(a, b, step, {0, x, h});
  }

  bool present(std::size_t, std::size_t) const { return true; }
  template <class T>
  Block<T> storage(const Block<T>& u, const fvm::Corner& at) const {
    return device.storage(u, at);
  }
  template <class T>
  Block<T> flux(const Block<T>& a, const Block<T>& b, const Block<T>& step, const fvm::Edge& at) const {
    return device.flux(a, b, step, at);
  }
  template <class T>
  Block<T> reaction(const Block<T>& u, const fvm::Corner& at) const {
    constexpr double d = length / 300;
    Block<T> r = device.reaction(u, at);
    const Values lost = device.reaction(exact(at.x), at);
    const auto flux_from = [&](double shift) { return flux_at(device, at.x + shift); };
    const Values up = flux_from(d), down = flux_from(-d), far_up = flux_from(2 * d), far_down = flux_from(-2 * d);
    for (std::size_t k = 0; k < 4; ++k)
      r[k] -= lost[k] + (8 * (up[k] - down[k]) - (far_up[k] - far_down[k])) / (12 * d);
    return r;
  }
  template <class T>
  fvm::Boundary<T, 4> boundary(const Block<T>& u, const Block<T>&, fvm::Side side) const {
    fvm::Boundary<T, 4> b;
    const Values at = exact(side == fvm::Side::left ? 0 : length);
    for (std::size_t k = 0; k < 4; ++k) b.fixed[k] = true, b.value[k] = u[k] - at[k];
    return b;
  }
};

Values worst_error(std::size_t cells) {
  auto stack = support::full_led();
  stack.layers = {stack.layers[1]}, stack.interfaces.clear();
  stack.layers[0].poole_frenkel_electron = 2e-4, stack.layers[0].poole_frenkel_hole = 1e-4;
  stack.layers[0].mobility_hole = 3e-7;
  const Manufactured physics{Device(stack)};
  const fvm::Mesh mesh = fvm::layered_mesh(std::array{fvm::Layer{length, cells, 0.3}});
  const fvm::System<Manufactured> system(physics, mesh);
  fvm::Newton<Manufactured> newton(system, fvm::Newton<Manufactured>::Border::none);
  fvm::State<4> u(mesh.nodes());
  for (std::size_t i = 0; i < mesh.nodes(); ++i) u.value[i] = exact(mesh.x[i]);
  REQUIRE(newton.solve(u, {}, {}, {}).converged);
  Values worst{};
  for (std::size_t i = 0; i < mesh.nodes(); ++i)
    for (std::size_t k = 0; k < 4; ++k) worst[k] = std::max(worst[k], std::abs(u.value[i][k] - exact(mesh.x[i])[k]));
  return worst;
}

}  // namespace

TEST_CASE("a manufactured solution with crowding, Auger, traps of vacancies and raised mobilities: second order") {
  const Values coarse = worst_error(40), fine = worst_error(80), finest = worst_error(160);
  for (std::size_t k = 0; k < 4; ++k) {
    CAPTURE(k, coarse[k], fine[k], finest[k]);
    CHECK(coarse[k] < 0.1);
    CHECK(std::log2(coarse[k] / fine[k]) == Approx(2).margin(0.15));
    CHECK(std::log2(fine[k] / finest[k]) == Approx(2).margin(0.1));
  }
}
