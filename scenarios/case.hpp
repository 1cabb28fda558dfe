#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/io/document.hpp"
#include "scenarios/datum.hpp"
#include "scenarios/fit_record.hpp"

namespace nacre::scenarios {

/// One `--set KEY=VALUE` of a command line. A key of a variant ("variant.ln.synthesis.solvent") changes that variant;
/// any other key
/// ("synthesis.solvent") is laid over every variant.
struct Override {
  std::string key;
  std::string value;
};

/// Reads "KEY=VALUE". Throws io::InputError when it is not that.
Override parse_override(const std::string& text);

/// A variant that another one is like.
struct Ancestor {
  std::string name;
  std::set<std::string> replaced;  ///< leaves and arrays of tables that the heir, or one between, has itself
};

/// A variant with everything laid over it: [material], [synthesis], ... as one document.
struct Variant {
  std::string name;  ///< empty for a case without variants
  io::Document document;
  std::vector<DatumChange> changes = {};  ///< numbers in the place of data that the document names
  std::vector<Ancestor> like = {};        ///< nearest first

  /// The input that a key of the case ("synthesis.solvent", "variant.ln.synthesis.solvent") means here; empty when it
  /// belongs to a variant that this one is not like, or that it differs from there.
  std::string input_of(const std::string& key) const;
  /// Whether the variant has the table of an input.
  bool has_table_of(const std::string& input) const;
};

/// A number of a case file that was fitted, as its record [fitted.NAME] says.
struct FittedInput {
  std::string name;             ///< of the record
  std::string key;              ///< of the input: "variant.sqds.synthesis.halide_excess", or without a variant
  std::string input;            ///< the key within a variant: "synthesis.halide_excess"
  double value = 0;             ///< [unit]
  std::optional<double> sigma;  ///< standard error [unit]
  std::string unit;
  std::vector<std::string> fitted_to;  ///< ids of targets
  std::string note;
  io::Position where;   ///< of the record
  io::Position set_at;  ///< of the input itself
};

/// A case file: what is computed, in how many variants.
struct Case {
  std::string path, title, paper;
  std::string text;  ///< of the file, byte for byte
  std::vector<Override> overrides;
  std::vector<Variant> variants;  ///< at least one, in the order of the file
  std::vector<Variant> a_priori;  ///< the same variants under [a_priori] and their own a_priori tables
  std::vector<FittedInput> fitted;
  std::vector<FitRecord> fits;  ///< records of fits that `fits` names, laid over the variants but not over a_priori
};

/// Reads a case and lays its variants over it. Keys of the variants are checked when they are loaded (load.hpp), those
/// of the case itself here. Throws io::InputError.
Case load_case(const std::string& path, const std::vector<Override>& overrides = {});
/// The same from a text; `name` stands in messages for the file.
Case parse_case(const io::Document& document, const std::vector<Override>& overrides = {});

/// A document as text, one line a leaf, sorted by key: equal inputs give equal text. Only leaves below the tables
/// named, or all.
std::string canonical_text(const io::Document& document, const std::vector<std::string>& tables = {});

}  // namespace nacre::scenarios
