#pragma once
#include <string>
#include <string_view>

namespace nacre::io {

/// Refuses what is not text: bytes that are not UTF-8, control bytes other than tab and line ends. Throws InputError
/// with the line. `name` stands in messages for the file.
void require_text(std::string_view text, const std::string& name);

/// Refuses dotted keys of more than 32 parts: tables as deep as that would exhaust the stack. Throws InputError with
/// the line.
void require_shallow_keys(std::string_view toml, const std::string& name);

/// A text as it may be shown in a message: quoted, control bytes replaced, cut after 60 bytes on a letter's border.
std::string quoted(std::string_view text);

}  // namespace nacre::io
