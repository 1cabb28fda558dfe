#include "engine/math/least_squares.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace nacre::math;

TEST_CASE("A fit finds the parameters that made the data, from a bad start", "[least_squares]") {
  std::vector<double> t, y;
  for (int i = 0; i < 60; ++i) t.push_back(0.1 * i), y.push_back(3 * std::exp(-0.8 * t.back()) + 0.5);
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = p[0] * std::exp(-p[1] * t[i]) + p[2] - y[i];
  };
  const LeastSquares fit = least_squares(residuals, {1, 3, 0}, t.size());
  REQUIRE(fit.converged);
  CHECK(fit.parameters[0] == Approx(3));
  CHECK(fit.parameters[1] == Approx(0.8));
  CHECK(fit.parameters[2] == Approx(0.5));
  CHECK(fit.chi_square < 1e-12);
}

TEST_CASE("Standard errors of a straight line are those of the textbook", "[least_squares]") {
  const std::vector<double> x{0, 1, 2, 3, 4}, y{0.1, 0.9, 2.2, 2.8, 4.1};
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = p[0] + p[1] * x[i] - y[i];
  };
  const LeastSquares fit = least_squares(residuals, {0, 0}, 5);
  const Line line = straight_line(x, y);
  CHECK(line.slope == Approx(0.99));
  CHECK(line.intercept == Approx(0.04));
  CHECK(fit.parameters[1] == Approx(line.slope));
  CHECK(fit.standard_errors[1] == Approx(line.slope_error).epsilon(1e-5));
}

TEST_CASE("Residuals that are no numbers end a fit", "[least_squares][bad]") {
  const auto residuals = [](std::span<const double>, std::span<double> r) {
    std::fill(r.begin(), r.end(), std::nan(""));
  };
  CHECK_FALSE(least_squares(residuals, {1}, 3).converged);
}
