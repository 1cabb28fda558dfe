#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/io/document.hpp"

namespace nacre::scenarios {

/// How a target is judged.
enum class TargetKind { predict, calibrate, order, ratio };
std::string_view name_of(TargetKind kind);

/// What was measured: a number, a list of numbers, or names from the lowest to the highest.
using Measured = std::variant<double, std::vector<double>, std::vector<std::string>>;

/// A scalar of a variant: "ln.pl_peak".
struct Reference {
  std::string variant;
  std::string output;
  friend bool operator==(const Reference&, const Reference&) = default;
};

/// How an entry is computed: one scalar, or a difference of two.
struct Expression {
  std::string text;
  Reference first;
  std::optional<Reference> minus;
  std::vector<Reference> references() const;
};

/// Reads "ln.pl_peak", "rt.pl_peak - ln.pl_peak", or "pl_peak" of a case without variants. Throws io::InputError, at
/// `where` and with `key`, for an output that is no scalar of `nacre outputs`, with the nearest one.
Expression parse_expression(const std::string& text, const io::Position& where, const std::string& key);

/// One number or list that a paper reports.
struct Target {
  std::string id, paper, unit, source, note;
  Measured value = 0.0;
  std::optional<double> band;  ///< half-width in `unit`; relative for a ratio; none for an order
  TargetKind kind = TargetKind::predict;
  std::vector<Expression>
      from;  ///< one an entry of the value, in its order; empty: `awaits` says what has to exist first
  std::vector<Expression> chain;    ///< as `from`, of variants with nothing given by hand between flask and spectrum
  std::vector<Expression> between;  ///< expressions whose smallest and largest value bound the first entry
  std::string awaits;               ///< "the device model"
  std::string stands_for;           ///< what a computed quantity is taken for
  std::string known_miss;           ///< why it is expected to be missed
  io::Position where;

  std::size_t entries() const;
  /// The unit without what stands in brackets behind it, or where it holds: "nm" of "nm (SQDs, SQDs-T)", "V" of "V at 1
  /// cd/m2".
  std::string plain_unit() const;
};

/// Reads a file of targets. Throws io::InputError: a key that is unknown, missing or of the wrong type, a `from` that
/// does not fit the value or names no scalar of `nacre outputs`, an id twice.
std::vector<Target> load_targets(const std::string& path);
std::vector<Target> parse_targets(const io::Document& document);

}  // namespace nacre::scenarios
