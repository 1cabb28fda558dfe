#include "tools/cli/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "scenarios/json.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/words.hpp"

namespace nacre::cli {
namespace {

using scenarios::NumericalErrors;
using scenarios::OutputRow;
using scenarios::Result;

std::string number(double value, const char* format) {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// The numerical error of a scalar in its unit; NaN where it was not estimated.
double error_of(const OutputRow& row, const std::string& variant, const NumericalErrors& errors) {
  const auto found = errors.find(variant);
  if (found == errors.end() || !found->second.contains(row.name)) return std::nan("");
  return scenarios::in_unit(row, {found->second.at(row.name)}).front();
}

std::string cell(const OutputRow& row, const Result& result, const NumericalErrors& errors) {
  const double value = scenarios::in_unit(row, {scenarios::scalar(row, result)}).front();
  if (!std::isfinite(value)) return "-";
  const double error = error_of(row, result.plan.variant, errors);
  return number(value, "%.5g") + (error > 0 ? " +- " + number(error, "%.1g") : "");
}

bool any_value(const OutputRow& row, const std::vector<Result>& results) {
  return std::any_of(results.begin(), results.end(),
                     [&](const Result& r) { return std::isfinite(scenarios::scalar(row, r)); });
}

std::string outputs_json(const Result& result, const NumericalErrors& errors) {
  scenarios::JsonObject object;
  for (const OutputRow& row : scenarios::outputs()) {
    if (!row.is_scalar()) continue;
    scenarios::JsonObject value;
    value.add("value", scenarios::in_unit(row, {scenarios::scalar(row, result)}).front()).add("unit", row.unit);
    const double error = error_of(row, result.plan.variant, errors);
    if (std::isfinite(error)) value.add("numerical_error", error);
    object.add_json(row.name, value.text());
  }
  return object.text();
}

}  // namespace

std::string summary(const std::vector<Result>& results, const NumericalErrors& errors) {
  const std::size_t width = errors.empty() ? 12 : 20;
  std::string text;
  if (results.size() > 1 || !results.front().plan.variant.empty()) {
    text = scenarios::padded("", 30);
    for (const Result& result : results) text += scenarios::padded(result.plan.variant, width);
    text += "\n";
  }
  for (const OutputRow& row : scenarios::outputs()) {
    if (!row.is_scalar() || !any_value(row, results)) continue;
    std::string line = scenarios::padded(row.name + (row.unit == "1" ? "" : ", " + row.unit), 30);
    for (const Result& result : results) line += scenarios::padded(cell(row, result, errors), width);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string summary_json(const std::string& title, const std::vector<Result>& results, const NumericalErrors& errors) {
  std::vector<std::string> variants;
  for (const Result& result : results) {
    std::vector<std::string> failures;
    for (const scenarios::Failure& failure : result.failures)
      failures.push_back(std::string(name_of(failure.stage)) + ": " + failure.message);
    variants.push_back(scenarios::JsonObject()
                           .add("name", result.plan.variant)
                           .add("complete", failures.empty())
                           .add("failures", failures)
                           .add_json("outputs", outputs_json(result, errors))
                           .text());
  }
  return scenarios::JsonObject().add("title", title).add_json("variants", scenarios::json_list(variants)).text() + "\n";
}

}  // namespace nacre::cli
