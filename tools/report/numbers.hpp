#pragma once
#include <span>
#include <string>

namespace nacre::report {

/// A number as JSON with six digits; null when it is not finite.
std::string short_number(double value);

/// Numbers as JSON: a list of short numbers while there are few, else {"f32": "..."}, single precision in base64 as
/// decode.js reads it, where NaN stays NaN.
std::string encoded(std::span<const double> values);

/// Numbers between a smallest and a largest one in 65535 steps: {"q16": "...", "low": ..., "high": ...}; the last code
/// stands for NaN; values that are all the same are {"all": ..., "count": ...}. For curves by the thousand.
std::string encoded_in_steps(std::span<const double> values);

}  // namespace nacre::report
