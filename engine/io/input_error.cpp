#include "engine/io/input_error.hpp"

namespace nacre::io {
namespace {

std::string compose(const Position& where, const std::string& key, const std::string& read,
                    const std::string& expected) {
  std::string text = where.file;
  if (where.line > 0) text += ":" + std::to_string(where.line);
  std::string said;
  if (!read.empty()) said = "read " + read;
  if (!expected.empty()) said += (said.empty() ? "expected " : ", expected ") + expected;
  for (const std::string& part : {key, said}) {
    if (part.empty()) continue;
    if (!text.empty()) text += ": ";
    text += part;
  }
  return text;
}

}  // namespace

InputError::InputError(const Position& where, const std::string& key, const std::string& read,
                       const std::string& expected)
    : std::runtime_error(compose(where, key, read, expected)) {}

}  // namespace nacre::io
