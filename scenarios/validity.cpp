#include "scenarios/validity.hpp"

#include <algorithm>
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

Validity::Ranges Validity::ranges(const std::string& text) {
  Ranges shares;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    std::istringstream words(part);
    std::string ion, range, more;
    words >> ion >> range;
    if (!is_ion(ion) || range.empty() || words >> more)
      throw std::invalid_argument("\"" + part + "\" is no ion (Cs, FA, MA, Cl, Br, I) with a range of its share");
    const auto [lowest, highest] = range_of(range);
    shares[ion] = {lowest, highest};
  }
  if (shares.empty()) throw std::invalid_argument("it names no ion");
  return shares;
}

Validity Validity::parse(const std::string& text, const std::string& beyond) {
  Validity validity;
  validity.text_ = text;
  validity.beyond_ = beyond;
  if (text == "any") return validity;
  std::istringstream sets(text);
  for (std::string set; std::getline(sets, set, ';');) validity.sets_.push_back(ranges(set));
  if (validity.sets_.empty()) throw std::invalid_argument("it names no ion");
  return validity;
}

bool Validity::holds(const Composition& composition) const {
  const auto lies_in = [&](const Ranges& shares) {
    return std::all_of(ions().begin(), ions().end(), [&](const auto& ion) {
      const auto known = shares.find(ion.first);
      const Range range = known == shares.end() ? Range{} : known->second;
      const double share = composition.*ion.second;
      return share >= range.lowest - tolerance && share <= range.highest + tolerance;
    });
  };
  return sets_.empty() || std::any_of(sets_.begin(), sets_.end(), lies_in);
}

}  // namespace nacre::scenarios
