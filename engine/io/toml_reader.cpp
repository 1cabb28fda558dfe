#include "engine/io/toml_reader.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "engine/io/text_check.hpp"

namespace nacre::io {
namespace {

constexpr void require_holds(bool condition) {
  if (!condition) throw std::logic_error("toml++: assertion failed");
}

}  // namespace
}  // namespace nacre::io

// toml++ 3.3 asserts on the two-byte file "[&" and would end the program: a throw makes that an error like any other.
// Brackets nest no deeper than any case needs; the limit also bounds the depth of the recursion.
#define TOML_ASSERT(condition) nacre::io::require_holds(static_cast<bool>(condition))
#define TOML_EXCEPTIONS 1
#define TOML_HEADER_ONLY 1
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

namespace nacre::io {
namespace {

class Flattener {
 public:
  explicit Flattener(const std::string& name) : name_(name) {}

  void table(const std::string& path, const toml::table& table) {
    if (!path.empty()) flat_.tables[path] = position(table);
    for (const auto& [key, node] : table) member(path, std::string(key.str()), node);
  }

  FlatToml take() { return std::move(flat_); }

 private:
  Position position(const toml::node& node) const {
    const toml::source_position begin = node.source().begin;
    return {name_, static_cast<int>(begin.line), static_cast<int>(begin.column)};
  }

  void member(const std::string& parent, const std::string& key, const toml::node& node) {
    const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
      return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-');
    });
    const std::string path = parent.empty() ? key : parent + "." + key;
    if (!bare) throw InputError(position(node), path, "", "a key of letters, digits, \"_\" and \"-\"");
    if (const toml::table* inner = node.as_table()) {
      table(path, *inner);
    } else if (const toml::array* array = node.as_array(); array != nullptr && holds_tables(*array)) {
      array_of_tables(path, *array);
    } else {
      flat_.entries[path] = leaf(path, node);
    }
  }

  static bool holds_tables(const toml::array& array) {
    return !array.empty() && std::all_of(array.begin(), array.end(), [](const auto& node) { return node.is_table(); });
  }

  void array_of_tables(const std::string& path, const toml::array& array) {
    flat_.tables[path] = position(*array.get(0));
    for (std::size_t i = 0; i < array.size(); ++i) table(path + "." + std::to_string(i), *array.get(i)->as_table());
  }

  Entry leaf(const std::string& path, const toml::node& node) const {
    const Position where = position(node);
    if (const auto* value = node.as_boolean()) return {value->get(), where};
    if (const auto* value = node.as_integer()) return {static_cast<long long>(value->get()), where};
    if (const auto* value = node.as_string()) return {value->get(), where};
    if (const auto* value = node.as_floating_point()) {
      if (!std::isfinite(value->get())) throw InputError(where, path, "nan or inf", "a finite number");
      return {value->get(), where};
    }
    const toml::array* array = node.as_array();
    if (array == nullptr)
      throw InputError(where, path, "a date or time or a mixed array", "a number, a text, true or false");
    Array values;
    for (const toml::node& element : *array) values.push_back(leaf(path, element));
    return {std::move(values), where};
  }

  const std::string& name_;
  FlatToml flat_;
};

std::string_view line_of(std::string_view text, int line) {
  for (; line > 1 && text.find('\n') != std::string_view::npos; --line) text.remove_prefix(text.find('\n') + 1);
  text = text.substr(0, text.find('\n'));
  return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

/// What toml++ says, without its own names.
std::string reason(const toml::parse_error& error) {
  std::string text(error.description());
  for (const std::string_view part : {"Error while parsing ", " (TOML_MAX_NESTED_VALUES)"}) {
    if (const std::size_t at = text.find(part); at != std::string::npos) text.erase(at, part.size());
  }
  return text;
}

}  // namespace

FlatToml read_toml(std::string_view text, const std::string& name) {
  require_plain_toml(text, name);
  try {
    const toml::table root = toml::parse(text);
    Flattener flattener(name);
    flattener.table("", root);
    return flattener.take();
  } catch (const toml::parse_error& error) {
    const toml::source_position begin = error.source().begin;
    const Position where{name, static_cast<int>(begin.line), static_cast<int>(begin.column)};
    throw InputError(where, "", quoted(line_of(text, where.line)), "TOML (" + reason(error) + ")");
  } catch (const std::logic_error&) {
    throw InputError({name, 0, 0}, "", "a text that ends or goes astray inside a key or bracket", "TOML");
  }
}

}  // namespace nacre::io
