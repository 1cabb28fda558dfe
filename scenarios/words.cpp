#include "scenarios/words.hpp"

#include <algorithm>

namespace nacre::scenarios {
namespace {

/// Letters of a UTF-8 text: bytes that do not continue a letter.
std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::string padded(std::string text, std::size_t width) {
  const std::size_t have = letters(text);
  text.append(have + 1 > width ? 1 : width - have, ' ');
  return text;
}

std::string wrapped(const std::string& text, std::size_t width, const std::string& margin) {
  std::string result, line;
  std::size_t start = text.find_first_not_of(' ');
  if (start == std::string::npos) return text;
  line = text.substr(0, start);
  bool first = true;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string word = text.substr(start, end - start);
    if (!first && letters(line) + 1 + letters(word) > width) {
      result += line + "\n";
      line = margin + word;
    } else {
      line += (first ? "" : " ") + word;
    }
    first = false;
    start = std::min(text.find_first_not_of(' ', end), text.size());
  }
  return result + line;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace nacre::scenarios
