#include "models/confinement/exciton_slopes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::nanometre;

namespace {

/// Energies are good to 1e-6, so steps must be long and differences of fourth order.
template <class Change>
double difference(const Bands& bands, double radius, double step, const Change& change) {
  const auto at = [&](double shift) {
    Bands b = bands;
    double r = radius;
    change(b, r, shift);
    return exciton(b, r).energy;
  };
  return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
}

void require_slopes(const Bands& bands, double radius) {
  const ExcitonSlopes slopes = exciton_slopes(bands, radius);
  REQUIRE(slopes.exciton.status == Exciton::Status::converged);
  CHECK(slopes.exciton.energy == exciton(bands, radius).energy);
  const double energy = slopes.exciton.energy;
  // Each in units of the energy over the input.
  const auto check = [&](double slope, double input, auto change) {
    const double wanted = difference(bands, radius, 0.02 * input, change) * input / energy;
    CHECK(slope * input / energy == Approx(wanted).margin(3e-4));
  };
  check(slopes.gap, bands.gap, [](Bands& b, double&, double d) { b.gap += d; });
  check(slopes.reduced_mass, bands.reduced_mass, [](Bands& b, double&, double d) { b.reduced_mass += d; });
  check(slopes.permittivity, bands.permittivity, [](Bands& b, double&, double d) { b.permittivity += d; });
  check(slopes.radius, radius, [](Bands&, double& r, double d) { r += d; });
  if (std::isinf(bands.barrier)) return;
  check(slopes.barrier, bands.barrier, [](Bands& b, double&, double d) { b.barrier += d; });
  check(slopes.outside_mass, bands.outside_mass, [](Bands& b, double&, double d) { b.outside_mass += d; });
}

}  // namespace

TEST_CASE("Derivatives of an exciton by dual numbers are those of differences", "[exciton]") {
  for (const double radius : {1.06, 2.2, 6.0}) {
    INFO(radius);
    require_slopes(samples::bands(), radius * nanometre);
  }
}

TEST_CASE("The same between infinite walls", "[exciton]") {
  Bands bands = samples::bands();
  bands.barrier = samples::infinite;
  require_slopes(bands, 2.2 * nanometre);
}

TEST_CASE("What has no exciton has no derivatives", "[exciton]") {
  const ExcitonSlopes slopes = exciton_slopes(samples::bands(), 0.05 * nanometre);
  CHECK(slopes.exciton.status == Exciton::Status::unbound);
  CHECK(slopes.gap == 0);
}
