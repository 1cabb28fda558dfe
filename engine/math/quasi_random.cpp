#include "engine/math/quasi_random.hpp"

#include <cmath>
#include <numbers>

#include "engine/math/sampling.hpp"

namespace nacre::math {
namespace {

double central(double p) {
  const double q = p - 0.5, r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
            1.383577518672690e+02) *
               r -
           3.066479806614716e+01) *
              r +
          2.506628277459239e+00) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1);
}

double lower_tail(double p) {
  const double q = std::sqrt(-2 * std::log(p));
  return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
            2.549732539343734e+00) *
               q +
           4.374664141464968e+00) *
              q +
          2.938163982698783e+00) /
         ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
           3.754408661907416e+00) *
              q +
          1);
}

}  // namespace

double quasi_random(std::uint64_t index, std::uint64_t count, int dimension, std::uint64_t seed) {
  return dimension < sobol_dimensions ? sobol(index, dimension, seed) : latin_hypercube(index, count, dimension, seed);
}

double normal_quantile(double p) {
  constexpr double edge = 0.02425;
  const double x = p < edge ? lower_tail(p) : p > 1 - edge ? -lower_tail(1 - p) : central(p);
  const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - p;
  const double step = error * std::sqrt(2 * std::numbers::pi) * std::exp(x * x / 2);
  return x - step / (1 + x * step / 2);
}

}  // namespace nacre::math
