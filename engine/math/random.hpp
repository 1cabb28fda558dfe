#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

namespace nacre::math {

/// Random numbers that are the same everywhere for a seed, unlike those of the standard distributions: SplitMix64
/// (Steele, Lea, Flood, OOPSLA 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// In (0, 1).
  double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; }
  /// Of mean 0 and variance 1, by Box and Muller.
  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }
  /// A count of a mean >= 0: by products of uniform numbers up to 30, beyond by transformed rejection (Hoermann,
  /// Insurance: Mathematics and Economics 12, 39 (1993), PTRS).
  double poisson(double mean) { return mean < 30 ? small_count(mean) : large_count(mean); }

 private:
  double small_count(double mean) {
    const double end = std::exp(-mean);
    double product = uniform(), count = 0;
    while (product > end) product *= uniform(), ++count;
    return count;
  }
  double large_count(double mean) {
    const double b = 0.931 + 2.53 * std::sqrt(mean), a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), v_r = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const double u = uniform() - 0.5, v = uniform(), us = 0.5 - std::abs(u);
      const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= v_r) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const double left = std::log(v * inverse_alpha / (a / (us * us) + b));
      if (left <= k * std::log(mean) - mean - std::lgamma(k + 1)) return k;
    }
  }

  std::uint64_t state_;
};

}  // namespace nacre::math
