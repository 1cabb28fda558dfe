#pragma once
#include <string>
#include <vector>

#include "engine/io/input_table.hpp"

namespace nacre::io {

/// The rows as a table to read on a terminal: one block a TOML table, one line a key with unit, range, default and
/// meaning.
std::string describe_inputs(const std::vector<InputRow>& rows);

/// The same as Markdown, one table a TOML table, for the documentation.
std::string inputs_markdown(const std::vector<InputRow>& rows);

/// A commented TOML case to start from: keys of no table, and of the tables named ("synthesis" brings "synthesis.bath"
/// with it; none named: all). Keys with a default stand commented out with it; required ones stand with an example to
/// replace.
std::string template_case(const std::vector<InputRow>& rows, const std::vector<std::string>& tables);

/// What a row accepts, in words: "above 0 K", "\"cube\" | \"sphere\"", "an integer", ...
std::string accepted(const InputRow& row);

}  // namespace nacre::io
