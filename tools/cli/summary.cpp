#include "tools/cli/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "scenarios/json.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/words.hpp"

namespace nacre::cli {
namespace {

using scenarios::NumericalError;
using scenarios::NumericalErrors;
using scenarios::OutputRow;
using scenarios::Result;

std::string number(double value, const char* format) {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// What is known of the numerical error of a scalar, in its unit; NaN where nothing is.
NumericalError error_of(const OutputRow& row, const std::string& variant, const NumericalErrors& errors) {
  const auto found = errors.find(variant);
  if (found == errors.end() || !found->second.scalars.contains(row.name)) return std::nan("");
  const NumericalError& si = found->second.scalars.at(row.name);
  const auto numbers = scenarios::in_unit(row, {si.change, si.extrapolated, si.extrapolation_error});
  NumericalError error(numbers[0]);
  error.extrapolated = numbers[1], error.extrapolation_error = numbers[2];
  return error;
}

std::string cell(const OutputRow& row, const Result& result, const NumericalErrors& errors) {
  double value = scenarios::in_unit(row, {scenarios::scalar(row, result)}).front();
  if (!std::isfinite(value)) return "-";
  const NumericalError found = error_of(row, result.plan.variant, errors);
  const bool extrapolated = std::isfinite(found.extrapolated);
  if (extrapolated) value = found.extrapolated;
  const double error = extrapolated ? found.extrapolation_error : found.change;
  const bool shows = error > 1e-9 * std::abs(value);  // rounding is no error of the numerics
  return number(value, "%.5g") + (shows ? " +- " + number(error, "%.1g") : "");
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
    const NumericalError error = error_of(row, result.plan.variant, errors);
    if (std::isfinite(error.change)) value.add("numerical_error", error.change);
    if (std::isfinite(error.extrapolated))
      value.add("extrapolated", error.extrapolated).add("extrapolation_error", error.extrapolation_error);
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
    std::vector<std::string> warnings;
    for (const scenarios::Warning& warning : result.plan.warnings) warnings.push_back(warning.text);
    for (const scenarios::Warning& warning : result.warnings) warnings.push_back(warning.text);
    variants.push_back(scenarios::JsonObject()
                           .add("name", result.plan.variant)
                           .add("complete", failures.empty())
                           .add("failures", failures)
                           .add("warnings", warnings)
                           .add_json("outputs", outputs_json(result, errors))
                           .text());
  }
  return scenarios::JsonObject().add("title", title).add_json("variants", scenarios::json_list(variants)).text() + "\n";
}

}  // namespace nacre::cli
