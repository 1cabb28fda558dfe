#include "engine/math/lanes.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace nacre::math;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double units_in_last_place(double a, long double exact) {
  const double nearest = static_cast<double>(exact), size = std::abs(nearest);
  return static_cast<double>(std::abs(static_cast<long double>(a) - exact)) / (std::nextafter(size, infinite) - size);
}

}  // namespace

TEST_CASE("exp and expm1 in lanes are within two units in the last place of 80-bit arithmetic") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform(-1, 1);
  double worst_exp = 0, worst_expm1 = 0;
  for (double scale : {700., 30., 1., 1e-3, 1e-12})
    for (int trial = 0; trial < 5000; ++trial) {
      const Lanes x = Lanes::filled([&](std::size_t) { return scale * uniform(random); });
      const Exponential e = exponential(x);
      for (std::size_t k = 0; k < Lanes::width; ++k) {
        const long double exact = x[k];
        worst_exp = std::max(worst_exp, units_in_last_place(e.exp[k], std::exp(exact)));
        worst_expm1 = std::max(worst_expm1, units_in_last_place(e.expm1[k], std::expm1(exact)));
      }
    }
  CHECK(worst_exp < 2);
  CHECK(worst_expm1 < 2);
}

TEST_CASE("exp and expm1 in lanes at their ends") {
  const Lanes x = Lanes::filled([](std::size_t k) { return std::array{infinite, -infinite, 710., -746.}[k]; });
  for (std::size_t k = 0; k < Lanes::width; ++k) {
    CHECK(exp(x)[k] == std::exp(x[k]));
    CHECK(expm1(x)[k] == std::expm1(x[k]));
  }
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(exp(Lanes(none))[0]));
  CHECK(std::isnan(expm1(Lanes(none))[3]));
  CHECK(expm1(Lanes(1e-320))[0] == 1e-320);
  CHECK(exp(Lanes(-740))[0] == Approx(std::exp(-740)).epsilon(1e-2));  // subnormal
}

TEST_CASE("select takes each lane from its own side") {
  const Lanes x = Lanes::filled([](std::size_t k) { return static_cast<double>(k) - 1.5; });
  const Lanes size = select(x > 0, x, -x);
  for (std::size_t k = 0; k < Lanes::width; ++k) {
    CHECK(size[k] == std::abs(x[k]));
    CHECK(sign_of(x > 0)[k] == (x[k] > 0 ? 1 : -1));
    CHECK(log1p(size)[k] == std::log1p(size[k]));
  }
}
