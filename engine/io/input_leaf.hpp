#pragma once
#include <string>

#include "engine/io/input_table.hpp"

namespace nacre::io {

/// A leaf, checked against its row: type, dimension and range. Throws InputError with what was read and what was
/// expected.
Value read_leaf(const InputRow& row, const std::string& key, const Entry& entry);

/// The range of a row with its unit, in words: "above 0 K", "at least 1 and at most 4".
std::string range_of(const InputRow& row);

/// A value as it would stand in a file: the default, else one inside the range (`"298.15 K"`, `1`, `"cube"`).
std::string example_of(const InputRow& row);

}  // namespace nacre::io
