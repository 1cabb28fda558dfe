#include "models/confinement/sizing.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/confinement/exciton.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::bands, samples::electron_volt, samples::nanometre;

TEST_CASE("The curve between its nodes is the exciton itself", "[sizing]") {
  for (const Shape shape : {Shape::sphere, Shape::cube}) {
    const SizingCurve curve(bands(), shape, nanometre, 30 * nanometre);
    REQUIRE(curve.complete());
    REQUIRE(curve.sizes().size() == 100);
    for (double size = 1.01 * nanometre; size < 30 * nanometre; size *= 1.07) {
      const Exciton direct = exciton(bands(), equivalent_radius(shape, size));
      CHECK(curve.energy(size) - bands().gap == Approx(direct.energy).margin(1e-6 * direct.confinement));
      CHECK(curve.binding(size) == Approx(direct.binding).epsilon(1e-5));
      CHECK(curve.confinement(size) == Approx(direct.confinement).epsilon(1e-6));
      CHECK(curve.strength(size) == Approx(direct.strength).epsilon(1e-3));
    }
  }
}

TEST_CASE("The slope is the derivative of the energy and always negative", "[sizing]") {
  const SizingCurve curve(bands(), Shape::cube, nanometre, 20 * nanometre);
  for (const double size : {1.3, 2.0, 4.4, 11.0}) {
    const double h = 1e-4 * size * nanometre, at = size * nanometre;
    const double difference = (curve.energy(at + h) - curve.energy(at - h)) / (2 * h);
    CHECK(curve.slope(at) == Approx(difference).epsilon(1e-6));
    CHECK(curve.slope(at) < 0);
  }
}

TEST_CASE("Four times the nodes: the spline error falls with order 4", "[sizing]") {
  const auto error = [](int nodes) {
    const SizingCurve curve(bands(), Shape::sphere, nanometre, 20 * nanometre, nodes);
    double worst = 0;
    for (double size = 1.003 * nanometre; size < 20 * nanometre; size *= 1.013)
      worst = std::max(worst, std::abs(curve.confinement(size) - 2 * ground_level(bands(), size / 2).energy));
    return worst;
  };
  CHECK(std::log2(error(20) / error(80)) / 2 == Approx(4).margin(0.5));
}

TEST_CASE("A curve that cannot be computed says why", "[sizing]") {
  const double bound = smallest_bound_size(bands(), Shape::sphere);
  const SizingCurve tiny(bands(), Shape::sphere, 0.9 * bound, 5 * nanometre);
  CHECK_FALSE(tiny.complete());
  CHECK_THAT(tiny.message(), Catch::Contains("too small to bind a state"));
  CHECK_THAT(SizingCurve(Bands{}, Shape::cube, nanometre, 2 * nanometre).message(), Catch::Contains("not positive"));
  CHECK_FALSE(SizingCurve(bands(), Shape::cube, 2 * nanometre, nanometre).complete());
  CHECK_FALSE(SizingCurve().complete());
}
