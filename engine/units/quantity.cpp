#include "engine/units/quantity.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "engine/units/symbols.hpp"

namespace nacre::units {
namespace {

constexpr int highest_power = 9;
constexpr std::size_t longest_unit = 100;  // also bounds the depth of brackets

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '%';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Letters of print for those of a keyboard: both micro signs, Angstrom, Ohm, degree, middle dot, superscripts.
std::string plain(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> letters{{
      {"\u00b5", "u"},
      {"\u03bc", "u"},
      {"\u00c5", "angstrom"},
      {"\u212b", "angstrom"},
      {"\u03a9", "ohm"},
      {"\u2126", "ohm"},
      {"\u00b0", "deg"},
      {"\u00b7", "*"},
      {"\u22c5", "*"},
      {"\u207b", "-"},
      {"\u00b9", "1"},
      {"\u00b2", "2"},
      {"\u00b3", "3"},
      {"\u2074", "4"},
      {"\u2075", "5"},
      {"\u2076", "6"},
      {"\u00a0", " "},
  }};
  std::string result;
  while (!text.empty()) {
    std::string_view piece = text.substr(0, 1);
    std::string_view replacement = piece;
    for (const auto& [letter, ascii] : letters) {
      if (!text.starts_with(letter)) continue;
      piece = letter;
      replacement = ascii;
    }
    result += replacement;
    text.remove_prefix(piece.size());
  }
  return result;
}

/// Recursive descent over  product := factor { (' ' | '*' | '/') factor },  factor := (symbol | '1' | '(' product ')')
/// [power].
class UnitReader {
 public:
  explicit UnitReader(std::string_view text) : text_(text), rest_(text) {}

  Unit read() {
    const Unit unit = product();
    if (!rest_.empty()) fail("does not understand \"" + std::string(rest_) + "\"");
    return unit;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::invalid_argument("unit \"" + std::string(text_) + "\": " + why);
  }

  char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  void skip_blanks() {
    while (is_blank(next())) rest_.remove_prefix(1);
  }

  /// Multiplies a factor in, raised to a power; the sum of powers stays far inside a signed char.
  void multiply(Unit& unit, const Unit& factor, int power) const {
    for (std::size_t i = 0; i < unit.dimension.exponents.size(); ++i) {
      const int sum = unit.dimension.exponents[i] + power * factor.dimension.exponents[i];
      if (std::abs(sum) > 100) fail("has a power that is too high");
      unit.dimension.exponents[i] = static_cast<signed char>(sum);
    }
    unit.factor *= std::pow(factor.factor, power);
    if (!std::isnormal(unit.factor)) fail("is too large or too small a unit");
  }

  Unit product() {
    Unit unit;
    bool divided = false;
    int factors = 0;
    while (true) {
      skip_blanks();
      const char sign = next();
      const bool explicit_sign = sign == '*' || sign == '/';
      if (explicit_sign && factors == 0) fail("begins with \"" + std::string(1, sign) + "\"");
      if (explicit_sign) rest_.remove_prefix(1);
      skip_blanks();
      if (next() == '\0' || next() == ')') {
        if (explicit_sign || factors == 0) fail("ends where a unit was expected");
        return unit;
      }
      if (divided && sign != '/') fail("is ambiguous after \"/\": write a/(b c) or a/b/c");
      divided = sign == '/';
      factor(unit, divided ? -1 : 1);
      ++factors;
      if (unit.offset != 0 && factors > 1) fail("combines degC with another unit; use K");
    }
  }

  void factor(Unit& unit, int direction) {
    Unit part;
    if (next() == '(') {
      rest_.remove_prefix(1);
      part = product();
      if (next() != ')') fail("lacks a closing bracket");
      rest_.remove_prefix(1);
    } else if (is_digit(next())) {
      if (next() != '1' || (rest_.size() > 1 && !is_blank(rest_[1]) && rest_[1] != '/' && rest_[1] != '*')) {
        fail("has a number where a unit was expected");
      }
      rest_.remove_prefix(1);
    } else {
      part = symbol();
    }
    const int exponent = power();
    if (part.offset != 0 && (exponent != 1 || direction != 1)) fail("combines degC with another unit; use K");
    unit.offset += part.offset;
    multiply(unit, part, direction * exponent);
  }

  Unit symbol() {
    std::size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    if (length == 0) fail("does not understand \"" + std::string(rest_) + "\"");
    const std::string_view name = rest_.substr(0, length);
    Unit unit;
    if (!find_symbol(name, unit)) {
      const std::string hint = nearest_symbol(name);
      fail("\"" + std::string(name) + "\" is not a known unit" +
           (hint.empty() ? "" : "; did you mean \"" + hint + "\"?"));
    }
    rest_.remove_prefix(length);
    return unit;
  }

  int power() {
    const bool caret = next() == '^';
    if (caret) rest_.remove_prefix(1);
    if (!caret && next() != '-' && next() != '+' && !is_digit(next())) return 1;
    if (next() == '+') rest_.remove_prefix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{} || value == 0 || std::abs(value) > highest_power) {
      fail("has a power that is not a whole number from 1 to 9");
    }
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    if (is_letter(next()) || next() == '.') fail("does not understand \"" + std::string(rest_) + "\" after a power");
    return value;
  }

  std::string_view text_;
  std::string_view rest_;
};

/// Reads the number at the start of a text and removes it.
double take_number(std::string_view& text) {
  const std::string whole(text);
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const std::string_view unsigned_part =
      digits.starts_with('-') && digits.size() == text.size() ? digits.substr(1) : digits;
  const bool starts = !unsigned_part.empty() && (is_digit(unsigned_part.front()) || unsigned_part.front() == '.');
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (!starts || error == std::errc::invalid_argument) {
    throw std::invalid_argument("\"" + whole + "\" does not begin with a number");
  }
  if (error != std::errc{} || !std::isfinite(value)) {
    throw std::invalid_argument("\"" + whole + "\" is too large or too small a number");
  }
  text = std::string_view(end, static_cast<std::size_t>(digits.data() + digits.size() - end));
  if (!text.empty() && (is_digit(text.front()) || text.front() == '.' || text.front() == ',')) {
    throw std::invalid_argument("\"" + whole + "\" is not a number with a unit (decimals are written with one point)");
  }
  return value;
}

}  // namespace

Unit parse_unit(std::string_view text) {
  const std::string ascii = plain(trim(text));
  if (ascii.empty()) throw std::invalid_argument("an empty text is not a unit; a pure number has the unit \"1\"");
  if (ascii.size() > longest_unit) throw std::invalid_argument("a unit longer than 100 letters");
  return UnitReader(ascii).read();
}

Quantity parse_quantity(std::string_view text) {
  std::string_view rest = trim(text);
  const double number = take_number(rest);
  if (trim(rest).empty()) return {number, {}};
  const Unit unit = parse_unit(rest);
  const double value = number * unit.factor + unit.offset;
  if (!std::isfinite(value)) throw std::invalid_argument("\"" + std::string(text) + "\" is too large a number");
  return {value, unit.dimension};
}

double from_si(double value, std::string_view unit) {
  const Unit read = parse_unit(unit);
  return (value - read.offset) / read.factor;
}

double to_si(double value, std::string_view unit) {
  const Unit read = parse_unit(unit);
  return value * read.factor + read.offset;
}

}  // namespace nacre::units
