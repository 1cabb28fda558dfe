#pragma once
#include <limits>
#include <span>

namespace nacre::synthesis {

/// Mean, standard deviation and skewness of a weighted sample; NaN where there is no weight (or, for the last, no
/// spread).
struct Moments {
  double number = 0;
  double mean = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
  double skewness = std::numeric_limits<double>::quiet_NaN();
};

/// Two passes: central moments lose no digits.
Moments moments(std::span<const double> x, std::span<const double> weight);
/// From the raw moments sum w, sum w x, sum w x^2, sum w x^3.
Moments moments_from_raw(double m0, double m1, double m2, double m3);

}  // namespace nacre::synthesis
