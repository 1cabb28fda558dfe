#include "scenarios/validity.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace nacre::scenarios {
namespace {

using materials::Composition;

constexpr double tolerance = 0.005;

const std::vector<std::pair<std::string, double Composition::*>>& ions() {
  static const std::vector<std::pair<std::string, double Composition::*>> list{
      {"Cs", &Composition::caesium},  {"FA", &Composition::formamidinium}, {"MA", &Composition::methylammonium},
      {"Cl", &Composition::chloride}, {"Br", &Composition::bromide},       {"I", &Composition::iodide}};
  return list;
}

bool is_ion(const std::string& name) {
  for (const auto& [ion, share] : ions())
    if (ion == name) return true;
  return false;
}

/// "0.2-1" or "1".
std::pair<double, double> range_of(const std::string& text) {
  char* end = nullptr;
  const double lowest = std::strtod(text.c_str(), &end);
  const bool single = end != text.c_str() && *end == 0;
  const double highest = *end == '-' ? std::strtod(end + 1, &end) : lowest;
  if ((single || *end == 0) && end != text.c_str() && lowest >= 0 && lowest <= highest && highest <= 1)
    return {lowest, highest};
  throw std::invalid_argument("\"" + text + "\" is no range of a share such as 0.2-1");
}

}  // namespace

Validity Validity::parse(const std::string& text) {
  Validity validity;
  validity.text_ = text;
  if (text == "any") return validity;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    std::istringstream words(part);
    std::string ion, range, more;
    words >> ion >> range;
    if (!is_ion(ion) || range.empty() || words >> more)
      throw std::invalid_argument("\"" + part + "\" is no ion (Cs, FA, MA, Cl, Br, I) with a range of its share");
    const auto [lowest, highest] = range_of(range);
    validity.shares_[ion] = {lowest, highest};
  }
  if (validity.shares_.empty()) throw std::invalid_argument("it names no ion");
  return validity;
}

bool Validity::holds(const Composition& composition) const {
  if (shares_.empty()) return true;
  for (const auto& [ion, share] : ions()) {
    const auto known = shares_.find(ion);
    const Range range = known == shares_.end() ? Range{} : known->second;
    if (composition.*share < range.lowest - tolerance || composition.*share > range.highest + tolerance) return false;
  }
  return true;
}

}  // namespace nacre::scenarios
