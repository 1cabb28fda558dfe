#include "models/materials/washing.hpp"

#include <catch2/catch.hpp>

using namespace nacre::materials;

namespace {
const WashingLaw law{0.4, 5};
const Composition mixed = parse_formula("CsPb(I0.7Br0.2Cl0.1)3");
}  // namespace

TEST_CASE("A solvent without polarity takes no iodide", "[washing]") {
  CHECK(iodide_kept(law, 0) == 1);
  CHECK(wash(mixed, law, 0).iodide == mixed.iodide);
}

TEST_CASE("Half of the iodide is lost at the half-polarity, whatever the steepness", "[washing]") {
  for (double steepness : {0.5, 1., 5., 40.}) CHECK(iodide_kept({0.4, steepness}, 0.4) == Approx(0.5).epsilon(1e-15));
}

TEST_CASE("A very polar solvent takes all iodide", "[washing]") {
  CHECK(iodide_kept(law, 400) == Approx(1e-15).epsilon(1e-9));  // (half/p)^steepness
  CHECK(wash(mixed, law, 400).iodide < 1e-15);
}

TEST_CASE("More polarity never keeps more iodide", "[washing]") {
  double before = 1;
  for (int i = 1; i <= 100; ++i) {
    const double kept = iodide_kept(law, 0.01 * i);
    CHECK(kept < before);
    before = kept;
  }
}

TEST_CASE("A steep law is a threshold", "[washing]") {
  CHECK(iodide_kept({0.4, 200}, 0.36) == Approx(1).margin(1e-8));
  CHECK(iodide_kept({0.4, 200}, 0.44) == Approx(0).margin(1e-8));
}

TEST_CASE("Washing turns iodide into bromide and touches nothing else", "[washing]") {
  const Composition after = wash(mixed, law, 0.5);
  CHECK(after.iodide + after.bromide + after.chloride == Approx(1).epsilon(1e-15));
  CHECK(after.chloride == mixed.chloride);
  CHECK(after.caesium == mixed.caesium);
  CHECK(after.iodide == Approx(0.7 / (1 + 3.0517578125)).epsilon(1e-14));  // (0.5/0.4)^5
}

TEST_CASE("Washing with two solvents takes more than with one, in either order alike", "[washing]") {
  const Composition there = wash(wash(mixed, law, 0.3), law, 0.5);
  const Composition back = wash(wash(mixed, law, 0.5), law, 0.3);
  CHECK(there.iodide == Approx(back.iodide).epsilon(1e-14));
  CHECK(there.iodide < wash(mixed, law, 0.5).iodide);
}
