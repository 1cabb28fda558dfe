#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "scenarios/comparison_text.hpp"

namespace nacre::scenarios {
namespace {

using Numbers = std::vector<double>;

Numbers numbers_of(const Measured& value) {
  if (const auto* single = std::get_if<double>(&value)) return {*single};
  if (const auto* list = std::get_if<Numbers>(&value)) return *list;
  return {};
}

/// Decimals that it takes to write a number, at most 4.
int decimals(double number) {
  double scaled = std::abs(number);
  for (int digits = 0; digits < 4; ++digits, scaled *= 10) {
    if (std::abs(scaled - std::round(scaled)) < 1e-6 * std::max(1.0, scaled)) return digits;
  }
  return 4;
}

int decimals_of(const Target& target) {
  int most = 0;
  for (const double number : numbers_of(target.value)) most = std::max(most, decimals(number));
  return target.band && target.kind != TargetKind::ratio ? std::max(most, decimals(*target.band)) : most;
}

std::string fixed(double number, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, number);
  return text;
}

std::string listed(const Numbers& numbers, int digits) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : " ") + fixed(number, digits);
  return text;
}

std::string order_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " < ") + name.substr(0, name.find(" ("));
  return text;
}

std::string column(const Comparison& comparison, const std::optional<Numbers>& values) {
  if (!values) return "-";
  if (const auto* names = std::get_if<std::vector<std::string>>(&comparison.target.value))
    return order_text(ordered_names(*names, *values));
  return listed(*values, decimals_of(comparison.target));
}

/// Deviation in units of the band of the entry that differs most; signed.
double worst_deviation(const Target& target, const Numbers& computed) {
  const Numbers measured = numbers_of(target.value);
  const bool ratio = target.kind == TargetKind::ratio;
  double worst = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const double difference =
        ratio ? computed[i] / computed[0] / (measured[i] / measured[0]) - 1 : computed[i] - measured[i];
    const double deviation = difference / std::max(*target.band, 1e-300);
    if (std::abs(deviation) > std::abs(worst)) worst = deviation;
  }
  return worst;
}

std::string gauge(const Target& target, const Numbers& computed) {
  if (target.kind == TargetKind::order) return "";
  const double deviation = worst_deviation(target, computed);
  std::string scale = "---|---";
  const bool outside = std::abs(deviation) > 1 + 1e-6;
  const int place = std::clamp(3 + static_cast<int>(std::lround(3 * std::clamp(deviation, -1.0, 1.0))), 0, 6);
  scale[static_cast<std::size_t>(place)] = outside ? (deviation > 0 ? '>' : '<') : 'o';
  return scale;
}

std::string band_text(const Target& target) {
  if (!target.band) return "order";
  if (target.kind == TargetKind::ratio) return fixed(100 * *target.band, 0) + " %";
  return fixed(*target.band, decimals_of(target));
}

}  // namespace

ComparisonCells cells_of(const Comparison& comparison) {
  const Target& target = comparison.target;
  ComparisonCells cells;
  cells.quantity = target.id.starts_with(target.paper + ".") ? target.id.substr(target.paper.size() + 1) : target.id;
  cells.unit = target.plain_unit().substr(0, target.unit.find(','));
  const auto* names = std::get_if<std::vector<std::string>>(&target.value);
  cells.measured = names ? order_text(*names) : listed(numbers_of(target.value), decimals_of(target));
  cells.a_priori = column(comparison, comparison.a_priori);
  cells.calibrated = column(comparison, comparison.calibrated);
  cells.chain = column(comparison, comparison.chain);
  cells.band = band_text(target);
  cells.verdict = name_of(comparison.verdict);
  if (comparison.verdict == Verdict::missing) return cells;
  cells.basis = comparison.used_in_fit ? "fitted" : "predicted";
  cells.gauge = gauge(target, comparison.calibrated ? *comparison.calibrated : *comparison.a_priori);
  if (comparison.bounds) {
    const int digits = decimals_of(target);
    cells.range = fixed(comparison.bounds->first, digits) + ".." + fixed(comparison.bounds->second, digits);
    if (target.entries() == 1) (comparison.calibrated ? cells.calibrated : cells.a_priori) += " (" + cells.range + ")";
  }
  return cells;
}

namespace {

/// "0.142 (0.121..0.153)", with two digits of the narrower side.
std::string with_interval(double value, const std::pair<double, double>& interval, int digits) {
  double side = std::numeric_limits<double>::infinity();
  for (const double end : {interval.first, interval.second})
    if (const double off = std::abs(value - end); off > 0) side = std::min(side, off);
  const int wanted =
      std::isfinite(side) ? std::clamp(1 - static_cast<int>(std::floor(std::log10(side))), 0, 5) : digits;
  return fixed(value, wanted) + " (" + fixed(interval.first, wanted) + ".." + fixed(interval.second, wanted) + ")";
}

/// Distance to the measured in units of the interval's side towards it, with the band in quadrature.
double distance_of(double value, const std::pair<double, double>& interval, double measured, double band) {
  const double side = measured > value ? interval.second - value : value - interval.first;
  return (value - measured) / std::hypot(std::max(side, 0.0), std::max(band, 1e-300));
}

}  // namespace

UncertaintyCells uncertainty_cells(const Comparison& comparison) {
  UncertaintyCells cells;
  const Target& target = comparison.target;
  const std::optional<Numbers>& judged = comparison.calibrated ? comparison.calibrated : comparison.a_priori;
  if (!comparison.interval || !judged || !target.band) return cells;
  const Numbers measured = numbers_of(target.value);
  const bool ratio = target.kind == TargetKind::ratio;
  double worst = 0;
  const auto add = [&](const std::string& text, double distance) {
    cells.computed += (cells.computed.empty() ? "" : ", ") + text;
    if (std::abs(distance) > std::abs(worst)) worst = distance;
  };
  for (std::size_t i = 0; i < measured.size(); ++i)
    add(with_interval((*judged)[i], (*comparison.interval)[i], decimals_of(target)),
        ratio ? 0 : distance_of((*judged)[i], (*comparison.interval)[i], measured[i], *target.band));
  for (std::size_t i = 1; ratio && i < measured.size(); ++i) {
    const double value = (*judged)[i] / (*judged)[0], wanted = measured[i] / measured[0];
    add(with_interval(value, comparison.ratios[i - 1], 2) + " times the first",
        distance_of(value, comparison.ratios[i - 1], wanted, *target.band * std::abs(wanted)));
  }
  char text[32];
  std::snprintf(text, sizeof text, "%+.1f", worst);
  cells.distance = text;
  return cells;
}

std::string note_of(const Comparison& comparison) {
  const Target& target = comparison.target;
  std::string text;
  const auto append = [&](const std::string& sentence) {
    if (sentence.empty()) return;
    const bool new_sentence = sentence.front() >= 'A' && sentence.front() <= 'Z';
    if (!text.empty()) text += text.back() == '.' ? " " : new_sentence ? ". " : "; ";
    text += sentence;
  };
  if (comparison.verdict == Verdict::missing)
    append(comparison.why_missing);
  else
    append(target.stands_for);
  if (comparison.verdict == Verdict::outside) append(target.known_miss);
  if (!comparison.not_fitted.empty()) {
    std::string entries;
    const auto& computed = comparison.calibrated ? comparison.calibrated : comparison.a_priori;
    for (const std::size_t i : comparison.not_fitted) {
      entries += (entries.empty() ? "" : ", ") + std::to_string(i + 1);
      if (computed) entries += is_entry_within(target, i, *computed) ? " (within)" : " (outside)";
    }
    append("of its " + std::to_string(target.entries()) + " entries these took no part in a fit: " + entries);
  }
  if (comparison.bounds) {
    const int digits = decimals_of(target);
    append("between " + fixed(comparison.bounds->first, digits) + " and " + fixed(comparison.bounds->second, digits) +
           " " + target.plain_unit() + " over what is assumed (" + target.between.front().text + " to " +
           target.between.back().text + ")");
  }
  return text;
}

}  // namespace nacre::scenarios
