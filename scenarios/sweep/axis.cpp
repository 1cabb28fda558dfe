#include "scenarios/sweep/axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "engine/io/input_leaf.hpp"
#include "engine/io/key_path.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/inputs.hpp"

namespace nacre::scenarios::sweep {
namespace {

using io::Entry;
using io::Holds;
using io::InputError;
using io::InputRow;

std::string text_of(double number, const char* format = "%.17g") {
  char text[40];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

/// A number without the dust of a conversion of units: 5 nm, not 5.0000000000000009 nm.
double without_dust(double number) {
  return std::strtod(text_of(number, "%.15g").c_str(), nullptr);
}

const InputRow& row_of(const std::string& key, const io::Position& where, const std::string& in) {
  const std::string wanted = io::pattern_of(key);
  std::vector<std::string> known;
  for (const InputRow& row : case_inputs()) {
    const bool of_the_file = row.key == "schema" || row.key == "title" || row.key == "paper";
    if (row.key == wanted && !of_the_file) return row;
    if (!of_the_file) known.push_back(row.key);
  }
  const std::string near = io::nearest(wanted, known);
  throw InputError(where, in, "\"" + key + "\"", near.empty() ? "a key of `nacre inputs`" : "perhaps \"" + near + "\"");
}

/// The items of an array that may be absent.
const io::Array& items_of(const io::Document& document, const std::string& key) {
  static const io::Array none;
  const Entry* entry = document.find(key);
  return entry == nullptr ? none : std::get<io::Array>(entry->value);
}

}  // namespace

Axis::Axis(const io::Inputs& inputs, const io::Document& document, int index) {
  const std::string prefix = "axis." + std::to_string(index) + ".";
  where_ = inputs.where(prefix + "key");
  keys_.push_back(inputs.text(prefix + "key"));
  for (const Entry& item : items_of(document, prefix + "also")) {
    const auto* key = std::get_if<std::string>(&item.value);
    if (key == nullptr) throw InputError(item.where, prefix + "also", "no text", "keys of a case in quotation marks");
    keys_.push_back(*key);
  }
  for (const std::string& key : keys_) rows_.push_back(&row_of(key, where_, prefix + "key"));
  const bool list = inputs.given(prefix + "values");
  const bool range = inputs.given(prefix + "from") || inputs.given(prefix + "to");
  if (list == range) {
    throw InputError(where_, prefix + "values", list ? "both values and a range" : "neither values nor a range",
                     "either `values`, or `from` and `to`");
  }
  group_ = inputs.text(prefix + "zip");
  const std::string& unit = rows_.front()->unit;
  unit_ = unit.empty() ? "1" : unit;
  list ? read_list(document, prefix) : read_range(inputs, document, prefix);
}

bool Axis::holds_words() const {
  const Holds holds = rows_.front()->holds;
  return holds == Holds::text || holds == Holds::choice;
}

/// A value in unit_, checked against the rows of all keys.
double Axis::number_of(const Entry& entry) const {
  double si = 0;
  for (std::size_t i = keys_.size(); i-- > 0;) si = io::read_leaf(*rows_[i], keys_[i], entry).number;
  return rows_.front()->holds == Holds::quantity ? without_dust(units::from_si(si, unit_)) : si;
}

void Axis::read_list(const io::Document& document, const std::string& prefix) {
  for (const char* name : {"count", "spacing"}) {
    if (const Entry* entry = document.find(prefix + name)) {
      throw InputError(entry->where, prefix + name, "a key of a range", "`values` alone");
    }
  }
  values_ = items_of(document, prefix + "values");
  if (values_.empty()) throw InputError(where_, prefix + "values", "an empty list", "at least one value");
  for (const Entry& value : values_) {
    const double number = number_of(value);
    numbers_.push_back(holds_words() ? static_cast<double>(numbers_.size()) : number);
  }
  count_ = values_.size();
}

void Axis::read_range(const io::Inputs& inputs, const io::Document& document, const std::string& prefix) {
  const Entry* from = document.find(prefix + "from");
  const Entry* to = document.find(prefix + "to");
  if (from == nullptr || to == nullptr)
    throw InputError(where_, prefix + "from", "one end of a range", "`from` and `to`");
  if (holds_words() || rows_.front()->holds == Holds::boolean) {
    throw InputError(from->where, prefix + "from", "a range", "`values`: " + key() + " holds no number");
  }
  from_ = number_of(*from);
  to_ = number_of(*to);
  logarithmic_ = inputs.text(prefix + "spacing") == "log";
  if (logarithmic_ && !(from_ > 0 && to_ > 0)) {
    throw InputError(from->where, prefix + "from", "a logarithmic range that is not above zero",
                     "both ends above 0 " + unit_);
  }
  sampled_ = !inputs.given(prefix + "count");
  count_ = static_cast<std::uint64_t>(inputs.number(prefix + "count"));
  if (!sampled_ && count_ == 1 && from_ != to_) {
    throw InputError(inputs.where(prefix + "count"), prefix + "count", "1",
                     "at least 2: both ends are among the values");
  }
  if (rows_.front()->holds != Holds::integer) return;
  for (std::uint64_t i = 0; i < count_; ++i) {
    if (sampled_ || coordinate(i) != std::round(coordinate(i))) {
      throw InputError(from->where, prefix + "from", "a range with values that are not whole",
                       "whole numbers: " + key() + " holds an integer");
    }
  }
}

double Axis::coordinate(std::uint64_t index) const {
  if (!numbers_.empty()) return numbers_.at(index);
  if (index == 0) return from_;
  if (index == count_ - 1) return to_;
  const double steps = static_cast<double>(count_ - 1);
  const double i = static_cast<double>(index);
  if (logarithmic_) return without_dust(from_ * std::pow(to_ / from_, i / steps));
  return without_dust(from_ + (to_ - from_) * i / steps);
}

double Axis::sample(double fraction) const {
  if (logarithmic_) return without_dust(from_ * std::pow(to_ / from_, fraction));
  return without_dust(from_ + (to_ - from_) * fraction);
}

Entry Axis::entry(double coordinate) const {
  if (!values_.empty()) {
    const auto found = std::find(numbers_.begin(), numbers_.end(), coordinate);
    return values_.at(static_cast<std::size_t>(found - numbers_.begin()));
  }
  Entry entry{coordinate, where_};
  if (rows_.front()->holds == Holds::integer) entry.value = static_cast<long long>(coordinate);
  if (rows_.front()->holds == Holds::quantity) entry.value = text_of(coordinate) + " " + unit_;
  return entry;
}

std::string Axis::meaning() const {
  if (!holds_words()) return rows_.front()->meaning;
  std::string list;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    list += (i == 0 ? "" : ", ") + std::to_string(i) + " " + std::get<std::string>(values_[i].value);
  }
  return list;
}

}  // namespace nacre::scenarios::sweep
