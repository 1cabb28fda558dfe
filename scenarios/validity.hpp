#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/materials/composition.hpp"

namespace nacre::scenarios {

/// The compositions that the data of a file were taken on: ranges of the share of each ion, or several sets of them.
class Validity {
 public:
  /// Reads "Cs 0.9-1, I 0.7-1, Br 0-0.3; Cs 0.7, FA 0.3, Br 1": ions that a set does not name may not be there, a
  /// composition of any set has data; "any" sets no limit. `beyond` says what is known of others. Throws
  /// std::invalid_argument with a sentence that says what is wrong.
  static Validity parse(const std::string& text, const std::string& beyond = "");

  /// Whether a composition lies within, to half a hundredth.
  bool holds(const materials::Composition& composition) const;
  /// As written.
  const std::string& text() const { return text_; }
  /// A word on compositions outside; may be empty.
  const std::string& beyond() const { return beyond_; }

 private:
  struct Range {
    double lowest = 0, highest = 0;
  };
  using Ranges = std::map<std::string, Range>;
  static Ranges ranges(const std::string& text);
  std::string text_ = "any", beyond_;
  std::vector<Ranges> sets_;  // none: no limit
};

}  // namespace nacre::scenarios
