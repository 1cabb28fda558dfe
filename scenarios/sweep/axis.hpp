#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::scenarios::sweep {

/// One parameter that a sweep varies: a list of values, a range of evenly spaced ones, or a range to be sampled.
class Axis {
 public:
  /// Reads [[axis]] number `index` of a sweep and checks every value against the row of the case's key. Throws
  /// io::InputError with file, line and key: an unknown key, values of the wrong dimension or out of range, both a list
  /// and a range or neither, a range of texts, a logarithmic range that is not positive.
  Axis(const io::Inputs& inputs, const io::Document& document, int index);

  const std::string& key() const { return keys_.front(); }
  /// The key and those that take the same value.
  const std::vector<std::string>& keys() const { return keys_; }
  const std::string& group() const { return group_; }
  const io::Position& where() const { return where_; }
  /// Whether the range has no count: its values are samples.
  bool is_sampled() const { return sampled_; }
  /// How many values; 0 for a sampled one.
  std::uint64_t size() const { return sampled_ ? 0 : count_; }

  /// Whether its values are texts, such as names of data.
  bool holds_words() const;

  /// The coordinate of a value [unit()]: the number itself, or the index of a text in the list.
  double coordinate(std::uint64_t index) const;
  /// The coordinate of a sample; `fraction` in [0, 1) of the range.
  double sample(double fraction) const;
  /// The value of a coordinate as it would stand in a case.
  io::Entry entry(double coordinate) const;
  /// Unit of coordinates.
  const std::string& unit() const { return unit_; }
  /// The key and, for texts, what each index means.
  std::string meaning() const;

 private:
  void read_list(const io::Document& document, const std::string& prefix);
  void read_range(const io::Inputs& inputs, const io::Document& document, const std::string& prefix);
  double number_of(const io::Entry& entry) const;

  std::vector<std::string> keys_;
  std::vector<const io::InputRow*> rows_;  // of keys_
  std::string unit_, group_;
  io::Position where_;
  std::vector<io::Entry> values_;  // of a list
  std::vector<double> numbers_;    // their coordinates
  double from_ = 0, to_ = 0;       // of a range [unit_]
  bool logarithmic_ = false;
  bool sampled_ = false;
  std::uint64_t count_ = 0;
};

}  // namespace nacre::scenarios::sweep
