#pragma once
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

/// Errors of a fit over their standard errors, of many draws of the noise: of unit variance where the standard errors
/// are true, and about zero where the fit is unbiased.
class Pulls {
 public:
  void add(double pull) { pulls_.push_back(pull); }
  /// Requires both to hold, as far as the number of draws can tell (four standard errors) and 25 % beyond.
  void check() const {
    const double count = static_cast<double>(pulls_.size());
    double mean = 0, square = 0, largest = 0;
    for (const double pull : pulls_) {
      mean += pull / count;
      square += pull * pull / count;
      largest = std::max(largest, std::abs(pull));
    }
    INFO("mean " << mean << ", root mean square " << std::sqrt(square) << ", largest " << largest);
    CHECK(std::abs(mean) < 4 / std::sqrt(count) + 0.25);
    CHECK(std::sqrt(square) == Approx(1).margin(4 / std::sqrt(2 * count) + 0.25));
    CHECK(largest < 5);
  }

 private:
  std::vector<double> pulls_;
};
