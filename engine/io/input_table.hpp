#pragma once
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/io/document.hpp"

namespace nacre::io {

/// Accepted values of a number, in the row's unit; `exclusive` leaves the lower bound itself out.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool exclusive = false;
};

/// What a key holds.
enum class Holds {
  quantity,
  number,
  integer,
  boolean,
  text,
  choice,
  list,    ///< an array; its items are checked by whoever reads them
  setting  ///< what another key holds: checked by whoever knows which
};

/// One key of a case: all that parser, `nacre check`, `nacre inputs`, `nacre new` and the documentation need.
struct InputRow {
  std::string key;  ///< dotted; "*" stands for an index of an array of tables
  Holds holds = Holds::text;
  std::string unit;  ///< of a quantity, as documentation shows it; bare numbers are refused for quantities
  Range range;       ///< in that unit
  std::vector<std::string> choices;     ///< of a choice
  std::optional<std::string> standard;  ///< the default, as it would stand in a file (`"298.15 K"`); none: the key is
                                        ///< required when its table is present
  std::string meaning;                  ///< one sentence
  std::string otherwise = {};  ///< what holds in place of a value that is not given, in words; such a key has no
                               ///< default and is asked for only after given()

  bool is_required() const { return !standard && otherwise.empty(); }
};

/// A leaf, read and checked against its row: quantities in SI.
struct Value {
  const InputRow* row = nullptr;
  std::string key;    ///< with indices filled in
  double number = 0;  ///< quantity [SI], number, integer, boolean (0 or 1)
  std::string text;   ///< text and choice; the literal as read otherwise
  Position where;
  bool given = false;  ///< false: the default
};

/// The keys of a document, checked against rows.
class Inputs {
 public:
  /// Checks every leaf and table of a document: an unknown key or table is an InputError with the nearest known one; a
  /// wrong type, dimension or range is an InputError with what was read and what was expected.
  Inputs(const std::vector<InputRow>& rows, const Document& document);

  /// Whether a table (or any key below it) is in the document.
  bool has_table(const std::string& table) const;
  /// Whether a key was given (not by default).
  bool given(const std::string& key) const;
  /// The value of a key: given, else its default. Throws InputError naming the table's line when it is required and
  /// absent.
  Value at(const std::string& key) const;
  double number(const std::string& key) const { return at(key).number; }
  std::string text(const std::string& key) const { return at(key).text; }
  bool flag(const std::string& key) const { return at(key).number != 0; }
  /// How many tables an array of tables holds.
  int count(const std::string& array) const;
  /// Throws as at() does for the first required key that a table of the document lacks.
  void require_complete() const;
  /// Position of a table or key, for messages about combinations of keys.
  Position where(const std::string& key) const;

 private:
  const std::vector<InputRow>* rows_;
  Document document_;
};

/// The name in `known` that is fewest edits from `word` (empty when none is near).
std::string nearest(const std::string& word, const std::vector<std::string>& known);

}  // namespace nacre::io
