#include "models/synthesis/surface.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/units/constants.hpp"

using namespace nacre;
using namespace nacre::synthesis;

namespace {

constexpr double k = units::constants::boltzmann;
constexpr double cell = 0.6e-9;
const SurfaceChemistry bare{1, 0.2 * units::constants::electron_volt, 0};
const materials::Composition mixed = materials::parse_formula("CsPb(I0.7Br0.2Cl0.1)3");

double open_at(double temperature, double halide_excess = 1) {
  return open_share_at_birth(bare, {.temperature = temperature, .halide_excess = halide_excess}, 1);
}

}  // namespace

TEST_CASE("Open sites follow Boltzmann's law at the temperature of birth", "[surface]") {
  CHECK(open_at(450) / (1 - open_at(450)) == Approx(std::exp(-bare.formation_energy / (k * 450))).epsilon(1e-12));
  CHECK(open_at(1e12) == Approx(0.5).epsilon(1e-8));  // nothing binds against disorder
  CHECK(open_at(20) < 1e-45);
  CHECK(open_at(300) < open_at(301));
}

TEST_CASE("Free halide closes sites by mass action", "[surface]") {
  CHECK(open_at(450, 2) / (1 - open_at(450, 2)) == Approx(open_at(450) / (1 - open_at(450)) / 2).epsilon(1e-12));
}

TEST_CASE("A flask that lacks halide leaves it missing on the surface", "[surface]") {
  // closed crystals hold 3 + 1.2/2 halides a lead, the flask 2 + 0.9
  const Birth birth{.temperature = 190, .cation_per_lead = 0.9};
  CHECK(open_share_at_birth(bare, birth, 1.2) == Approx((3.6 - 2.9) / 1.2).epsilon(1e-4));
  CHECK(open_share_at_birth(bare, {.temperature = 190, .cation_per_lead = 2}, 1.2) < 1e-4);  // more than enough
}

TEST_CASE("A cube of five cells has six faces of 25 sites", "[surface]") {
  CHECK(sites_per_unit(bare, 6 / (5 * cell), cell) == Approx(6 * 25.0 / 125).epsilon(1e-12));
}

TEST_CASE("Disturbed sites follow from the traps that they make", "[surface]") {
  Surface surface = born(bare, {.open_share = 0.2}, mixed, 1.2, cell);
  surface.disturbed = 0.05;
  CHECK(defects_of_traps(trap_density(surface), surface.sites_per_area) ==
        Approx(defect_density(surface)).epsilon(1e-13));
  CHECK(defects_of_traps(0, surface.sites_per_area) == 0);
}

TEST_CASE("Ligands and overlayers cover vacancies, and a pair of them traps", "[surface]") {
  Surface surface = born(bare, {.open_share = 0.2}, mixed, 1.2, cell);
  CHECK(open_share(surface) == Approx(0.2).epsilon(1e-13));
  CHECK(vacancy_share(surface) == Approx(0.2).epsilon(1e-13));
  CHECK(vacancy_density(surface) == Approx(0.2 / (cell * cell)).epsilon(1e-13));
  CHECK(trap_density(surface) == Approx(2 * 0.04 / (cell * cell)).epsilon(1e-13));
  surface.ligand_activity = 4;
  surface.exposure = 0.5;
  CHECK(vacancy_share(surface) == Approx(0.02).epsilon(1e-13));
  CHECK(trap_density(surface) == Approx(2 * 0.0004 / (cell * cell)).epsilon(1e-12));
}

TEST_CASE("Crystals hold the halides of their composition less what is missing", "[surface]") {
  const Surface surface = born(bare, {.incomplete = 0.1, .open_share = 0.2}, mixed, 1.2, cell);
  CHECK(surface.crystal.total() == Approx(3.6 - 0.3 * 1.2).epsilon(1e-14));
  const materials::Composition same = with_halides(mixed, surface.crystal);
  CHECK(same.iodide == Approx(0.7).epsilon(1e-14));
  CHECK(same.chloride == Approx(0.1).epsilon(1e-14));
}
