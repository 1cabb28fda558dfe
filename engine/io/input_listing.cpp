#include "engine/io/input_listing.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "engine/io/input_leaf.hpp"
#include "engine/io/key_path.hpp"

namespace nacre::io {
namespace {

using Rows = std::vector<const InputRow*>;

/// Rows by table, tables in order of first appearance; keys of no table first, for TOML has them there.
std::vector<std::pair<std::string, Rows>> by_table(const std::vector<InputRow>& rows) {
  std::vector<std::pair<std::string, Rows>> tables{{"", {}}};
  for (const InputRow& row : rows) {
    const std::string table = parent_of(row.key);
    auto it = std::find_if(tables.begin(), tables.end(), [&](const auto& entry) { return entry.first == table; });
    if (it == tables.end()) it = tables.insert(tables.end(), {table, {}});
    it->second.push_back(&row);
  }
  if (tables.front().second.empty()) tables.erase(tables.begin());
  return tables;
}

/// "synthesis.bath.*" -> "[[synthesis.bath]]".
std::string header(const std::string& table) {
  if (table.empty()) return "(no table)";
  if (table.ends_with(".*")) return "[[" + table.substr(0, table.size() - 2) + "]]";
  return "[" + table + "]";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string standard_of(const InputRow& row) {
  return row.standard ? "default " + *row.standard : row.is_required() ? "required" : "otherwise " + row.otherwise;
}

/// Text broken into lines of at most `width` letters, every line after the first with a margin.
std::string wrapped(std::string_view text, std::size_t width, const std::string& margin) {
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > width) {
      result += "\n" + margin;
      column = 0;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string escaped(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

bool wanted(const std::string& table, const std::vector<std::string>& tables) {
  if (table.empty() || tables.empty()) return true;
  return std::any_of(tables.begin(), tables.end(),
                     [&](const std::string& name) { return table == name || table.starts_with(name + "."); });
}

}  // namespace

std::string accepted(const InputRow& row) {
  std::string list;
  for (const std::string& choice : row.choices) list += (list.empty() ? "\"" : " | \"") + choice + "\"";
  switch (row.holds) {
    case Holds::quantity:
      return "quantity [" + row.unit + "], " + range_of(row);
    case Holds::number:
      return "number, " + range_of(row);
    case Holds::integer:
      return "integer, " + range_of(row);
    case Holds::boolean:
      return "true | false";
    case Holds::choice:
      return list;
    case Holds::list:
      return "a list";
    case Holds::setting:
      return "a value of the key";
    case Holds::text:
      break;
  }
  return "text";
}

std::string describe_inputs(const std::vector<InputRow>& rows) {
  std::string text;
  for (const auto& [table, members] : by_table(rows)) {
    std::size_t name = 0;
    for (const InputRow* row : members) name = std::max(name, leaf_of(row->key).size());
    text += (text.empty() ? "" : "\n") + header(table) + "\n";
    const std::string margin(name + 4, ' ');
    const std::size_t width = 118 - std::min<std::size_t>(margin.size(), 60);
    for (const InputRow* row : members) {
      text += "  " + padded(leaf_of(row->key), name) + "  " + wrapped(row->meaning, width, margin) + "\n";
      text += margin + wrapped(accepted(*row) + "; " + standard_of(*row), width, margin);
      text += "\n";
    }
  }
  return text;
}

std::string inputs_markdown(const std::vector<InputRow>& rows) {
  std::string text;
  for (const auto& [table, members] : by_table(rows)) {
    text += (text.empty() ? "" : "\n") + std::string("### `") + header(table) + "`\n\n";
    text += "| key | accepts | default | meaning |\n|---|---|---|---|\n";
    for (const InputRow* row : members) {
      const std::string standard = row->standard        ? "`" + escaped(*row->standard) + "`"
                                   : row->is_required() ? "required"
                                                        : escaped(row->otherwise);
      text += "| `" + leaf_of(row->key) + "` | " + escaped(accepted(*row)) + " | " + standard + " | " +
              escaped(row->meaning) + " |\n";
    }
  }
  return text;
}

std::string template_case(const std::vector<InputRow>& rows, const std::vector<std::string>& tables) {
  std::string text;
  for (const auto& [table, members] : by_table(rows)) {
    if (!wanted(table, tables)) continue;
    if (!table.empty()) text += "\n" + header(table) + "\n";
    for (const InputRow* row : members) {
      text += "# " + wrapped(row->meaning + " (" + accepted(*row) + ")", 116, "# ") + "\n";
      const std::string line = leaf_of(row->key) + " = " + example_of(*row);
      text += row->is_required() ? line + "   # required: put yours\n" : "# " + line + "\n";
    }
  }
  return text;
}

}  // namespace nacre::io
