#include "engine/math/degeneracy.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "engine/math/quadrature.hpp"

using namespace nacre::math;

namespace {

/// F_1/2 by Gauss-Legendre panels in sqrt(x).
double by_panels(double eta) {
  std::vector<double> edges;
  for (int i = 0; i <= 400; ++i) edges.push_back(std::sqrt(std::max(eta, 0.) + 45) * i / 400);
  return 4 / std::sqrt(std::numbers::pi) *
         integrate(composite(gauss_legendre(8), edges), [&](double t) { return t * t / (1 + std::exp(t * t - eta)); });
}

}  // namespace

TEST_CASE("F_1/2 agrees with its quadrature, its series and its degenerate limit") {
  for (double eta : {-20., -3., 0., 1.5, 10., 60., 150.})
    CHECK(fermi_dirac_half(eta).value == Approx(by_panels(eta)).epsilon(1e-11));
  CHECK(fermi_dirac_half(0).value == Approx((1 - 1 / std::numbers::sqrt2) * 2.612375348685488).epsilon(1e-13));
  double series = 0;
  for (int k = 1; k < 40; ++k) series -= std::pow(-1, k) * std::exp(-2. * k) / std::pow(k, 1.5);
  CHECK(fermi_dirac_half(-2).value == Approx(series).epsilon(1e-13));
  const double eta = 150, sommerfeld = 4 / (3 * std::sqrt(std::numbers::pi)) * std::pow(eta, 1.5) *
                                       (1 + std::pow(std::numbers::pi, 2) / (8 * eta * eta));
  CHECK(fermi_dirac_half(eta).value == Approx(sommerfeld).epsilon(3e-8));
}

TEST_CASE("a Gaussian band is half full at its centre, symmetric, dilute far below and sharp without disorder") {
  for (double width : {0.5, 4., 8.}) {
    CHECK(gauss_fermi(0, width).value == Approx(0.5).epsilon(1e-13));
    CHECK(gauss_fermi(3, width).value + gauss_fermi(-3, width).value == Approx(1).epsilon(1e-13));
    const double eta = -1.5 * width * width - 30;
    CHECK(gauss_fermi(eta, width).value == Approx(std::exp(eta + width * width / 2)).epsilon(1e-12));
  }
  CHECK(gauss_fermi(1, 1e-6).value == Approx(1 / (1 + std::exp(-1.))).epsilon(1e-10));
}

TEST_CASE("derivatives of the integrals agree with differences") {
  constexpr double h = 1e-4;
  for (double eta : {-5., 0.3, 20.}) {
    const auto check = [&](auto f) {
      CHECK(f(eta).slope == Approx((f(eta + h).value - f(eta - h).value) / (2 * h)).epsilon(1e-7).margin(1e-10));
      CHECK(f(eta).curvature == Approx((f(eta + h).slope - f(eta - h).slope) / (2 * h)).epsilon(1e-6).margin(1e-12));
    };
    check([](double x) { return fermi_dirac_half(x); });
    check([](double x) { return gauss_fermi(x, 4); });
  }
}

TEST_CASE("tables of degeneracy factors keep what they promise, and their slope is the slope of their value") {
  const auto worst = [](const LogDegeneracy& table, auto exact, double first, double last) {
    double error = 0, of_slope = 0;
    for (double eta = first; eta < last; eta += 0.0937) {
      const Occupation f = exact(eta);
      error = std::max(error, std::abs(table(eta).value - (std::log(f.value) - eta)));
      const double h = 1e-4, difference = (table(eta + h).value - table(eta - h).value) / (2 * h);
      of_slope = std::max(of_slope, std::abs(table(eta).slope - difference));
    }
    CHECK(of_slope < 1e-7);
    return error;
  };
  CHECK(worst(fermi_dirac_degeneracy(), fermi_dirac_half, -40, 60) < 1e-10);
  CHECK(worst(fermi_dirac_degeneracy(), fermi_dirac_half, 60.1, 200) < 1e-3);
  for (double width : {1., 4., 10.})
    CHECK(worst(
              gaussian_degeneracy(width), [&](double eta) { return gauss_fermi(eta, width); },
              -1.5 * width * width - 40, 60) < 1e-8);
}
