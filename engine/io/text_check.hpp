#pragma once
#include <string>
#include <string_view>

namespace nacre::io {

/// Refuses what is not text: bytes that are not UTF-8, control bytes other than tab and line ends. Throws InputError
/// with the line. `name` stands in messages for the file.
void require_text(std::string_view text, const std::string& name);

/// Refuses a text that toml++ 3.3 must not see although it is text: letters outside ASCII where neither a string nor a
/// comment is (it has no defined behaviour for them), and dotted keys of more than 32 parts (they would exhaust the
/// stack). Throws InputError with the line.
void require_plain_toml(std::string_view text, const std::string& name);

/// A text as it may be shown in a message: quoted, control bytes replaced, cut after 60 bytes on a letter's border.
std::string quoted(std::string_view text);

}  // namespace nacre::io
