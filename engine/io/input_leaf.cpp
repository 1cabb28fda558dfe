#include "engine/io/input_leaf.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <variant>

#include "engine/io/text_check.hpp"
#include "engine/units/quantity.hpp"

namespace nacre::io {
namespace {

/// An example for a message: the default, but nothing is no example of a size.
std::string such_as(const InputRow& row) {
  if (!row.standard || !row.standard->starts_with("\"0 ")) return example_of(row);
  InputRow without = row;
  without.standard.reset();
  return example_of(without);
}

std::string number_text(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, result.ptr};
}

/// A leaf as it would stand in a file, for messages.
std::string literal(const Entry& entry) {
  if (const auto* flag = std::get_if<bool>(&entry.value)) return *flag ? "true" : "false";
  if (const auto* whole = std::get_if<long long>(&entry.value)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&entry.value)) {
    const std::string digits = number_text(*number);
    return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
  }
  if (const auto* text = std::get_if<std::string>(&entry.value)) return quoted(*text);
  return "an array";
}

/// A number without a unit behind it.
bool is_bare(const std::string& quantity) {
  const std::size_t last = quantity.find_last_not_of(" \t");
  return last != std::string::npos &&
         (std::isdigit(static_cast<unsigned char>(quantity[last])) || quantity[last] == '.');
}

/// One leaf against its row; the steps of Inputs' promise for every kind of key.
class LeafReader {
 public:
  LeafReader(const InputRow& row, const std::string& key, const Entry& entry) : row_(row), key_(key), entry_(entry) {}

  Value read() const {
    Value value{&row_, key_, 0, literal(entry_), entry_.where, true};
    switch (row_.holds) {
      case Holds::quantity:
        value.number = quantity();
        break;
      case Holds::number:
        value.number = checked(plain_number(), 1);
        break;
      case Holds::integer:
        value.number = checked(whole_number(), 1);
        break;
      case Holds::boolean:
        value.number = boolean() ? 1 : 0;
        break;
      case Holds::text:
        value.text = text("a text in quotation marks");
        break;
      case Holds::choice:
        value.text = choice();
        break;
      case Holds::list:
        value.number = static_cast<double>(items().size());
        break;
      case Holds::setting:
        if (std::holds_alternative<Array>(entry_.value)) fail("an array", "one value");
        break;
    }
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& read, const std::string& expected) const {
    throw InputError(entry_.where, key_, read, expected);
  }

  double plain_number() const {
    if (const auto* whole = std::get_if<long long>(&entry_.value)) return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&entry_.value)) return *number;
    const bool is_text = std::holds_alternative<std::string>(entry_.value);
    fail(literal(entry_), is_text ? "a number without quotation marks" : "a number");
  }

  double whole_number() const {
    const auto* whole = std::get_if<long long>(&entry_.value);
    constexpr long long largest = 1LL << 53;  // beyond it a double skips integers
    if (whole == nullptr || *whole > largest || *whole < -largest) fail(literal(entry_), "an integer");
    return static_cast<double>(*whole);
  }

  bool boolean() const {
    const auto* flag = std::get_if<bool>(&entry_.value);
    if (flag == nullptr) fail(literal(entry_), "true or false");
    return *flag;
  }

  const std::string& text(const std::string& expected) const {
    const auto* content = std::get_if<std::string>(&entry_.value);
    if (content == nullptr) fail(literal(entry_), expected);
    return *content;
  }

  const Array& items() const {
    const auto* array = std::get_if<Array>(&entry_.value);
    if (array == nullptr) fail(literal(entry_), "a list in brackets");
    return *array;
  }

  std::string choice() const {
    std::string list;
    for (const std::string& name : row_.choices) list += (list.empty() ? "" : " | ") + ("\"" + name + "\"");
    const std::string& name = text(list);
    if (std::find(row_.choices.begin(), row_.choices.end(), name) != row_.choices.end()) return name;
    const std::string near = nearest(name, row_.choices);
    fail(literal(entry_), list + (near.empty() ? "" : "; perhaps \"" + near + "\""));
  }

  double quantity() const {
    const std::string example = "a quantity such as " + such_as(row_);
    const std::string& written = text(example);
    const units::Unit unit = units::parse_unit(row_.unit);
    units::Quantity read;
    try {
      read = units::parse_quantity(written);
    } catch (const std::invalid_argument& error) {
      fail(literal(entry_), example + " (" + error.what() + ")");
    }
    const bool of_unit = unit.dimension == units::Dimension{} && row_.unit != "1";  // an angle is no pure number
    if (of_unit && (read.dimension != unit.dimension || is_bare(written)))
      fail(literal(entry_) + (is_bare(written) ? " (no unit)" : ""),
           "a quantity in " + row_.unit + " such as " + such_as(row_));
    if (read.dimension != unit.dimension) {
      const bool celsius =
          row_.unit == "K" && read.dimension == units::parse_unit("C").dimension && written.ends_with('C');
      const std::string hint =
          celsius ? "; perhaps \"" + written.substr(0, written.find_last_not_of(" C") + 1) + " degC\"" : "";
      fail(literal(entry_) + " (" + units::describe(read.dimension) + ")",
           units::describe(unit.dimension) + " such as " + such_as(row_) + hint);
    }
    return checked(read.value, unit.factor, unit.offset);
  }

  /// Refuses a number outside the row's range. A bound written with other digits than the number may differ from it by
  /// rounding.
  double checked(double si, double factor, double offset = 0) const {
    const double number = (si - offset) / factor;
    const double low = row_.range.low;
    const double high = row_.range.high;
    const bool above = row_.range.exclusive ? number > low : number >= low - 1e-12 * std::abs(low);
    const bool below = number <= high + 1e-12 * std::abs(high);
    if (!std::isfinite(si) || !above || !below) fail(literal(entry_), range_of(row_));
    return si;
  }

  const InputRow& row_;
  const std::string& key_;
  const Entry& entry_;
};

}  // namespace

Value read_leaf(const InputRow& row, const std::string& key, const Entry& entry) {
  return LeafReader(row, key, entry).read();
}

std::string range_of(const InputRow& row) {
  const Range& range = row.range;
  const std::string unit = row.unit.empty() || row.unit == "1" ? "" : " " + row.unit;
  const bool low = std::isfinite(range.low);
  const bool high = std::isfinite(range.high);
  const std::string above = std::string(range.exclusive ? "above " : "at least ") + number_text(range.low) + unit;
  const std::string below = "at most " + number_text(range.high) + unit;
  if (low && range.low == range.high) return "exactly " + number_text(range.low) + unit;
  if (low && high) return above + " and " + below;
  return low ? above : high ? below : "a finite number";
}

std::string example_of(const InputRow& row) {
  if (row.standard) return *row.standard;
  const double low = row.range.low;
  const double high = row.range.high;
  double number = row.unit == "K" ? 298.15 : 1;
  if (number < low) number = std::isfinite(high) ? low + (high - low) / 2 : low + 1;
  if (number > high) number = std::isfinite(low) ? low + (high - low) / 2 : high;
  switch (row.holds) {
    case Holds::quantity:
      return "\"" + number_text(number) + " " + row.unit + "\"";
    case Holds::number:
      return number_text(number);
    case Holds::integer:
      return number_text(std::ceil(number));
    case Holds::boolean:
      return "false";
    case Holds::choice:
      return row.choices.empty() ? "\"\"" : "\"" + row.choices.front() + "\"";
    case Holds::list:
      return "[]";
    case Holds::text:
    case Holds::setting:
      break;
  }
  return "\"...\"";
}

}  // namespace nacre::io
