#include "models/confinement/colour.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::nanometre;

namespace {

Colour of_gaussian(double peak, double full_width, double step = 0.25) {
  std::vector<double> wavelength, power;
  for (double x = 340; x < 860; x += step) {
    wavelength.push_back(x * nanometre);
    power.push_back(std::exp(-4 * std::log(2.0) * std::pow((x - peak) / full_width, 2)));
  }
  const Colour colour = ColourMatching(samples::colour_table()).of(wavelength, power);
  REQUIRE(colour.complete);
  return colour;
}

}  // namespace

TEST_CASE("The table is the CIE 1931 observer: columns of equal sums", "[colour]") {
  const ColourTable table = samples::colour_table();
  REQUIRE(table.wavelength.size() == 95);
  double x = 0, y = 0, z = 0;
  for (std::size_t i = 0; i < 95; ++i) x += table.x[i], y += table.y[i], z += table.z[i];
  CHECK(x == Approx(21.37).margin(0.01));
  CHECK(y == Approx(21.37).margin(0.01));
  CHECK(z == Approx(21.37).margin(0.01));
}

TEST_CASE("Colours of three Gaussians", "[colour]") {
  const struct {
    double peak, width, x, y;
  } reference[] = {{458, 15, 0.146, 0.028}, {637, 31, 0.705, 0.295}, {520, 19, 0.091, 0.803}};
  for (const auto& line : reference) {
    const Colour colour = of_gaussian(line.peak, line.width);
    CHECK(colour.x == Approx(line.x).margin(6e-4));
    CHECK(colour.y == Approx(line.y).margin(6e-4));
  }
}

TEST_CASE("Equal power is white, and 555 nm gives 683 lm/W", "[colour]") {
  const Colour white = of_gaussian(600, 1e6);
  CHECK(white.x == Approx(1.0 / 3).margin(5e-4));
  CHECK(white.y == Approx(1.0 / 3).margin(5e-4));
  CHECK(of_gaussian(555, 0.5, 0.02).luminous_efficacy == Approx(683).epsilon(1e-3));
}

TEST_CASE("The order of the wavelengths does not matter, nor does the scale", "[colour]") {
  std::vector<double> wavelength{500e-9, 510e-9, 530e-9, 540e-9}, power{1, 3, 2, 1};
  const ColourMatching eye(samples::colour_table());
  const Colour up = eye.of(wavelength, power);
  const Colour down =
      eye.of(std::vector<double>(wavelength.rbegin(), wavelength.rend()), std::vector<double>{1e-9, 2e-9, 3e-9, 1e-9});
  CHECK(down.x == Approx(up.x).epsilon(1e-12));
  CHECK(down.luminous_efficacy == Approx(up.luminous_efficacy).epsilon(1e-12));
}

TEST_CASE("Light that nobody sees has no colour", "[colour]") {
  const ColourMatching eye(samples::colour_table());
  CHECK_FALSE(eye.of(std::vector<double>{1e-6, 1.1e-6}, std::vector<double>{1, 1}).complete);
  CHECK_FALSE(eye.of(std::vector<double>{5e-7, 5.1e-7}, std::vector<double>{0, 0}).complete);
  CHECK_FALSE(eye.of(std::vector<double>{5e-7, 5.1e-7}, std::vector<double>{std::nan(""), 1}).complete);
}
