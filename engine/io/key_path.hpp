#pragma once
#include <string>
#include <string_view>

namespace nacre::io {

/// Whether a part of a dotted key is the index of an array of tables: "0", "12", but not "01".
bool is_index(std::string_view part);

/// The key without its last part, empty when it has one part: "a.b.c" -> "a.b".
std::string parent_of(const std::string& key);

/// The last part of a key: "a.b.c" -> "c".
std::string leaf_of(const std::string& key);

/// The key as rows of a table of inputs write it: "synthesis.bath.0.duration" -> "synthesis.bath.*.duration".
std::string pattern_of(const std::string& key);

}  // namespace nacre::io
