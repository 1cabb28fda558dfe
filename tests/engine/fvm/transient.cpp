#include "engine/fvm/transient.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/toy_physics.hpp"

using namespace nacre;
using support::ClosedBox;
using support::HeatedBar;

namespace {

/// Error at t = 1 of the manufactured solution with `steps` equal steps; space is so fine that time decides.
double time_error(int steps, const fvm::Esdirk* method, std::vector<double>* solution = nullptr) {
  HeatedBar bar;
  const fvm::Mesh mesh = fvm::layered_mesh(std::array{fvm::Layer{1, 200, 1}});
  const fvm::System<HeatedBar> system(bar, mesh);
  fvm::State<1> u(mesh.nodes());
  for (std::size_t i = 0; i < mesh.nodes(); ++i) u.value[i][0] = std::log(bar.exact(mesh.x[i]));
  // Equal steps: no error is too large, and no step grows.
  fvm::Transient<HeatedBar> transient(
      system, {.tolerance = 1e9, .first_step = 1. / steps, .growth = 1, .newton_share = 1e-18, .method = method});
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

TEST_CASE("TR-BDF2 is of second order, Kennedy and Carpenter's method of fourth") {
  std::vector<double> exact;
  time_error(640, &fvm::kennedy_carpenter, &exact);
  const auto error = [&](int steps, const fvm::Esdirk* method) {
    std::vector<double> u;
    time_error(steps, method, &u);
    double worst = 0;
    for (std::size_t i = 0; i < u.size(); ++i) worst = std::max(worst, std::abs(u[i] - exact[i]));
    return worst;
  };
  const auto order = [&](int steps, const fvm::Esdirk* method) {
    return std::log2(error(steps, method) / error(2 * steps, method));
  };
  CHECK(order(20, &fvm::tr_bdf2) == Approx(2).margin(0.2));
  CHECK(order(40, &fvm::tr_bdf2) == Approx(2).margin(0.1));
  CHECK(order(80, &fvm::kennedy_carpenter) == Approx(4).margin(0.2));
  CHECK(order(40, &fvm::kennedy_carpenter) == Approx(4).margin(0.2));
  CHECK(time_error(320, &fvm::kennedy_carpenter) < 2e-4);  // what is left is space
}

TEST_CASE("the conditions of order hold to round-off, the embedded methods' one order lower") {
  const auto check = [](const fvm::Esdirk& m, int order) {
    const auto a = [&](std::size_t i, std::size_t j) { return i == j && i > 0 ? m.diagonal : m.rate[i][j]; };
    const auto sums = [&](auto weight) {  // b, b c, b c^2, b A c, b c^3, b c A c, b A c^2, b A A c
      std::array<double, 8> s{};
      for (std::size_t i = 0; i < m.stages; ++i) {
        const double c = m.time[i];
        double ac = 0, acc = 0, aac = 0;
        for (std::size_t j = 0; j <= i; ++j) {
          ac += a(i, j) * m.time[j], acc += a(i, j) * m.time[j] * m.time[j];
          for (std::size_t k = 0; k <= j; ++k) aac += a(i, j) * a(j, k) * m.time[k];
        }
        const std::array terms{1., c, c * c, ac, c * c * c, c * ac, acc, aac};
        for (std::size_t k = 0; k < 8; ++k) s[k] += weight(i) * terms[k];
      }
      return s;
    };
    constexpr std::array exact{1., 1. / 2, 1. / 3, 1. / 6, 1. / 4, 1. / 8, 1. / 12, 1. / 24};
    constexpr std::array<std::size_t, 5> conditions{0, 1, 2, 4, 8};
    const auto step = sums([&](std::size_t i) { return m.weight(i); }),
               error = sums([&](std::size_t i) { return m.error[i]; });
    for (std::size_t k = 0; k < conditions[static_cast<std::size_t>(order)]; ++k)
      CHECK(step[k] == Approx(exact[k]).epsilon(1e-13));
    for (std::size_t k = 0; k < conditions[static_cast<std::size_t>(m.order_of_error - 1)] && k < conditions[2]; ++k)
      CHECK(std::abs(error[k]) < 1e-13);
    for (std::size_t i = 1; i < m.stages; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j <= i; ++j) sum += a(i, j);
      CHECK(sum == Approx(m.time[i]).epsilon(1e-13));
    }
  };
  check(fvm::tr_bdf2, 2);
  check(fvm::kennedy_carpenter, 4);
}

TEST_CASE("an event is met where it happens") {
  Box box;
  box.physics.bias = 6;
  REQUIRE(box.transient.start(fvm::State<2>(box.mesh.nodes())));
  const auto field = [&](const fvm::State<2>& u) { return u.difference(0, 1)[0] / box.mesh.width[0]; };
  const auto set = [](double) {};
  double reached = 0;
  REQUIRE(box.transient.advance_until(reached, 1, set, [&](const auto& u) { return field(u) - 50; }) ==
          fvm::TransientStatus::event);
  CHECK(field(box.transient.state()) == Approx(50).epsilon(1e-3));
  CHECK(reached < 0.1);
  Box other;
  other.physics.bias = 6;
  REQUIRE(other.transient.start(fvm::State<2>(other.mesh.nodes())));
  REQUIRE(other.transient.advance(0, reached, set) == fvm::TransientStatus::done);
  CHECK(field(other.transient.state()) == Approx(field(box.transient.state())).epsilon(1e-3));
  CHECK(content(box.system, box.transient.state()) == Approx(1).epsilon(1e-12));
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

  fvm::Newton<ClosedBox> newton(box.system, fvm::Newton<ClosedBox>::Border::contents);
  fvm::State<2> rest = box.transient.state();
  REQUIRE(newton.solve(rest, {}, std::array{1.}, {}).converged);
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

TEST_CASE("what is resumed from a memory continues bit by bit") {
  Box box, other;
  box.physics.bias = other.physics.bias = 3;
  REQUIRE(box.transient.start(fvm::State<2>(box.mesh.nodes())));
  REQUIRE(box.transient.advance(0, 1e-3, [](double) {}) == fvm::TransientStatus::done);
  other.transient.resume(box.transient.memory());
  REQUIRE(box.transient.advance(1e-3, 1e-1, [](double) {}) == fvm::TransientStatus::done);
  REQUIRE(other.transient.advance(1e-3, 1e-1, [](double) {}) == fvm::TransientStatus::done);
  for (std::size_t i = 0; i < box.mesh.nodes(); ++i)
    CHECK(other.transient.state().value[i] == box.transient.state().value[i]);
  CHECK(other.transient.memory().step == box.transient.memory().step);
}

TEST_CASE("a step that no smaller step can reach is reported") {
  Box box;
  REQUIRE(box.transient.start(fvm::State<2>(box.mesh.nodes())));
  CHECK(box.transient.advance(0, 1, [&](double t) { box.physics.bias = t > 0.5 ? std::nan("") : 0; }) ==
        fvm::TransientStatus::step_too_small);
}
