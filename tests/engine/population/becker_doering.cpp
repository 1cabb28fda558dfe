#include "engine/population/becker_doering.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/ode/rosenbrock.hpp"
#include "tests/support/constant_rates.hpp"

namespace population = nacre::population;
namespace ode = nacre::ode;
using nacre::support::ConstantRates;
using System = population::BeckerDoering<ConstantRates>;

namespace {

ode::StepControl control_for(const System& system, double relative, double absolute) {
  ode::StepControl control;
  control.relative_tolerance = relative;
  control.absolute_tolerance.assign(system.unknowns(), absolute);
  return control;
}

std::vector<double> monomers_only(const System& system, double concentration) {
  std::vector<double> y(system.unknowns(), 0.0);
  y.back() = concentration;
  return y;
}

ode::Integration advance(System& system, std::vector<double>& y, double time, const ode::StepControl& control) {
  ode::Rosenbrock<System> integrator(ode::rodas4(), system.unknowns());
  return integrator.integrate(system, y, 0, time, control, [](const ode::Step&) { return true; });
}

/// Largest |net flux|/gross flux over all faces when classes are filled with the equilibrium of supersaturation s. A
/// flux between wide classes is interpolated from its neighbours', so the gross flux is the largest of those.
double imbalance(const population::SizeGrid& grid, double theta, double solubility, double s) {
  ConstantRates rates(grid, theta, solubility);
  System system(grid, rates, 0);
  std::vector<double> y(system.unknowns(), 0.0), out(y), gross;
  for (std::size_t i = 1; i < grid.classes(); ++i) {
    const double n = grid.size[i];
    y[i] = grid.width[i] * solubility * std::pow(s, n) * std::exp(-theta * (std::pow(n, 2.0 / 3) - 1));
  }
  y.back() = solubility * s;
  REQUIRE(system.rhs(0, y, out));
  for (std::size_t e = 0; e < grid.distance.size(); ++e)
    gross.push_back(rates.rates.attachment[e] * y.back() * (e == 0 ? y.back() : y[e] / grid.width[e]));
  double worst = 0;
  for (std::size_t e = 1; e < gross.size(); ++e)
    if (gross[e - 1] > 1e-250) worst = std::max(worst, std::abs(system.flux(e)) / gross[e - 1]);
  return worst;
}

}  // namespace

TEST_CASE("equilibrium carries no flux, on discrete sizes and across wide classes") {
  const double s = GENERATE(0.3, 0.9, 0.99, 1.0);
  const double theta = GENERATE(0.05, 0.5, 3.0);
  CHECK(imbalance(population::hybrid_grid(100, 100, 100), theta, 2.5e-3, s) < 1e-12);
  CHECK(imbalance(population::hybrid_grid(20, 80, 3000), theta, 2.5e-3, s) < 1e-10);
}

TEST_CASE("steady nucleation gives the Becker-Doering flux") {
  struct Published {
    double theta, s, flux, time;
  };
  const auto p = GENERATE(Published{8, 5, 1.511925e-9, 2000}, Published{8, 8, 3.029350e-4, 400});
  const auto grid = population::hybrid_grid(600, 600, 600);
  ConstantRates rates(grid, p.theta, 1);
  System system(grid, rates, 0, population::Monomer::held);
  auto y = monomers_only(system, p.s);
  double resistance = 0;
  for (int n = 1; n < 600; ++n)
    resistance += 1 / (std::pow(n, 2.0 / 3) * p.s * std::pow(p.s, n) * std::exp(-p.theta * (std::pow(n, 2.0 / 3) - 1)));
  CHECK(1 / resistance == Approx(p.flux).epsilon(1e-6));

  // Flux through a size well above the critical one, after it has become steady there and before the end of the grid
  // matters.
  REQUIRE(advance(system, y, p.time, control_for(system, 1e-7, 1e-22)).status == ode::IntegrationStatus::done);
  std::vector<double> out(y.size());
  REQUIRE(system.rhs(p.time, y, out));
  CHECK(system.flux(60) == Approx(p.flux).epsilon(1e-5));
}

TEST_CASE("irreversible growth of seeds is a Poisson process") {
  const auto grid = population::hybrid_grid(80, 80, 80);
  ConstantRates rates(grid, 0, 0, 0.0, 2.0);  // k = 2 for every size, no dissolution
  rates.rates.attachment[0] = 1e-300;         // seeds sit at n = 2: no fresh nuclei
  System system(grid, rates, 0, population::Monomer::held);
  auto y = monomers_only(system, 3.0);
  y[1] = 1;
  REQUIRE(advance(system, y, 1.5, control_for(system, 1e-9, 1e-14)).status == ode::IntegrationStatus::done);
  const double mean = 2.0 * 3.0 * 1.5;  // k c_1 t
  double term = std::exp(-mean);
  for (int k = 0; k < 30; ++k) {
    CHECK(y[static_cast<std::size_t>(k + 1)] == Approx(term).epsilon(1e-6).margin(1e-10));
    term *= mean / (k + 1);
  }
}

TEST_CASE("all attachments times f is the same state at t/f") {
  const auto grid = population::hybrid_grid(40, 90, 2000);
  const double factor = 37;
  ConstantRates slow(grid, 20, 1e-3), fast(grid, 20, 1e-3, 2.0 / 3, factor);
  System one(grid, slow, 0), other(grid, fast, 0);
  auto y1 = monomers_only(one, 1.0), y2 = y1;
  advance(one, y1, 50, control_for(one, 1e-8, 1e-14));
  advance(other, y2, 50 / factor, control_for(other, 1e-8, 1e-14));
  double largest = 0, difference = 0;
  for (std::size_t i = 0; i < y1.size(); ++i) {
    largest = std::max(largest, std::abs(y1[i]));
    difference = std::max(difference, std::abs(y1[i] - y2[i]));
  }
  CHECK(difference < 1e-7 * largest);
  double wide = 0;
  for (std::size_t i = 40; i < grid.classes(); ++i) wide += grid.size[i] * y1[i];
  CHECK(wide > 0.1);  // much of the mass has grown into the wide classes
}

TEST_CASE("content is conserved to round-off") {
  const auto grid = population::hybrid_grid(40, 90, 4000);
  ConstantRates rates(grid, 6, 1e-3);
  System system(grid, rates, 2.0);
  std::vector<double> y(system.unknowns(), 0.0);
  y.front() = 1;
  y.back() = 1e-12;
  const double before = system.content(y);
  REQUIRE(advance(system, y, 200, control_for(system, 1e-4, 1e-9)).status == ode::IntegrationStatus::done);
  CHECK(std::abs(system.content(y) / before - 1) < 1e-13);
  CHECK(y.back() < 0.5);
}

TEST_CASE("the Jacobian of the master equation is the derivative of its rates") {
  const auto grid = population::hybrid_grid(15, 40, 900);
  ConstantRates rates(grid, 4, 1e-2);
  System system(grid, rates, 0.7);
  std::vector<double> y(system.unknowns());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = 0.1 * (1.3 + std::sin(0.7 * static_cast<double>(i)));
  y.back() = 0.031;
  // (shift - J) x = b for random b: then shift x - b must be J x, that is the directional derivative along x.
  std::vector<double> b(y.size()), dfdt(y.size());
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = std::cos(1.1 * static_cast<double>(i));
  const double shift = 20;
  REQUIRE(system.linearise(0, y, shift, dfdt));
  auto x = b;
  system.solve(x);
  const double step = 1e-7;
  auto up = y, down = y;
  std::vector<double> f_up(y.size()), f_down(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    up[i] += step * x[i];
    down[i] -= step * x[i];
  }
  REQUIRE(system.rhs(0, up, f_up));
  REQUIRE(system.rhs(0, down, f_down));
  for (std::size_t i = 0; i < y.size(); ++i) {
    INFO("unknown " << i);
    CHECK((f_up[i] - f_down[i]) / (2 * step) == Approx(shift * x[i] - b[i]).epsilon(1e-5).margin(1e-6));
    CHECK(dfdt[i] == 0);
  }
}
