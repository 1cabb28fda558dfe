#include "engine/io/key_path.hpp"

#include <algorithm>

namespace nacre::io {

bool is_index(std::string_view part) {
  if (part.empty() || (part.size() > 1 && part.front() == '0')) return false;
  return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string parent_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? std::string() : key.substr(0, dot);
}

std::string leaf_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? key : key.substr(dot + 1);
}

std::string pattern_of(const std::string& key) {
  std::string result;
  std::string_view rest = key;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string_view part = rest.substr(0, dot);
    result += !result.empty() && is_index(part) ? std::string_view("*") : part;
    if (dot == std::string_view::npos) return result;
    result += '.';
    rest.remove_prefix(dot + 1);
  }
}

}  // namespace nacre::io
