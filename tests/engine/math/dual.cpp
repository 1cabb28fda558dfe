#include "engine/math/dual.hpp"

#include <catch2/catch.hpp>

using nacre::math::Dual;

namespace {

template <class F>
void check_slope(F f, double x) {
  const double h = 1e-6 * std::abs(x);
  const double difference = (f(x + h) - f(x - h)) / (2 * h);
  const Dual<2> y = f(Dual<2>::variable(x, 1));
  CHECK(y.value == Approx(f(x)).epsilon(1e-14));
  CHECK(y.slope[0] == 0);
  CHECK(y.slope[1] == Approx(difference).epsilon(1e-8));
}

}  // namespace

TEST_CASE("dual numbers carry the derivative of every function they offer") {
  const double x = GENERATE(0.3, 1.7, 4.2);
  check_slope([](auto a) { return exp(a) * a - 2.0 / a; }, x);
  check_slope([](auto a) { return log(a) + log1p(a) + expm1(a); }, x);
  check_slope([](auto a) { return sqrt(a) / (1.0 + a * a); }, x);
  check_slope([](auto a) { return sin(a) * cos(2.0 * a); }, x);
  check_slope([](auto a) { return pow(a, 2.0 / 3); }, x);
  check_slope([](auto a) { return abs(1.0 - a); }, x);
}

TEST_CASE("several variables keep their slopes apart") {
  const auto x = Dual<2>::variable(2, 0), y = Dual<2>::variable(5, 1);
  const auto f = x * x * y / (x + y);
  CHECK(f.value == Approx(20.0 / 7));
  CHECK(f.slope[0] == Approx((2 * 2 * 5 * 7 - 20) / 49.0));  // (2xy(x+y) - x^2 y)/(x+y)^2
  CHECK(f.slope[1] == Approx(8.0 / 49));                     // x^3/(x+y)^2
}
