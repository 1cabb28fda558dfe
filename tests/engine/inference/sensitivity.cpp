#include <catch2/catch.hpp>
#include <numbers>

#include "engine/inference/morris.hpp"
#include "engine/inference/sobol_indices.hpp"
#include "engine/math/quasi_random.hpp"

using namespace nacre::inference;

namespace {

template <class Function>
std::vector<double> values_at(const std::vector<Point>& points, const Function& function) {
  std::vector<double> values;
  for (const Point& point : points) values.push_back(function(point));
  return values;
}

/// sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on (-pi, pi)^3: T. Ishigami and T. Homma, ISUMA 1990.
double ishigami(const Point& p) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2 * p[k] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

}  // namespace

TEST_CASE("Sobol indices of the Ishigami function", "[inference]") {
  const std::vector<double> values = values_at(saltelli_points(3, 8192, 1), ishigami);
  const SobolIndices found = sobol_indices(values, 3, 1, 50);
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double first = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2), second = 49.0 / 8, both = 8 * 0.01 * pi4 * pi4 / 225;
  const double all = first + second + both;
  CHECK(found.variance == Approx(all).epsilon(0.01));
  CHECK(found.first[0].value == Approx(first / all).margin(0.01));
  CHECK(found.first[1].value == Approx(second / all).margin(0.01));
  CHECK(found.first[2].value == Approx(0).margin(0.01));
  CHECK(found.total[0].value == Approx((first + both) / all).margin(0.01));
  CHECK(found.total[1].value == Approx(second / all).margin(0.01));
  CHECK(found.total[2].value == Approx(both / all).margin(0.01));
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(found.total[k].low <= found.total[k].value);
    CHECK(found.total[k].value <= found.total[k].high);
  }
}

TEST_CASE("Sobol indices of a linear model are the shares of its variance", "[inference]") {
  const auto line = [](const Point& p) { return 3 * p[0] - 2 * p[1] + p[2] + 100; };
  const SobolIndices found = sobol_indices(values_at(saltelli_points(3, 4096, 1), line), 3, 1, 50);
  for (const auto& [k, share] : {std::pair{0, 9.0 / 14}, std::pair{1, 4.0 / 14}, std::pair{2, 1.0 / 14}}) {
    CHECK(found.first[static_cast<std::size_t>(k)].value == Approx(share).margin(0.01));
    CHECK(found.total[static_cast<std::size_t>(k)].value == Approx(share).margin(0.01));
  }
}

TEST_CASE("Sobol indices leave out what failed, and their intervals hold the truth as often as they should",
          "[inference]") {
  int held = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::vector<double> values = values_at(saltelli_points(3, 256, seed), ishigami);
    values[7] = std::nan("");
    const SobolIndices found = sobol_indices(values, 3, seed, 100);
    CHECK(found.used == 255);
    held += found.total[1].low <= 0.4424 && 0.4424 <= found.total[1].high;
  }
  CHECK(held >= 34);  // 95 % of 40 are 38; quasi-random points only help
}

TEST_CASE("Intervals of Sobol indices are as narrow as quasi-random points make them", "[inference]") {
  const auto line = [](const Point& p) { return 5 * p[0] + 3 * p[1]; };
  int held = 0;
  double width = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SobolIndices found = sobol_indices(values_at(saltelli_points(2, 512, seed), line), 2, seed);
    for (const Interval& i : {found.first[0], found.total[0]}) {
      held += i.low <= 25.0 / 34 && 25.0 / 34 <= i.high;
      width += (i.high - i.low) / 40;
    }
  }
  CHECK(held >= 38);
  CHECK(width < 0.05);  // resampling single rows says 0.18
}

TEST_CASE("Elementary effects of a linear model are its slopes, without spread", "[inference]") {
  const std::vector<Point> points = morris_points(4, 10, 4, 3);
  REQUIRE(points.size() == 50);
  const auto line = [](const Point& p) { return 3 * p[0] - 2 * p[1] + p[2]; };
  const std::vector<Effect> effects = morris_effects(values_at(points, line), points);
  CHECK(effects[0].mean == Approx(3));
  CHECK(effects[1].mean == Approx(-2));
  CHECK(effects[1].mean_abs == Approx(2));
  CHECK(effects[3].mean_abs == Approx(0).margin(1e-12));
  for (const Effect& effect : effects) CHECK(effect.spread == Approx(0).margin(1e-9));
}

TEST_CASE("Elementary effects of a product spread: it interacts", "[inference]") {
  const std::vector<Point> points = morris_points(2, 40, 8, 1);
  const std::vector<Effect> effects =
      morris_effects(values_at(points, [](const Point& p) { return p[0] * p[1]; }), points);
  CHECK(effects[0].mean == Approx(0.5).margin(0.15));
  CHECK(effects[0].spread > 0.15);
  for (const Point& point : points) {
    for (const double x : point) CHECK((x >= 0 && x <= 1));
  }
}

TEST_CASE("Quantiles of the normal distribution", "[inference]") {
  using nacre::math::normal_quantile;
  CHECK(normal_quantile(0.5) == Approx(0).margin(1e-14));
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-13));
  CHECK(normal_quantile(1e-9) == Approx(-5.997807015007686).epsilon(1e-10));
  for (const double p : {1e-6, 0.01, 0.3, 0.8, 0.999})
    CHECK(0.5 * std::erfc(-normal_quantile(p) / std::numbers::sqrt2) == Approx(p).epsilon(1e-12));
}
