#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "engine/io/document.hpp"

namespace nacre::io {

/// The leaves and tables of a TOML text, flat, as Document keeps them.
struct FlatToml {
  std::map<std::string, Entry> entries;
  std::map<std::string, Position> tables;
  std::set<std::string> arrays;  ///< paths of arrays of tables
};

/// Reads a text that require_text accepted. Throws InputError with the line: not TOML, a key twice, a key that
/// is not made of letters, digits, "_" and "-", a date, a number that is not finite, an array that mixes tables and
/// values.
FlatToml read_toml(std::string_view text, const std::string& name);

}  // namespace nacre::io
