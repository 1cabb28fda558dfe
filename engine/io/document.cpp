#include "engine/io/document.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/io/text_check.hpp"
#include "engine/io/toml_reader.hpp"
#include "engine/io/whole_file.hpp"

namespace nacre::io {
namespace {

constexpr std::uintmax_t largest_file = 64u << 20;

bool lies_below(const std::string& path, const std::string& prefix) {
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

/// A path below another, which may be empty.
std::string joined(const std::string& prefix, const std::string& path) {
  return prefix.empty() ? path : prefix + "." + path;
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
  document.arrays_ = std::move(flat.arrays);
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

Document::Layer Document::below(const std::string& prefix) const {
  const std::size_t start = prefix.size() + 1;
  Layer layer;
  const auto [entry, no_entry] = range_below(entries_, prefix);
  for (auto it = entry; it != no_entry; ++it) layer.entries.emplace(it->first.substr(start), it->second);
  const auto [table, no_table] = range_below(tables_, prefix);
  for (auto it = table; it != no_table; ++it) layer.tables.emplace(it->first.substr(start), it->second);
  const auto [array, no_array] = range_below(arrays_, prefix);
  for (auto it = array; it != no_array; ++it) layer.arrays.insert(it->substr(start));
  return layer;
}

void Document::lay(const Layer& layer, const std::string& prefix) {
  for (const std::string& array : layer.arrays) {
    remove(joined(prefix, array));
    arrays_.insert(joined(prefix, array));
  }
  for (const auto& [path, where] : layer.tables) {
    entries_.erase(joined(prefix, path));
    tables_.try_emplace(joined(prefix, path), where);
  }
  for (const auto& [path, entry] : layer.entries) set(joined(prefix, path), entry);
}

void Document::overlay(const std::string& prefix) {
  const Layer layer = below(prefix);
  remove(prefix);
  lay(layer, "");
}

std::set<std::string> Document::inherit(const std::string& heir, const std::string& base) {
  const Layer own = below(heir);
  const auto header = tables_.find(heir);
  const std::optional<Position> where = header == tables_.end() ? std::nullopt : std::optional(header->second);
  remove(heir);
  if (where) tables_.emplace(heir, *where);
  lay(below(base), heir);
  lay(own, heir);
  std::set<std::string> itself = own.arrays;
  for (const auto& [path, entry] : own.entries) itself.insert(path);
  return itself;
}

void Document::remove(const std::string& prefix) {
  erase_at_and_below(entries_, prefix);
  erase_at_and_below(tables_, prefix);
  erase_at_and_below(arrays_, prefix);
}

std::vector<std::string> Document::children(const std::string& prefix) const {
  std::map<std::string, std::pair<int, int>> first;
  const auto see = [&](const std::string& path, const Position& where) {
    if (!prefix.empty() && !lies_below(path, prefix)) return;
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
