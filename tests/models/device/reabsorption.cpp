#include "models/device/reabsorption.hpp"

#include <catch2/catch.hpp>
#include <array>
#include <cmath>

#include "engine/math/quadrature.hpp"

using namespace nacre::device;

TEST_CASE("light of a slab is absorbed on the way out as rays in all directions say", "[reabsorption]") {
  const double thickness = GENERATE(2e-4, 0.01, 0.3, 2., 30.);
  // of a ray from depth z at cosine m: 1 - exp(-z/m), over depths and both half spaces; in closed form over the depth
  const auto rule = nacre::math::gauss_legendre(200);
  double absorbed = 0;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const double s = (1 + rule.nodes[i]) / 2, m = s * s * s, path = thickness / m;
    absorbed += rule.weights[i] / 2 * 3 * s * s * (1 + std::expm1(-path) / path);
  }
  CHECK(absorbed_on_the_way(thickness) == Approx(absorbed).epsilon(1e-5));
}

TEST_CASE("the absorbed share: its limits, its series, and the mean over a spectrum", "[reabsorption]") {
  CHECK(absorbed_on_the_way(0) == 0);
  CHECK(absorbed_on_the_way(1e4) == Approx(1).epsilon(1e-4));
  CHECK(absorbed_on_the_way(0.999999e-3) == Approx(absorbed_on_the_way(1.000001e-3)).epsilon(1e-5));
  const std::array wavelength{500e-9, 510e-9, 520e-9, 530e-9}, photons{0., 2., 1., 0.}, absorption{9e9, 1e7, 0., 1e9};
  CHECK(reabsorbed_share(wavelength, photons, absorption, 30e-9) == Approx(2. / 3 * absorbed_on_the_way(0.3)));
  CHECK(reabsorbed_share(wavelength, std::array{0., 0., 0., 0.}, absorption, 30e-9) == 0);
}
