#include "engine/fvm/transient.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/toy_physics.hpp"

using namespace nacre;
using support::ClosedBox;
using support::HeatedBar;

namespace {

/// Error at t = 1 of the manufactured solution with `steps` equal steps; space is so fine that time decides.
double time_error(int steps, std::vector<double>* solution = nullptr) {
  HeatedBar bar;
  const fvm::Mesh mesh = fvm::layered_mesh(std::array{fvm::Layer{1, 200, 1}});
  const fvm::System<HeatedBar> system(bar, mesh);
  fvm::State<1> u(mesh.nodes());
  for (std::size_t i = 0; i < mesh.nodes(); ++i) u.value[i][0] = std::log(bar.exact(mesh.x[i]));
  // Equal steps: no error is too large, and no step grows.
  fvm::Transient<HeatedBar> transient(
      system,
      {.tolerance = 1e9, .first_step = 1. / steps, .growth = 1, .newton = {.tolerance = 1e-9, .iterations = 20}});
  REQUIRE(transient.start(u));
  REQUIRE(transient.advance(0, 1, [&](double t) { bar.time = t; }) == fvm::TransientStatus::done);
  REQUIRE(transient.effort().steps == steps);
  double worst = 0;
  for (std::size_t i = 0; i < mesh.nodes(); ++i) {
    worst = std::max(worst, std::abs(std::exp(transient.state().value[i][0]) - bar.exact(mesh.x[i])));
    if (solution) solution->push_back(std::exp(transient.state().value[i][0]));
  }
  return worst;
}

struct Box {
  ClosedBox physics;
  fvm::Mesh mesh = fvm::layered_mesh(std::array{fvm::Layer{1, 100, 0.05}});
  fvm::System<ClosedBox> system{physics, mesh};
  fvm::Transient<ClosedBox> transient{system, {.tolerance = 1e-4, .first_step = 1e-8}};
};

double content(const fvm::System<ClosedBox>& system, const fvm::State<2>& u) {
  fvm::System<ClosedBox>::Values held(system.nodes());
  system.storage(u, held);
  double sum = 0;
  for (const auto& h : held) sum += h[1];
  return sum;
}

}  // namespace

TEST_CASE("TR-BDF2 is of second order") {
  std::vector<double> exact;
  time_error(2560, &exact);
  const auto error = [&](int steps) {
    std::vector<double> u;
    time_error(steps, &u);
    double worst = 0;
    for (std::size_t i = 0; i < u.size(); ++i) worst = std::max(worst, std::abs(u[i] - exact[i]));
    return worst;
  };
  const double coarse = error(20), fine = error(40), finest = error(80);
  CAPTURE(coarse, fine, finest);
  CHECK(std::log2(coarse / fine) == Approx(2).margin(0.2));
  CHECK(std::log2(fine / finest) == Approx(2).margin(0.1));
  CHECK(time_error(1280) < 2e-4);  // what is left is space
}

TEST_CASE("a step of the bias keeps the charges and moves the potential; then content is kept to round-off") {
  Box box;
  fvm::State<2> u(box.mesh.nodes());
  box.physics.bias = 6;
  REQUIRE(box.transient.start(u));
  const auto& at_once = box.transient.state();
  for (std::size_t i = 0; i < box.mesh.nodes(); ++i) {
    CHECK(at_once.value[i][0] == Approx(6 * (box.mesh.x[i] - 0.5)).margin(1e-12));
    CHECK(at_once.value[i][1] - at_once.value[i][0] == Approx(0).margin(1e-13));
  }
  REQUIRE(box.transient.advance(0, 3, [](double) {}) == fvm::TransientStatus::done);
  CHECK(content(box.system, box.transient.state()) == Approx(1).epsilon(1e-13));
  CHECK(box.transient.effort().not_converged == 0);

  fvm::Newton<ClosedBox, 1> newton(box.system);
  fvm::State<2> rest = box.transient.state();
  REQUIRE(newton.solve(rest, 0, 1, nullptr, {1.}, {}).converged);
  for (std::size_t i = 0; i < box.mesh.nodes(); ++i)
    CHECK(box.transient.state().value[i][0] == Approx(rest.value[i][0]).margin(1e-6));
}

TEST_CASE("a smaller tolerance gives a smaller error") {
  const auto charge = [](double tolerance) {
    Box box;
    fvm::Transient<ClosedBox> transient(box.system, {.tolerance = tolerance, .first_step = 1e-8});
    box.physics.bias = 6;
    REQUIRE(transient.start(fvm::State<2>(box.mesh.nodes())));
    REQUIRE(transient.advance(0, 5e-3, [](double) {}) == fvm::TransientStatus::done);
    return transient.state().difference(0, 1)[0] / box.mesh.width[0];
  };
  const double exact = charge(1e-6);
  CHECK(std::abs(charge(1e-4) / exact - 1) < 3e-4);
  CHECK(std::abs(charge(1e-5) / exact - 1) < 5e-5);
}

TEST_CASE("a copy continues bit by bit") {
  Box box;
  box.physics.bias = 3;
  REQUIRE(box.transient.start(fvm::State<2>(box.mesh.nodes())));
  REQUIRE(box.transient.advance(0, 1e-3, [](double) {}) == fvm::TransientStatus::done);
  fvm::Transient<ClosedBox> copy = box.transient;
  REQUIRE(box.transient.advance(1e-3, 1e-1, [](double) {}) == fvm::TransientStatus::done);
  REQUIRE(copy.advance(1e-3, 1e-1, [](double) {}) == fvm::TransientStatus::done);
  for (std::size_t i = 0; i < box.mesh.nodes(); ++i) {
    CHECK(copy.state().value[i] == box.transient.state().value[i]);
    CHECK(copy.state().rest[i] == box.transient.state().rest[i]);
  }
}

TEST_CASE("a step that no smaller step can reach is reported") {
  Box box;
  REQUIRE(box.transient.start(fvm::State<2>(box.mesh.nodes())));
  CHECK(box.transient.advance(0, 1, [&](double t) { box.physics.bias = t > 0.5 ? std::nan("") : 0; }) ==
        fvm::TransientStatus::step_too_small);
}
