#include "engine/math/spline.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using nacre::math::Spline;

namespace {

/// Uneven points on [0, pi]: the order must not need a uniform grid.
Spline of_sine(int intervals, Spline::Ends ends = Spline::Ends::not_a_knot) {
  std::vector<double> x, y;
  for (int i = 0; i <= intervals; ++i) {
    const double t = static_cast<double>(i) / intervals;
    x.push_back(std::numbers::pi * (t + 0.3 * t * (1 - t)));
    y.push_back(std::sin(x.back() + 0.5));
  }
  return Spline(x, y, ends);
}

double largest_error(const Spline& spline, bool derivative) {
  double error = 0;
  for (int i = 0; i <= 1000; ++i) {
    const double x = std::numbers::pi * i / 1000;
    const double difference =
        derivative ? spline.derivative(x) - std::cos(x + 0.5) : spline.value(x) - std::sin(x + 0.5);
    error = std::max(error, std::abs(difference));
  }
  return error;
}

}  // namespace

TEST_CASE("A not-a-knot spline has order 4, its derivative order 3", "[spline]") {
  CHECK(std::log2(largest_error(of_sine(20), false) / largest_error(of_sine(40), false)) == Approx(4).margin(0.3));
  CHECK(std::log2(largest_error(of_sine(20), true) / largest_error(of_sine(40), true)) == Approx(3).margin(0.3));
}

TEST_CASE("Natural ends lose two orders where the curvature is not zero", "[spline]") {
  const double ratio = largest_error(of_sine(40, Spline::Ends::natural), false) /
                       largest_error(of_sine(80, Spline::Ends::natural), false);
  CHECK(std::log2(ratio) == Approx(2).margin(0.2));
}

TEST_CASE("A not-a-knot spline reproduces cubics, beyond its ends too", "[spline]") {
  const auto cubic = [](double x) { return 1 - x * (2 - x * (0.5 + 0.3 * x)); };
  std::vector<double> x{0, 0.3, 1, 1.4, 2.5}, y;
  for (const double at : x) y.push_back(cubic(at));
  const Spline spline(x, y);
  for (const double at : {-1.0, 0.1, 0.9, 1.4, 2.0, 3.0}) CHECK(spline.value(at) == Approx(cubic(at)).margin(1e-13));
  CHECK(spline.derivative(2.0) == Approx(-2 + 2.0 + 3.6).epsilon(1e-12));
}

TEST_CASE("Two points with natural ends are a straight line", "[spline]") {
  const Spline line({0, 2}, {1, 5}, Spline::Ends::natural);
  CHECK(line.value(0.5) == Approx(2));
  CHECK(line.derivative(1.7) == Approx(2));
}
