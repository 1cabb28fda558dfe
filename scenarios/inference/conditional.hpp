#pragma once
#include <cstddef>
#include <vector>

namespace nacre::scenarios::inference {

/// A number that a fit brings to what was measured, whatever else is uncertain.
struct FittedEntry {
  std::vector<double> samples;  ///< what samples of all uncertain numbers make of it; NaN: could not be computed
  double value = 0;             ///< with all numbers as they are
  double sigma = 0;             ///< of the measured one
  std::vector<double> noise;    ///< where in it the measured one lies, a standard normal number for every sample [1]
  bool share = false;           ///< a part of a whole: neither below 0 nor above 1
};

/// The middle of a distribution.
struct Interval {
  double low, middle, high;  ///< 16, 50 and 84 %; NaN of fewer than four samples
  std::size_t samples = 0;   ///< that could be computed
  bool given = true;         ///< what was fitted; too few samples for that: all that the uncertain numbers make of it
};

/// What samples say of a number once others are known to have been fitted: in place of fitting every sample anew, each
/// sample is moved along the regression of the number on the fitted ones to where these have their measured values,
/// with the error of these. Samples count the less the further they have to be moved; numbers that are positive in all
/// samples are taken by their logarithms, shares of a whole by log x/(1 - x). (Regression adjustment of approximate
/// Bayesian computation, M. A. Beaumont, W. Zhang, D. J. Balding, Genetics 162, 2025 (2002).) Exact where all is linear
/// and normal. Where there are fewer than four samples a fitted number nothing is moved.
class Conditional {
 public:
  explicit Conditional(const std::vector<FittedEntry>& entries, std::size_t samples);

  /// One value a sample; NaN: could not be computed. `share` as of an entry.
  Interval of(const std::vector<double>& samples, bool share = false) const;

 private:
  std::vector<std::vector<double>> from_;  // entry by entry and sample by sample: distance to `value`, transformed
  std::vector<std::vector<double>> to_;    // where it is moved to
  std::vector<double> weight_;             // of a sample; 0: an entry of it could not be computed
};

}  // namespace nacre::scenarios::inference
