#include "models/confinement/effective_mass.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "engine/math/roots.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::bands, samples::electron_volt, samples::infinite, samples::nanometre;
namespace constants = nacre::units::constants;

namespace {

/// The sphere of the reference values: m 0.234 m_e inside, m_e outside, V 3 eV, R 1.06 nm; they were computed with
/// hbar^2/2m_e = 0.0380998212 eV nm2, so the masses are scaled from ours.
double reference_level(double gap) {
  constexpr double ours = constants::reduced_planck * constants::reduced_planck / (2 * constants::electron_mass) /
                          (electron_volt * nanometre * nanometre);
  const double scale = ours / 0.0380998212;
  Bands b = bands();
  b.gap = gap;
  b.reduced_mass *= scale;
  b.outside_mass *= scale;
  const Level level = ground_level(b, 1.06 * nanometre);
  REQUIRE(level.status == Level::Status::bound);
  return level.energy / electron_volt;
}

/// The matching condition at an energy, as it is written in the literature, without the solver's variables.
double matching(const Bands& b, double radius, double energy) {
  const double mass = kane_mass(b, energy);
  const double x = std::sqrt(2 * mass * energy) / constants::reduced_planck * radius;
  const double q = std::sqrt(2 * b.outside_mass * (b.barrier - energy)) / constants::reduced_planck;
  return (x * std::cos(x) - std::sin(x)) / mass + (q * radius + 1) * std::sin(x) / b.outside_mass;
}

}  // namespace

TEST_CASE("Reference levels of a finite sphere, parabolic and Kane", "[level]") {
  CHECK(reference_level(infinite) == Approx(0.6320697038305416).epsilon(1e-12));
  CHECK(reference_level(2.38 * electron_volt) == Approx(0.5817484684809698).epsilon(1e-12));
}

TEST_CASE("The level solves the matching condition: Brent on the energy finds the same", "[level]") {
  for (const double gap : {1.0, 2.38, 9.0}) {
    for (const double ratio : {0.05, 0.3, 1.0, 4.0}) {
      Bands b = bands(gap);
      b.reduced_mass = ratio * constants::electron_mass / 2;
      for (double radius = 1.0001 * smallest_bound_radius(b); radius < 30 * nanometre; radius *= 1.3) {
        const Level level = ground_level(b, radius);
        REQUIRE(level.status == Level::Status::bound);
        const double highest =
            std::min(b.barrier, ground_level(Bands{b.gap, b.reduced_mass, 1, infinite, 1}, radius).energy);
        const auto root =
            nacre::math::brent_root([&](double e) { return matching(b, radius, e); }, 1e-6 * highest, highest);
        REQUIRE(root.converged());
        CHECK(level.energy == Approx(root.x).epsilon(1e-10));
        CHECK(level.inner_mass == Approx(kane_mass(b, level.energy)));
      }
    }
  }
}

TEST_CASE("Infinite walls: pi over R, and the mass falls out for light", "[level]") {
  const Bands well = samples::infinite_well();
  const double radius = 2 * nanometre;
  const double hbar = constants::reduced_planck;
  const Level parabolic = ground_level(well, radius);
  CHECK(parabolic.energy ==
        Approx(std::pow(hbar * std::numbers::pi / radius, 2) / (4 * well.reduced_mass)).epsilon(1e-14));
  Bands kane = well;
  kane.gap = 2.38 * electron_volt;
  const Level level = ground_level(kane, radius);  // E (1 + E/E_g) is the parabolic energy
  CHECK(level.energy * (1 + level.energy / kane.gap) == Approx(parabolic.energy).epsilon(1e-14));
}

TEST_CASE("A high barrier approaches the infinite one as 1/sqrt(V)", "[level]") {
  Bands b = samples::infinite_well();
  const double radius = 2 * nanometre, limit = ground_level(b, radius).energy;
  const auto error = [&](double barrier) {
    b.barrier = barrier * electron_volt;
    return limit - ground_level(b, radius).energy;
  };
  CHECK(error(1e4) > 0);
  CHECK(error(1e6) / error(4e6) == Approx(2).epsilon(0.01));
}

TEST_CASE("A sphere below the threshold binds nothing and says so", "[level]") {
  const Bands b = bands();
  const double threshold = smallest_bound_radius(b);
  CHECK(ground_level(b, 0.9999 * threshold).status == Level::Status::unbound);
  const Level just = ground_level(b, 1.0001 * threshold);
  REQUIRE(just.status == Level::Status::bound);
  CHECK(just.energy == Approx(b.barrier).epsilon(1e-3));
  CHECK(just.energy < b.barrier);
  CHECK(smallest_bound_radius(samples::infinite_well()) == 0);
}

TEST_CASE("Equal masses: the textbook threshold sqrt(2 m V) R = pi hbar/2", "[level]") {
  Bands b = bands();
  b.gap = infinite;
  b.outside_mass = 2 * b.reduced_mass;
  CHECK(smallest_bound_radius(b) * std::sqrt(2 * b.outside_mass * b.barrier) / constants::reduced_planck ==
        Approx(std::numbers::pi / 2).epsilon(1e-12));
}

TEST_CASE("Inputs that are not positive give an invalid level, not a number", "[level]") {
  CHECK(ground_level(bands(), 0).status == Level::Status::invalid);
  CHECK(ground_level(bands(), std::nan("")).status == Level::Status::invalid);
  CHECK(ground_level(bands(-1), nanometre).status == Level::Status::invalid);
  CHECK(ground_level(Bands{}, nanometre).status == Level::Status::invalid);
}

TEST_CASE("A cube and its sphere have one ground level between infinite walls", "[level]") {
  const double edge = 4.4 * nanometre, hbar = constants::reduced_planck;
  const Bands well = samples::infinite_well();
  const double cube = 3 * std::pow(hbar * std::numbers::pi / edge, 2) / (4 * well.reduced_mass);
  CHECK(ground_level(well, equivalent_radius(Shape::cube, edge)).energy == Approx(cube).epsilon(1e-14));
  CHECK(size_of_radius(Shape::cube, equivalent_radius(Shape::cube, edge)) == Approx(edge));
  CHECK(equivalent_radius(Shape::sphere, edge) == Approx(edge / 2));
}
