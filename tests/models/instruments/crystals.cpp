#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/instruments/diffraction.hpp"
#include "models/instruments/microscope.hpp"

using namespace nacre::instruments;

namespace {

struct Sizes {
  std::vector<double> edge, number;
};
Sizes normal_sizes(double mean, double sd) {
  Sizes s;
  for (int i = -100; i <= 100; ++i) {
    s.edge.push_back(mean + 0.05 * i * sd);
    s.number.push_back(std::exp(-0.5 * std::pow(0.05 * i, 2)));
  }
  return s;
}

}  // namespace

TEST_CASE("A microscope reports the mean within its error, and the spread with that of its measurement",
          "[instruments]") {
  const Sizes s = normal_sizes(4.1e-9, 0.5e-9);
  const Micrograph picture = photograph({20000, 0.36e-9, 30, 5}, s.edge, s.number);
  CHECK(picture.mean == Approx(4.1e-9).margin(4 * picture.mean_error));
  CHECK(picture.standard_deviation == Approx(std::hypot(0.5e-9, 0.36e-9)).margin(4 * picture.standard_deviation_error));
  CHECK(picture.size.size() == 20000);
  CHECK(std::accumulate(picture.frequency.begin(), picture.frequency.end(), 0.0) == Approx(1));
  for (const double size : picture.size) REQUIRE(size > 0);
}

TEST_CASE("Equal seeds give equal pictures, others do not", "[instruments]") {
  const Sizes s = normal_sizes(4.1e-9, 0.5e-9);
  CHECK(photograph({50, 1e-10, 8, 5}, s.edge, s.number).size == photograph({50, 1e-10, 8, 5}, s.edge, s.number).size);
  CHECK(photograph({50, 1e-10, 8, 5}, s.edge, s.number).size != photograph({50, 1e-10, 8, 6}, s.edge, s.number).size);
}

TEST_CASE("One size, measured exactly", "[instruments]") {
  const std::vector<double> edge{3e-9}, number{1};
  const Micrograph picture = photograph({10, 0, 4, 1}, edge, number);
  CHECK(picture.mean == Approx(3e-9));
  CHECK(picture.standard_deviation == Approx(0).margin(1e-20));
}

TEST_CASE("Scherrer's width, and the size that it gives back", "[instruments]") {
  const std::vector<double> edge{8e-9}, number{1};
  const Diffractometer instrument{0.15406e-9, 1, 0.1 * 3.14159265358979 / 180, 0.9};
  const Diffraction peak = diffract(instrument, 0.587e-9, false, edge, number);
  CHECK(peak.angle == Approx(2 * std::asin(0.15406 / (2 * 0.587))));
  CHECK(peak.scherrer_size == Approx(8e-9));
  CHECK(peak.width > 0.9 * 0.15406e-9 / 8e-9);
  CHECK(diffract(instrument, 0.587e-9, true, edge, number).column == Approx(6e-9));
  // a spread weighs by volume: <L^4>/<L^3> of a normal distribution
  const Sizes s = normal_sizes(8e-9, 0.8e-9);
  const double m = 8, v = 0.64;
  const double column = (m * m * m * m + 6 * m * m * v + 3 * v * v) / (m * m * m + 3 * m * v);
  CHECK(diffract(instrument, 0.587e-9, false, s.edge, s.number).column == Approx(column * 1e-9).epsilon(1e-4));
  CHECK(std::isnan(diffract({0.15406e-9, 100, 0, 0.9}, 0.587e-9, false, edge, number).width));
}
