#include "scenarios/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace nacre::scenarios {
namespace {

/// Numbers on the border, written in decimals, count as within.
constexpr double border = 1 + 1e-6;

bool close(double computed, double measured, double band) {
  return std::abs(computed - measured) <= band * border;
}

bool ratios_fit(const std::vector<double>& measured, const std::vector<double>& computed, double band) {
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const double quotient = computed[i] / computed[0] / (measured[i] / measured[0]);
    if (!(std::abs(quotient - 1) <= band * border)) return false;
  }
  return true;
}

bool steps_fit(const std::vector<double>& measured, const std::vector<double>& computed, double band) {
  for (std::size_t i = 1; i < measured.size(); ++i) {
    const double step = measured[i] - measured[0];
    if (std::abs(step) <= band / 2) continue;
    const double share = (computed[i] - computed[0]) / step;
    if (!(share >= 0.5 && share <= 2)) return false;
  }
  return true;
}

std::string first_word(const std::string& name) {
  return name.substr(0, name.find(" ("));
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::within:
      return "within";
    case Verdict::outside:
      return "outside";
    case Verdict::missing:
      break;
  }
  return "missing";
}

bool is_within(const Target& target, const std::vector<double>& computed) {
  const double band = target.band.value_or(0);
  if (const auto* single = std::get_if<double>(&target.value)) return close(computed.front(), *single, band);
  const auto& measured = std::get<std::vector<double>>(target.value);
  if (target.kind == TargetKind::ratio) return ratios_fit(measured, computed, band);
  for (std::size_t i = 0; i < measured.size(); ++i) {
    if (!close(computed[i], measured[i], band)) return false;
  }
  const bool colour = target.unit.find("CIE") != std::string::npos;
  return colour || steps_fit(measured, computed, band);
}

bool is_entry_within(const Target& target, std::size_t entry, const std::vector<double>& computed) {
  const auto* measured = std::get_if<std::vector<double>>(&target.value);
  if (measured == nullptr || !target.band) return false;
  if (target.kind != TargetKind::ratio) return close(computed[entry], (*measured)[entry], *target.band);
  const double quotient = computed[entry] / computed[0] / ((*measured)[entry] / (*measured)[0]);
  return std::abs(quotient - 1) <= *target.band * border;
}

bool is_in_order(const std::vector<std::string>& measured, const std::vector<std::string>& computed) {
  return std::equal(measured.begin(), measured.end(), computed.begin(), computed.end(),
                    [](const std::string& a, const std::string& b) { return first_word(a) == first_word(b); });
}

std::vector<std::string> ordered_names(const std::vector<std::string>& names, const std::vector<double>& computed) {
  std::vector<std::size_t> index(names.size());
  std::iota(index.begin(), index.end(), std::size_t{0});
  std::sort(index.begin(), index.end(), [&](std::size_t a, std::size_t b) {
    return computed[a] < computed[b] || (computed[a] == computed[b] && a > b);
  });
  std::vector<std::string> sorted;
  for (const std::size_t i : index) sorted.push_back(names[i]);
  return sorted;
}

}  // namespace nacre::scenarios
