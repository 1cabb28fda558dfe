#include "models/synthesis/moments.hpp"

#include <cmath>

namespace nacre::synthesis {
namespace {

Moments from_central(double number, double mean, double second, double third) {
  Moments m{.number = number, .mean = mean, .sd = second >= 0 ? std::sqrt(second) : Moments{}.sd};
  if (second > 0) m.skewness = third / (second * std::sqrt(second));
  return m;
}

}  // namespace

Moments moments(std::span<const double> x, std::span<const double> weight) {
  double number = 0, sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    number += weight[i];
    sum += weight[i] * x[i];
  }
  if (!(number > 0)) return {};
  const double mean = sum / number;
  double second = 0, third = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double d = x[i] - mean;
    second += weight[i] * d * d;
    third += weight[i] * d * d * d;
  }
  return from_central(number, mean, second / number, third / number);
}

Moments moments_from_raw(double m0, double m1, double m2, double m3) {
  if (!(m0 > 0)) return {};
  const double mean = m1 / m0;
  const double second = m2 / m0 - mean * mean;
  return from_central(m0, mean, second, m3 / m0 - 3 * mean * (m2 / m0) + 2 * mean * mean * mean);
}

}  // namespace nacre::synthesis
