#include "tools/report/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace nacre::report {
namespace {

constexpr std::size_t few = 64;
constexpr std::uint16_t no_number = 65535;

std::string base64(std::span<const unsigned char> bytes) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < have ? bytes[i + k] : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += k <= have ? letters[group >> (18 - 6 * k) & 63u] : '=';
  }
  return text;
}

/// Bytes of words, lowest first whatever the machine.
template <class Word>
std::vector<unsigned char> bytes_of(const std::vector<Word>& words) {
  std::vector<unsigned char> bytes;
  bytes.reserve(words.size() * sizeof(Word));
  for (const Word word : words) {
    for (std::size_t k = 0; k < sizeof(Word); ++k) bytes.push_back(static_cast<unsigned char>(word >> (8 * k) & 255u));
  }
  return bytes;
}

std::uint32_t single(double value) {
  const double most = std::numeric_limits<float>::max();
  const float rounded = static_cast<float>(std::isfinite(value) ? std::clamp(value, -most, most)
                                                                : std::numeric_limits<double>::quiet_NaN());
  std::uint32_t bits = 0;
  std::memcpy(&bits, &rounded, sizeof bits);
  return bits;
}

/// Of finite values that are all the same, or of none that is finite.
std::string constant(std::span<const double> values) {
  const bool alike = std::all_of(values.begin(), values.end(), [&](double value) {
    return value == values.front() || (std::isnan(value) && std::isnan(values.front()));
  });
  if (!alike || values.empty()) return encoded(values);
  return "{\"all\":" + short_number(values.front()) + ",\"count\":" + std::to_string(values.size()) + "}";
}

}  // namespace

std::string short_number(double value) {
  if (!std::isfinite(value)) return "null";
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 6);
  return {digits, end.ptr};
}

std::string encoded(std::span<const double> values) {
  if (values.size() <= few) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : ",") + short_number(value);
    return "[" + text + "]";
  }
  std::vector<std::uint32_t> words;
  words.reserve(values.size());
  for (const double value : values) words.push_back(single(value));
  return "{\"f32\":\"" + base64(bytes_of(words)) + "\"}";
}

std::string encoded_in_steps(std::span<const double> values) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!(high > low)) return constant(values);
  std::vector<std::uint16_t> words;
  words.reserve(values.size());
  const double steps = (no_number - 1) / (high - low);
  for (const double value : values)
    words.push_back(std::isfinite(value) ? static_cast<std::uint16_t>(std::lround((value - low) * steps)) : no_number);
  return "{\"q16\":\"" + base64(bytes_of(words)) + "\",\"low\":" + short_number(low) +
         ",\"high\":" + short_number(high) + "}";
}

}  // namespace nacre::report
