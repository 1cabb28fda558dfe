#include "engine/io/input_table.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>

#include "engine/io/input_leaf.hpp"
#include "engine/io/key_path.hpp"
#include "engine/units/spelling.hpp"

namespace nacre::io {
namespace {

/// Whether rows hold a table by this pattern.
bool is_table(const std::vector<InputRow>& rows, const std::string& table) {
  return std::any_of(rows.begin(), rows.end(), [&](const InputRow& row) { return row.key.starts_with(table + "."); });
}

const InputRow* find_row(const std::vector<InputRow>& rows, const std::string& key) {
  const std::string wanted = pattern_of(key);
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const InputRow& row) { return row.key == wanted; });
  return it == rows.end() ? nullptr : &*it;
}

std::vector<std::string> known_tables(const std::vector<InputRow>& rows) {
  std::vector<std::string> tables;
  for (const InputRow& row : rows) {
    for (std::string table = parent_of(row.key); !table.empty(); table = parent_of(table)) {
      if (!table.ends_with("*")) tables.push_back(table);
    }
  }
  return tables;
}

/// The nearest key: a slip in the last part within the same table first, then anywhere.
std::string nearest_key(const std::vector<InputRow>& rows, const std::string& key) {
  const std::string wanted = pattern_of(key);
  const std::string table = parent_of(wanted);
  std::vector<std::string> siblings, all;
  for (const InputRow& row : rows) {
    all.push_back(row.key);
    if (parent_of(row.key) == table) siblings.push_back(leaf_of(row.key));
  }
  const std::string sibling = nearest(leaf_of(wanted), siblings);
  if (!sibling.empty()) return table.empty() ? sibling : table + "." + sibling;
  for (const std::string& candidate : all) {  // the right key in the wrong table
    if (leaf_of(candidate) == leaf_of(wanted)) return candidate;
  }
  return nearest(wanted, all);
}

[[noreturn]] void refuse_key(const std::vector<InputRow>& rows, const std::string& key, const Position& where) {
  const std::string wanted = pattern_of(key);
  if (is_table(rows, wanted + ".*")) throw InputError(where, key, "a value", "an array of tables: [[" + key + "]]");
  if (is_table(rows, wanted)) throw InputError(where, key, "a value", "a table: [" + key + "]");
  const std::string table = parent_of(key);
  if (is_table(rows, pattern_of(table) + ".*")) {
    throw InputError(where, key, "a key of one table", "an array of tables: [[" + table + "]]");
  }
  const std::string near = nearest_key(rows, key);
  throw InputError(
      where, key, "an unknown key",
      near.empty() ? "a key of `nacre inputs`, or of its --sweep, --fit, --design" : "perhaps \"" + near + "\"");
}

void require_known_table(const std::vector<InputRow>& rows, const std::string& table, const Position& where) {
  const std::string wanted = pattern_of(table);
  if (is_table(rows, wanted)) return;
  if (find_row(rows, table) != nullptr) throw InputError(where, table, "a table", "a value");
  if (is_index(leaf_of(table)) && is_table(rows, pattern_of(parent_of(table)))) {
    throw InputError(where, parent_of(table), "an array of tables", "one table: [" + parent_of(table) + "]");
  }
  const std::string near = nearest(wanted, known_tables(rows));
  throw InputError(where, table, "an unknown table",
                   near.empty() ? "a table of `nacre inputs`" : "perhaps \"" + near + "\"");
}

/// The line of the nearest table around a key; the whole file when there is none.
Position around(const Document& document, const std::string& key) {
  for (std::string table = parent_of(key); !table.empty(); table = parent_of(table)) {
    if (const auto it = document.tables().find(table); it != document.tables().end()) return it->second;
  }
  return {document.name(), 0, 0};
}

/// Refuses "bath.5" where there is no "bath.4": a slip on the command line would make tables of defaults.
void require_no_gap(const Inputs& inputs, const std::string& key, const Position& where) {
  for (std::string path = key; !path.empty(); path = parent_of(path)) {
    const std::string index = leaf_of(path);
    if (!is_index(index) || index == "0" || parent_of(path).empty()) continue;
    const bool follows =
        index.size() < 7 && inputs.has_table(parent_of(path) + "." + std::to_string(std::stoi(index) - 1));
    if (!follows) {
      throw InputError(where, key, "index " + index, "the index of a table that is there, or the next one");
    }
  }
}

template <class Map>
bool any_below(const Map& map, const std::string& table) {
  const auto it = map.lower_bound(table + ".");
  return it != map.end() && it->first.starts_with(table + ".");
}

}  // namespace

std::string nearest(const std::string& word, const std::vector<std::string>& known) {
  return units::nearest_word(word, known);
}

Inputs::Inputs(const std::vector<InputRow>& rows, const Document& document) : rows_(&rows), document_(document) {
  for (const auto& [table, where] : document_.tables()) require_known_table(rows, table, where);
  for (const auto& [key, entry] : document_.entries()) {
    const auto* array = std::get_if<Array>(&entry.value);
    if (array != nullptr && array->empty() && is_table(rows, pattern_of(key) + ".*"))
      continue;  // no tables: count() is 0
    const InputRow* row = find_row(rows, key);
    if (row == nullptr) refuse_key(rows, key, entry.where);
    require_no_gap(*this, key, entry.where);
    read_leaf(*row, key, entry);
  }
}

bool Inputs::has_table(const std::string& table) const {
  return document_.tables().contains(table) || any_below(document_.entries(), table) ||
         any_below(document_.tables(), table);
}

bool Inputs::given(const std::string& key) const {
  return document_.find(key) != nullptr;
}

Value Inputs::at(const std::string& key) const {
  const InputRow* row = find_row(*rows_, key);
  if (row == nullptr) throw std::logic_error("no row of the table of inputs is called " + key);
  if (const Entry* entry = document_.find(key)) return read_leaf(*row, key, *entry);
  if (!row->standard) throw InputError(around(document_, key), key, "nothing", "this key: " + row->meaning);
  const Entry standard = parse_value(*row->standard, {"default", 0, 0});
  Value value = read_leaf(*row, key, standard);
  value.given = false;
  return value;
}

int Inputs::count(const std::string& array) const {
  int tables = 0;
  const auto see = [&](const std::string& path) {
    if (!path.starts_with(array + ".")) return;
    const std::string_view part = std::string_view(path).substr(array.size() + 1);
    const std::string_view index = part.substr(0, part.find('.'));
    int value = 0;
    if (!is_index(index) || std::from_chars(index.data(), index.data() + index.size(), value).ec != std::errc{}) return;
    tables = std::max(tables, value + 1);
  };
  for (const auto& [path, entry] : document_.entries()) see(path);
  for (const auto& [path, where] : document_.tables()) see(path);
  return tables;
}

Position Inputs::where(const std::string& key) const {
  if (const Entry* entry = document_.find(key)) return entry->where;
  if (const auto it = document_.tables().find(key); it != document_.tables().end()) return it->second;
  return around(document_, key);
}

void Inputs::require_complete() const {
  std::vector<std::string> tables{""};
  for (const auto& [table, where] : document_.tables()) tables.push_back(table);
  for (const auto& [key, entry] : document_.entries()) tables.push_back(parent_of(key));
  for (const std::string& table : tables) {
    for (const InputRow& row : *rows_) {
      const bool required = row.is_required() && parent_of(row.key) == pattern_of(table);
      if (required) at(table.empty() ? row.key : table + "." + leaf_of(row.key));
    }
  }
}

}  // namespace nacre::io
