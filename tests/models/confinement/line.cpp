#include "models/confinement/line.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/math/quadrature.hpp"
#include "models/confinement/stokes.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::electron_volt, samples::nanometre;

TEST_CASE("Thermal line width: static when cold, linear in T when hot", "[line]") {
  const Line line{0.02 * electron_volt, 0.06 * electron_volt, 0.015 * electron_volt, 0};
  CHECK(line_width(line, 0) == line.static_width);
  CHECK(line_width(line, 2) == Approx(line.static_width).epsilon(1e-12));
  const double k = nacre::units::constants::boltzmann;  // classical limit: coupling kT/E - coupling/2
  CHECK(line_width(line, 1e4) ==
        Approx(line.static_width + line.coupling * (k * 1e4 / line.phonon_energy - 0.5)).epsilon(1e-4));
  const double at_ln2 = line.phonon_energy / (k * std::log(2.0));  // exp(E/kT) = 2
  CHECK(line_width(line, at_ln2) == Approx(0.08 * electron_volt).epsilon(1e-12));
}

TEST_CASE("Profiles have unit area and the width they claim", "[line]") {
  for (const double share : {0.0, 0.05, 1.0}) {
    CHECK(line_profile(0.5, 1, share) == Approx(0.5 * line_profile(0, 1, share)).epsilon(1e-14));
    std::vector<double> edges;
    for (int i = -200; i <= 200; ++i) edges.push_back(i);
    const auto rule = nacre::math::composite(nacre::math::gauss_legendre(20), edges);
    const double inside = integrate(rule, [&](double x) { return line_profile(x, 1, share); });
    const double tails = share * (1 - 2 / 3.141592653589793 * std::atan(400.0));  // of the Lorentzian beyond 200 widths
    CHECK(inside + tails == Approx(1).epsilon(1e-10));
  }
}

TEST_CASE("The Stokes shift is a power law below its cap", "[stokes]") {
  const StokesLaw law{0.082, 4 * nanometre, 1.2, 0.1};
  CHECK(stokes_shift(law, 4 * nanometre) == Approx(0.082));
  CHECK(stokes_shift(law, 8 * nanometre) == Approx(0.082 * std::pow(0.5, 1.2)));
  CHECK(stokes_shift(law, 2 * nanometre) == 0.1);
}
