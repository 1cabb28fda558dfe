#pragma once
#include <map>
#include <string>

#include "models/materials/composition.hpp"

namespace nacre::scenarios {

/// The compositions that the data of a file were taken on: a range of the share of each ion.
class Validity {
 public:
  /// Reads "Cs 0.7-1, FA 0-0.3, Br 0-1": ions that are not named may not be there; "any" sets no limit. Throws
  /// std::invalid_argument with a sentence that says what is wrong.
  static Validity parse(const std::string& text);

  /// Whether a composition lies within, to half a hundredth.
  bool holds(const materials::Composition& composition) const;
  /// As written.
  const std::string& text() const { return text_; }

 private:
  struct Range {
    double lowest = 0, highest = 0;
  };
  std::string text_ = "any";
  std::map<std::string, Range> shares_;
};

}  // namespace nacre::scenarios
