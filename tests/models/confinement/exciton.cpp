#include "models/confinement/exciton.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "engine/math/quadrature.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::bands, samples::electron_volt, samples::nanometre;
using std::numbers::pi;

namespace {

/// Energy in Rydbergs of the exciton between infinite walls, radius in Bohr radii.
Exciton in_well(double radius) {
  const Bands well = samples::infinite_well();
  Exciton x = exciton(well, radius * bohr_radius(well));
  REQUIRE(x.status == Exciton::Status::converged);
  const double unit = rydberg(well);
  x.energy /= unit, x.binding /= unit, x.confinement /= unit;
  x.a *= bohr_radius(well);
  return x;
}

/// E(a) by brute force: a tensor Gauss rule over r_e, r_h/r_e and s, split at the surface; shares nothing with the
/// model but the level.
double brute_force_energy(const Bands& b, double radius, double a) {
  namespace c = nacre::units::constants;
  const Level level = ground_level(b, radius);
  const double tail = radius + 20 / level.outer_decay;
  const auto rule = nacre::math::gauss_legendre(24);
  const auto density = [&](double r) {
    const double u = r < radius
                         ? std::sin(level.inner_wavenumber * r)
                         : std::sin(level.inner_wavenumber * radius) * std::exp(-level.outer_decay * (r - radius));
    return u * u / r;
  };
  const auto inverse_mass = [&](double r) { return 1 / (r < radius ? level.inner_mass : b.outside_mass); };
  const std::vector<double> edges{0, radius, radius + 0.15 * (tail - radius), radius + 0.4 * (tail - radius), tail};
  const auto outer = nacre::math::composite(rule, edges);
  double norm = 0, coulomb = 0, kinetic = 0;
  for (std::size_t i = 0; i < outer.nodes.size(); ++i) {
    const double re = outer.nodes[i];
    std::vector<double> below{0};
    for (std::size_t k = 1; k < edges.size() && edges[k] < re; ++k) below.push_back(edges[k]);
    below.push_back(re);
    const auto inner = nacre::math::composite(rule, below);
    for (std::size_t j = 0; j < inner.nodes.size(); ++j) {
      const double rh = inner.nodes[j];
      const double weight = outer.weights[i] * inner.weights[j] * density(re) * density(rh);
      const auto distance = nacre::math::composite(rule, std::vector<double>{re - rh, re + rh});
      const double first = integrate(distance, [&](double s) { return s * std::exp(-2 * a * s); });
      norm += weight * first;
      coulomb += weight * integrate(distance, [&](double s) { return std::exp(-2 * a * s); });
      kinetic += weight * first * (inverse_mass(re) + inverse_mass(rh));
    }
  }
  const double charge =
      c::elementary_charge * c::elementary_charge / (4 * pi * c::vacuum_permittivity * b.permittivity);
  return 2 * level.energy + c::reduced_planck * c::reduced_planck / 2 * a * a * kinetic / norm -
         charge * coulomb / norm;
}

}  // namespace

TEST_CASE("Variational excitons between infinite walls, reference values", "[exciton]") {
  CHECK(in_well(0.5).energy == Approx(32.065876).margin(1e-6));
  CHECK(in_well(1).energy == Approx(6.006123).margin(1e-6));
  CHECK(in_well(2).energy == Approx(0.334947).margin(1e-6));
  CHECK(in_well(3).energy == Approx(-0.503564).margin(1e-6));
  CHECK(in_well(5).energy == Approx(-0.848705).margin(1e-6));
}

TEST_CASE("Coulomb energy of an uncorrelated pair between infinite walls", "[exciton]") {
  // <1/s> R = 2 - Si(2 pi)/pi + Si(4 pi)/(2 pi), from the closed integral over the ordered triangle.
  const auto sine_integral = [](double z) {
    const auto rule = nacre::math::composite(nacre::math::gauss_legendre(64), std::vector<double>{0, z});
    return integrate(rule, [](double t) { return std::sin(t) / t; });
  };
  const double exact = 2 - sine_integral(2 * pi) / pi + sine_integral(4 * pi) / (2 * pi);
  CHECK(exact == Approx(1.786073168151686).epsilon(1e-14));
  const Bands well = samples::infinite_well();
  for (const double radius : {0.1, 1.0, 40.0}) {
    const Exciton pair = exciton_at(well, radius * bohr_radius(well), 0);
    CHECK(pair.binding / (2 * rydberg(well)) * radius == Approx(exact).epsilon(1e-12));
    CHECK(pair.strength == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("Strong confinement: pi^2/R^2 - 3.572/R - 0.248", "[exciton]") {  // Kayanuma, Phys. Rev. B 38, 9797 (1988)
  const double radius = 0.01;
  const double remainder = in_well(radius).energy - pi * pi / (radius * radius) + 2 * 1.786073168151686 / radius;
  CHECK(remainder == Approx(-0.248).margin(1e-3));
}

TEST_CASE("Weak confinement: the bulk Rydberg, and the strength grows as the volume", "[exciton]") {
  CHECK(in_well(300).energy == Approx(-1).margin(1e-4));
  CHECK(in_well(300).a == Approx(1).epsilon(1e-3));
  CHECK(in_well(200).strength / in_well(100).strength == Approx(8).epsilon(0.05));
}

TEST_CASE("The energy is a strict upper bound, above rigorous lower bounds, for every radius", "[exciton]") {
  // Lower bound: T = l T + (1 - l) T; confinement bounds the first part, -Ry/(1 - l) the rest with the attraction.
  double before = 1e9;
  for (double radius = 0.2; radius < 60; radius *= 1.25) {
    const Exciton x = in_well(radius);
    const double lower = radius < pi ? pi * pi / (radius * radius) - 2 * pi / radius : -1;
    CHECK(x.energy > lower);
    CHECK(x.energy < before);                           // a larger sphere never raises the level
    CHECK(x.binding > 2 * 1.786073168151686 / radius);  // correlation lowers the energy
    before = x.energy;
  }
}

TEST_CASE("At the best a the energy is stationary", "[exciton]") {
  for (const double radius : {0.8, 2.0, 6.0}) {
    const Exciton best = exciton(bands(), radius * nanometre);
    for (const double factor : {0.98, 1.02})
      CHECK(exciton_at(bands(), radius * nanometre, factor * best.a).energy > best.energy);
  }
}

TEST_CASE("Finite sphere with Kane mass: one pass outwards equals the triple integral", "[exciton]") {
  for (const double radius : {0.4, 1.06, 3.0}) {
    for (const double a : {0.0, 0.1, 0.5}) {
      const double direct = brute_force_energy(bands(), radius * nanometre, a / nanometre);
      const double fast = exciton_at(bands(), radius * nanometre, a / nanometre).energy;
      CHECK(fast == Approx(direct).epsilon(1e-8));
    }
  }
}

TEST_CASE("A high barrier gives the exciton of infinite walls", "[exciton]") {
  Bands high = samples::infinite_well();
  const double radius = 2 * bohr_radius(high), limit = exciton(high, radius).energy;
  high.barrier = 1e8 * electron_volt;
  CHECK(exciton(high, radius).energy == Approx(limit).epsilon(1e-3));
}

TEST_CASE("Bulk scales: hydrogen", "[exciton]") {
  namespace c = nacre::units::constants;
  const Bands hydrogen{1, c::electron_mass, 1, 1, 1};
  CHECK(bohr_radius(hydrogen) == Approx(5.29177210903e-11).epsilon(1e-9));  // CODATA 2018
  CHECK(rydberg(hydrogen) / electron_volt == Approx(13.605693122994).epsilon(1e-9));
}

TEST_CASE("No exciton without a bound level or a permittivity", "[exciton]") {
  CHECK(exciton(bands(), 0.1 * nanometre).status == Exciton::Status::unbound);
  CHECK(exciton(bands(), -nanometre).status == Exciton::Status::invalid);
  Bands b = bands();
  b.permittivity = 0;
  CHECK(exciton(b, nanometre).status == Exciton::Status::invalid);
}
