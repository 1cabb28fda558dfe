#include "engine/ode/rosenbrock.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace ode = nacre::ode;

namespace {

/// Prothero & Robinson: y' = -stiffness (y - sin t) + cos t, y = sin t; the second unknown counts what the first loses
/// to it.
struct ProtheroRobinson {
  double stiffness;
  double inverse = 1, coupling = 0;
  bool rhs(double t, std::span<const double> y, std::span<double> out) const {
    out[0] = -stiffness * (y[0] - std::sin(t)) + std::cos(t);
    out[1] = -out[0];
    return true;
  }
  bool linearise(double t, std::span<const double>, double shift, std::span<double> dfdt) {
    inverse = 1 / (shift + stiffness);
    coupling = stiffness;
    dfdt[0] = stiffness * std::cos(t) - std::sin(t);
    dfdt[1] = -dfdt[0];
    shift_ = shift;
    return true;
  }
  void solve(std::span<double> x) const {
    x[0] *= inverse;
    x[1] = (x[1] + coupling * x[0]) / shift_;
  }
  double shift_ = 0;
};

/// y' = -y^2 + t: nonlinear and explicit in time, so that every coefficient of the method counts.
struct Riccati {
  double inverse = 1;
  bool rhs(double t, std::span<const double> y, std::span<double> out) const {
    out[0] = t - y[0] * y[0];
    return true;
  }
  bool linearise(double, std::span<const double> y, double shift, std::span<double> dfdt) {
    inverse = 1 / (shift + 2 * y[0]);
    dfdt[0] = 1;
    return true;
  }
  void solve(std::span<double> x) const { x[0] *= inverse; }
};

ode::StepControl fixed(double h, std::size_t n) {
  ode::StepControl control;
  control.first_step = control.largest_step = h;
  control.absolute_tolerance.assign(n, 1e9);
  return control;
}

struct Ends {
  double end, middle;
};

/// Riccati to t = 1 with steps of h: the end value, and the interpolant's in the middle of the step over 0.5.
Ends riccati(double h) {
  Riccati system;
  ode::Rosenbrock<Riccati> integrator(ode::rodas4(), 1);
  std::vector<double> y{0.5}, at(1);
  Ends ends{};
  integrator.integrate(system, y, 0, 1, fixed(h, 1), [&](const ode::Step& step) {
    const double middle = 0.5 + 0.37 * h;
    if (step.t0 <= middle && middle < step.t1) {
      step.interpolate(middle, at);
      ends.middle = at[0];
    }
    return true;
  });
  ends.end = y[0];
  return ends;
}

}  // namespace

TEST_CASE("Rodas4 converges with order 4") {
  const double exact = riccati(1.0 / 1024).end;
  const double coarse = std::abs(riccati(1.0 / 16).end - exact), fine = std::abs(riccati(1.0 / 32).end - exact);
  CHECK(std::log2(coarse / fine) == Approx(4).margin(0.35));
}

TEST_CASE("its interpolant converges with order 3 at least") {
  const auto error = [](double h) {
    Riccati system;
    ode::Rosenbrock<Riccati> integrator(ode::rodas4(), 1);
    std::vector<double> y{0.5};
    integrator.integrate(system, y, 0, 0.5 + 0.37 * h, fixed(h / 64, 1), [](const ode::Step&) { return true; });
    return std::abs(riccati(h).middle - y[0]);
  };
  CHECK(std::log2(error(1.0 / 16) / error(1.0 / 32)) > 2.7);
}

TEST_CASE("stiffness does not spoil the solution, and linear invariants hold to round-off") {
  ProtheroRobinson system{.stiffness = 1e8};
  ode::Rosenbrock<ProtheroRobinson> integrator(ode::rodas4(), 2);
  std::vector<double> y{0, 1};
  ode::StepControl control;
  control.relative_tolerance = 1e-6;
  control.absolute_tolerance = {1e-9, 1e-9};
  const auto result = integrator.integrate(system, y, 0, 10, control, [](const ode::Step&) { return true; });
  CHECK(result.status == ode::IntegrationStatus::done);
  CHECK(result.steps < 300);
  CHECK(y[0] == Approx(std::sin(10)).margin(1e-6));
  CHECK(y[0] + y[1] == Approx(1).margin(1e-13));
}

TEST_CASE("a state without meaning is stepped around, and a hopeless one is reported") {
  struct Falling {  // y' = -1 from 1: below zero it has no meaning
    double inverse = 1;
    bool rhs(double, std::span<const double> y, std::span<double> out) const {
      out[0] = -1;
      return y[0] > 0;
    }
    bool linearise(double, std::span<const double>, double shift, std::span<double> dfdt) {
      inverse = 1 / shift;
      dfdt[0] = 0;
      return true;
    }
    void solve(std::span<double> x) const { x[0] *= inverse; }
  } system;
  ode::Rosenbrock<Falling> integrator(ode::rodas4(), 1);
  std::vector<double> y{1};
  const auto result = integrator.integrate(system, y, 0, 2, fixed(0.3, 1), [](const ode::Step&) { return true; });
  CHECK(result.status == ode::IntegrationStatus::step_too_small);
  CHECK(result.time == Approx(1).margin(1e-9));
  CHECK(y[0] > 0);
}

TEST_CASE("an observer can stop an integration, and too many steps are refused") {
  Riccati system;
  ode::Rosenbrock<Riccati> integrator(ode::rodas4(), 1);
  std::vector<double> y{0.5};
  int seen = 0;
  CHECK(integrator.integrate(system, y, 0, 1, fixed(0.1, 1), [&](const ode::Step&) { return ++seen < 3; }).status ==
        ode::IntegrationStatus::stopped);
  CHECK(seen == 3);
  auto control = fixed(0.01, 1);
  control.most_steps = 5;
  CHECK(integrator.integrate(system, y, 0, 1, control, [](const ode::Step&) { return true; }).status ==
        ode::IntegrationStatus::too_many_steps);
}
