#include "engine/io/document.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "engine/io/key_path.hpp"
#include "engine/io/text_check.hpp"
#include "engine/io/toml_reader.hpp"
#include "engine/io/whole_file.hpp"

namespace nacre::io {
namespace {

constexpr std::uintmax_t largest_file = 64u << 20;

bool below(const std::string& path, const std::string& prefix) {
  return path.size() > prefix.size() && path[prefix.size()] == '.' && path.starts_with(prefix);
}

/// All elements of a map whose key lies below a prefix, as an iterator range. Keys hold no byte between '.' and '/'.
template <class Map>
auto range_below(Map& map, const std::string& prefix) {
  return std::pair{map.lower_bound(prefix + "."), map.lower_bound(prefix + "/")};
}

template <class Map>
void erase_at_and_below(Map& map, const std::string& prefix) {
  map.erase(prefix);
  const auto [first, last] = range_below(map, prefix);
  map.erase(first, last);
}

/// The paths of arrays of tables on the way to a path: "a.bath.0.x" -> {"a.bath"}.
std::vector<std::string> arrays_on(const std::string& path) {
  std::vector<std::string> arrays;
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
    if (is_index(path.substr(dot + 1, path.find('.', dot + 1) - dot - 1))) arrays.push_back(path.substr(0, dot));
  }
  return arrays;
}

/// Moves the elements below a prefix out of a map, their keys shortened by it.
template <class Map>
Map extract_below(Map& map, const std::string& prefix) {
  Map result;
  const auto [first, last] = range_below(map, prefix);
  for (auto it = first; it != last; ++it) result.emplace(it->first.substr(prefix.size() + 1), it->second);
  map.erase(first, last);
  map.erase(prefix);
  return result;
}

}  // namespace

Document Document::load(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > largest_file)
    throw InputError({path, 0, 0}, "", "a file of more than 64 MB", "a case or data file");
  return parse(read_whole(path), path);
}

Document Document::parse(std::string_view text, const std::string& name) {
  if (text.size() > largest_file)
    throw InputError({name, 0, 0}, "", "a text of more than 64 MB", "a case or data file");
  require_text(text, name);
  FlatToml flat = read_toml(text, name);
  Document document;
  document.name_ = name;
  document.text_ = std::string(text);
  document.entries_ = std::move(flat.entries);
  document.tables_ = std::move(flat.tables);
  return document;
}

const Entry* Document::find(const std::string& path) const {
  const auto it = entries_.find(path);
  return it == entries_.end() ? nullptr : &it->second;
}

void Document::set(const std::string& path, Entry entry) {
  remove(path);
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
    entries_.erase(path.substr(0, dot));  // a leaf cannot hold another
  }
  entries_.insert_or_assign(path, std::move(entry));
}

void Document::overlay(const std::string& prefix) {
  std::map<std::string, Entry> entries = extract_below(entries_, prefix);
  std::map<std::string, Position> tables = extract_below(tables_, prefix);
  std::set<std::string> arrays;
  for (const auto& [path, entry] : entries) {
    for (const std::string& array : arrays_on(path)) arrays.insert(array);
  }
  for (const auto& [path, where] : tables) {
    for (const std::string& array : arrays_on(path)) arrays.insert(array);
  }
  for (const std::string& array : arrays) remove(array);
  for (auto& [path, where] : tables) {
    entries_.erase(path);
    tables_.try_emplace(path, std::move(where));
  }
  for (auto& [path, entry] : entries) set(path, std::move(entry));
}

void Document::remove(const std::string& prefix) {
  erase_at_and_below(entries_, prefix);
  erase_at_and_below(tables_, prefix);
}

std::vector<std::string> Document::children(const std::string& prefix) const {
  std::map<std::string, std::pair<int, int>> first;
  const auto see = [&](const std::string& path, const Position& where) {
    if (!prefix.empty() && !below(path, prefix)) return;
    const std::size_t start = prefix.empty() ? 0 : prefix.size() + 1;
    const std::string name = path.substr(start, path.find('.', start) - start);
    const std::pair<int, int> place{where.line > 0 ? where.line : largest_file, where.column};
    const auto [it, added] = first.try_emplace(name, place);
    if (!added) it->second = std::min(it->second, place);
  };
  for (const auto& [path, entry] : entries_) see(path, entry.where);
  for (const auto& [path, where] : tables_) see(path, where);
  std::vector<std::string> names;
  for (const auto& [name, place] : first) names.push_back(name);
  std::stable_sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return first[a] < first[b]; });
  return names;
}

Entry parse_value(std::string_view text, const Position& where) {
  require_text(text, where.file);
  Entry entry;
  try {
    FlatToml flat = read_toml("value = " + std::string(text) + "\n", where.file);
    const auto it = flat.entries.find("value");
    if (flat.entries.size() != 1 || it == flat.entries.end() || !flat.tables.empty()) {
      throw InputError(where, "", quoted(text), "one value");
    }
    entry = std::move(it->second);
  } catch (const InputError&) {
    entry.value = std::string(text);
  }
  entry.where = where;
  return entry;
}

}  // namespace nacre::io
