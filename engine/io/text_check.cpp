#include "engine/io/text_check.hpp"

#include <cstddef>

#include "engine/io/input_error.hpp"

namespace nacre::io {
namespace {

constexpr int deepest_key = 32;

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

/// Length of the well-formed UTF-8 letter at i, 0 when there is none (Unicode 15, table 3-7).
std::size_t utf8_length(std::string_view text, std::size_t i) {
  const unsigned first = byte_at(text, i);
  if (first < 0x80) return 1;
  const auto follows = [&](std::size_t k, unsigned low = 0x80, unsigned high = 0xBF) {
    const unsigned byte = byte_at(text, i + k);
    return byte >= low && byte <= high;
  };
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool is_control(std::string_view text, std::size_t i) {
  const unsigned byte = byte_at(text, i);
  if (byte == '\r') return byte_at(text, i + 1) != '\n';
  return byte == 0x7F || (byte < 0x20 && byte != '\t' && byte != '\n');
}

/// Follows strings and comments of TOML, so that only the dots of keys are counted.
class KeyDepth {
 public:
  /// Skips the string or comment that begins at i, or counts the byte; returns where to go on.
  std::size_t step(std::string_view text, std::size_t i) {
    const char c = text[i];
    if (c == '#') return end_of_line(text, i);
    if (c == '"' || c == '\'') return end_of_string(text, i);
    if (c == '.') ++dots_;
    if (c == '\n' || c == ',' || c == '=' || c == '[' || c == ']' || c == '{' || c == '}') dots_ = 0;
    return i + 1;
  }
  bool too_deep() const { return dots_ > deepest_key; }

 private:
  static std::size_t end_of_line(std::string_view text, std::size_t i) {
    const std::size_t end = text.find('\n', i);
    return end == std::string_view::npos ? text.size() : end;
  }

  static std::size_t end_of_string(std::string_view text, std::size_t i) {
    const char mark = text[i];
    const std::string three(3, mark);
    const bool multiline = text.substr(i, 3) == three;
    for (std::size_t k = i + (multiline ? 3 : 1); k < text.size(); ++k) {
      if (mark == '"' && text[k] == '\\') {
        ++k;
      } else if (!multiline && (text[k] == mark || text[k] == '\n')) {
        return text[k] == mark ? k + 1 : k;
      } else if (multiline && text.substr(k, 3) == three) {
        k += 3;
        while (k < text.size() && text[k] == mark) ++k;
        return k;
      }
    }
    return text.size();
  }

  int dots_ = 0;
};

}  // namespace

void require_readable_text(std::string_view text, const std::string& name) {
  int line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0) throw InputError({name, line, 0}, "", "a byte that is not UTF-8", "a text file");
    if (is_control(text, i)) throw InputError({name, line, 0}, "", "a control byte", "a text file");
    if (text[i] == '\n') ++line;
    i += length;
  }
  KeyDepth depth;
  for (std::size_t i = 0; i < text.size();) {
    i = depth.step(text, i);
    if (depth.too_deep()) throw InputError({name, 0, 0}, "", "a key of more than 32 parts", "at most 32 parts");
  }
}

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string result = "\"";
  std::size_t i = 0;
  while (i < text.size() && i < longest) {
    const std::size_t length = utf8_length(text, i);
    const bool shown = length > 0 && byte_at(text, i) >= 0x20 && byte_at(text, i) != 0x7F;
    result += shown ? std::string(text.substr(i, length)) : "?";
    i += length == 0 ? 1 : length;
  }
  return result + (i < text.size() ? "...\"" : "\"");
}

}  // namespace nacre::io
