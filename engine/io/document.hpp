#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/io/input_error.hpp"

namespace nacre::io {

/// A leaf of a TOML file.
struct Entry;
using Array = std::vector<Entry>;
struct Entry {
  std::variant<bool, long long, double, std::string, Array> value;
  Position where;
};

/// A TOML file as a flat map from dotted path to leaf: tables become "synthesis.solvent", arrays of tables
/// "synthesis.bath.0.duration", arrays of plain values one Entry holding an Array. Order of arrays is kept.
/// The line of every table header is kept too, so that an empty or unknown table can be named.
class Document {
 public:
  /// Reads a file. Throws InputError: missing, unreadable, not UTF-8, control bytes, too large (over 64 MB) or not TOML
  /// (with its line).
  static Document load(const std::string& path);
  /// Reads a text; `name` stands in messages for the file.
  static Document parse(std::string_view text, const std::string& name);

  const std::map<std::string, Entry>& entries() const { return entries_; }
  const std::map<std::string, Position>& tables() const { return tables_; }
  /// The leaf at a path, or nullptr.
  const Entry* find(const std::string& path) const;
  const std::string& name() const { return name_; }
  /// The text as read, byte for byte.
  const std::string& text() const { return text_; }

  /// Puts a leaf at a path, replacing what is there (--set on the command line; overlays of a variant).
  void set(const std::string& path, Entry entry);
  /// Lays all entries below `prefix` over the entries without it: with "variant.ln", "variant.ln.synthesis.x" becomes
  /// "synthesis.x". An array of tables in the overlay ([[variant.ln.synthesis.bath]]) replaces the whole array of the
  /// base; a table with a number for a name ([variant.ln.synthesis.bath.1]) changes that element of it.
  /// Entries below `prefix` are removed.
  void overlay(const std::string& prefix);
  /// Lays a copy of all entries below `base` under those below `heir`, by the rules of overlay. Returns the paths,
  /// without `heir`, of the leaves and arrays of tables that the heir had itself.
  std::set<std::string> inherit(const std::string& heir, const std::string& base);
  /// Removes a path and everything below it.
  void remove(const std::string& prefix);
  /// The names directly below a path, in order of appearance ("variant" -> {"rt", "ln"}).
  std::vector<std::string> children(const std::string& prefix) const;

 private:
  std::string name_;
  std::string text_;
  std::map<std::string, Entry> entries_;
  std::map<std::string, Position> tables_;
  std::set<std::string> arrays_;  // of tables

  /// What lies below a path, named without it.
  struct Layer {
    std::map<std::string, Entry> entries;
    std::map<std::string, Position> tables;
    std::set<std::string> arrays;
  };
  Layer below(const std::string& prefix) const;
  void lay(const Layer& layer, const std::string& prefix);
};

/// Reads a leaf as text given on a command line ("5 V", 3, true, "CsPbI3"): TOML syntax, else a plain string.
Entry parse_value(std::string_view text, const Position& where);

}  // namespace nacre::io
