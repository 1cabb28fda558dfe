#include "scenarios/sweep/warning_list.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>

namespace nacre::scenarios::sweep {
namespace {

constexpr std::size_t most = 51;  // bits that a double holds without loss, with room to spare
constexpr const char* others = "other warnings";

}  // namespace

WarningList::WarningList(const std::string& lines) {
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) list_.push_back(line);
}

double WarningList::bits_of(const std::vector<std::string>& warnings) {
  std::uint64_t bits = 0;
  for (const std::string& warning : warnings) {
    auto found = std::find(list_.begin(), list_.end(), warning);
    if (found == list_.end()) {
      if (list_.size() < most) list_.push_back(list_.size() + 1 == most ? others : warning);
      found = list_.end() - 1;
    }
    bits |= std::uint64_t{1} << (found - list_.begin());
  }
  return static_cast<double>(bits);
}

std::vector<std::string> WarningList::of(double bits) const {
  const auto whole = static_cast<std::uint64_t>(bits);
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < std::min(list_.size(), most); ++i)
    if ((whole >> i) & 1) warnings.push_back(list_[i]);
  std::sort(warnings.begin(), warnings.end());
  return warnings;
}

std::string WarningList::lines() const {
  std::string text;
  for (const std::string& warning : list_) text += warning + "\n";
  return text;
}

}  // namespace nacre::scenarios::sweep
