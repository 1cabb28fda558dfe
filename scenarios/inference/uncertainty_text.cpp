#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/inference/uncertainty.hpp"
#include "scenarios/json.hpp"
#include "scenarios/version.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios::inference {
namespace {

std::string causes_of(const Spread& spread, const UncertaintyOutcome& outcome) {
  std::string text;
  for (const auto& [index, share] : spread.causes)
    text += (text.empty() ? "" : ", ") + fmt::format("{} {:.0f} %", outcome.uncertain.numbers[index].name, 100 * share);
  return text;
}

std::string line_of(const Spread& spread, const UncertaintyOutcome& outcome, std::size_t width) {
  const std::string unit = spread.unit == "1" ? "" : spread.unit;
  return padded(spread.name, width) + padded(fmt::format("{:.5g}", spread.value), 12) +
         padded(fmt::format("{:.2g}", spread.sigma), 10) +
         padded(fmt::format("{:.5g} .. {:.5g}", spread.low95, spread.high95), 26) + padded(unit, 8) +
         causes_of(spread, outcome) + "\n";
}

}  // namespace

std::string uncertainty_text(const UncertaintyOutcome& outcome) {
  std::size_t width = 24;
  for (const Spread& spread : outcome.spreads) width = std::max(width, spread.name.size() + 2);
  std::string text = padded("output", width) + padded("value", 12) + padded("+-", 10) + padded("95 %", 26) +
                     padded("unit", 8) + "share of the variance\n";
  std::size_t exact = 0;
  for (const Spread& spread : outcome.spreads) {
    const bool moves = spread.sigma > 1e-9 * std::abs(spread.value);
    exact += moves ? 0 : 1;
    if (moves) text += line_of(spread, outcome, width);
  }
  if (exact > 0) text += fmt::format("{} outputs do not depend on any number with a sigma\n", exact);
  text += fmt::format("{} samples of {} numbers with a sigma", outcome.samples, outcome.uncertain.numbers.size());
  text += outcome.failed > 0 ? fmt::format("; {} could not be computed\n", outcome.failed) : "\n";
  text += wrapped(
              "Of data without a sigma, and of the form of the models, nothing is known here: what stands behind +- is "
              "a lower bound.",
              118, "") +
          "\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, outcome.reasons.size()); ++i)
    text += fmt::format("  {} x {}\n", outcome.reasons[i].second, outcome.reasons[i].first);
  return text;
}

std::string uncertainty_json(const UncertaintyOutcome& outcome) {
  std::vector<std::string> numbers, outputs;
  for (const UncertainNumber& number : outcome.uncertain.numbers) {
    numbers.push_back(JsonObject()
                          .add("name", number.name)
                          .add("unit", number.unit)
                          .add("value", number.value)
                          .add("sigma", number.sigma)
                          .add("basis", std::string(name_of(number.basis)))
                          .add("logarithmic", number.logarithmic)
                          .text());
  }
  for (const Spread& spread : outcome.spreads) {
    std::vector<std::string> causes;
    for (const auto& [index, share] : spread.causes)
      causes.push_back(JsonObject().add("name", outcome.uncertain.numbers[index].name).add("share", share).text());
    outputs.push_back(JsonObject()
                          .add("name", spread.name)
                          .add("unit", spread.unit)
                          .add("value", spread.value)
                          .add("mean", spread.mean)
                          .add("sigma", spread.sigma)
                          .add("interval_68", std::vector<double>{spread.low68, spread.high68})
                          .add("interval_95", std::vector<double>{spread.low95, spread.high95})
                          .add("samples", static_cast<double>(spread.samples))
                          .add_json("causes", json_list(causes))
                          .text());
  }
  return JsonObject()
             .add("version", program_version())
             .add("samples", static_cast<double>(outcome.samples))
             .add("failed", static_cast<double>(outcome.failed))
             .add_json("numbers", json_list(numbers))
             .add_json("outputs", json_list(outputs))
             .text() +
         "\n";
}

}  // namespace nacre::scenarios::inference
