#pragma once
#include <string>
#include <string_view>

namespace nacre::io {

/// Refuses a text that no TOML reader should see: bytes that are not UTF-8, control bytes other than tab and line ends,
/// and dotted keys nested deeper than any case needs (they would exhaust the stack). Throws InputError with the line.
/// `name` stands in messages for the file.
void require_readable_text(std::string_view text, const std::string& name);

/// A text as it may be shown in a message: quoted, control bytes replaced, cut after 60 bytes on a letter's border.
std::string quoted(std::string_view text);

}  // namespace nacre::io
