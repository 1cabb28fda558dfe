#pragma once
#include <stdexcept>
#include <string>

namespace nacre::io {

/// Where in a text something stands; line 0 means unknown (a --set on the command line, a whole file).
struct Position {
  std::string file;
  int line = 0;
  int column = 0;
};

/// What a user has to mend. what() is one message: "peng2022.toml:12: synthesis.temperature: read "5 nm" (a length),
/// expected a temperature".
class InputError : public std::runtime_error {
 public:
  /// `key` may be empty; `read` and `expected` are sentences' parts, either may be empty.
  InputError(const Position& where, const std::string& key, const std::string& read, const std::string& expected);
};

}  // namespace nacre::io
