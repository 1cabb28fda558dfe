#include "engine/io/text_check.hpp"

#include <algorithm>
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

/// Follows strings and comments of TOML up to the first error, so that only the dots of keys and numbers are counted.
class KeyDepth {
 public:
  KeyDepth(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  /// Throws InputError for too long a dotted key.
  void run() {
    for (std::size_t i = 0; i < text_.size();) i = step(i);
  }

 private:
  [[noreturn]] void fail(std::size_t i) const {
    const auto line = std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(i), '\n') + 1;
    throw InputError({name_, static_cast<int>(line), 0}, "", "a key of more than 32 parts", "at most 32 parts");
  }

  std::size_t step(std::size_t i) {
    const char c = text_[i];
    if (c == '#') return end_of_line(i);
    if (c == '"' || c == '\'') return end_of_string(i);
    if (c == '.') ++dots_;
    if (c == '\n' || c == ',' || c == '=' || c == '[' || c == ']' || c == '{' || c == '}') dots_ = 0;
    if (dots_ >= deepest_key) fail(i);
    return i + 1;
  }

  std::size_t end_of_line(std::size_t i) const { return std::min(text_.find('\n', i), text_.size()); }

  std::size_t end_of_string(std::size_t i) const {
    const char mark = text_[i];
    const std::string three(3, mark);
    const bool multiline = text_.substr(i, 3) == three;
    for (std::size_t k = i + (multiline ? 3 : 1); k < text_.size(); ++k) {
      if (mark == '"' && text_[k] == '\\') {
        ++k;
      } else if (!multiline && (text_[k] == mark || text_[k] == '\n')) {
        return text_[k] == mark ? k + 1 : k;
      } else if (multiline && text_.substr(k, 3) == three) {
        return std::min(text_.find_first_not_of(mark, k), text_.size());
      }
    }
    return text_.size();
  }

  std::string_view text_;
  const std::string& name_;
  int dots_ = 0;
};

}  // namespace

void require_text(std::string_view text, const std::string& name) {
  int line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0) throw InputError({name, line, 0}, "", "a byte that is not UTF-8", "a text file");
    if (is_control(text, i)) throw InputError({name, line, 0}, "", "a control byte", "a text file");
    if (text[i] == '\n') ++line;
    i += length;
  }
}

void require_shallow_keys(std::string_view text, const std::string& name) {
  KeyDepth(text, name).run();
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
