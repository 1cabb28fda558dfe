#include <cmath>

#include "scenarios/comparison_text.hpp"
#include "scenarios/json.hpp"
#include "scenarios/version.hpp"

namespace nacre::scenarios {
namespace {

std::string measured_json(const Measured& value) {
  return std::visit([](const auto& content) { return json(content); }, value);
}

/// A column: a number, a list, or for an order the names from the lowest to the highest.
std::string column_json(const Target& target, const std::optional<std::vector<double>>& values) {
  if (!values) return "null";
  if (const auto* names = std::get_if<std::vector<std::string>>(&target.value))
    return json(ordered_names(*names, *values));
  return std::holds_alternative<double>(target.value) ? json(values->front()) : json(*values);
}

/// Half of the interval from 16 to 84 %, with half of the range over what is assumed in quadrature.
std::string sigma_json(const Comparison& comparison) {
  std::optional<double> assumed;
  const bool one = comparison.target.entries() == 1;
  if (comparison.bounds && one) assumed = (comparison.bounds->second - comparison.bounds->first) / 2;
  if (!comparison.interval) return json(assumed);
  std::vector<double> halves;
  for (const auto& [low, high] : *comparison.interval) halves.push_back((high - low) / 2);
  return one ? json(std::hypot(halves.front(), assumed.value_or(0))) : json(halves);
}

std::string intervals_json(const std::vector<std::pair<double, double>>& intervals) {
  std::vector<std::string> pairs;
  for (const auto& [low, high] : intervals) pairs.push_back(json(std::vector<double>{low, high}));
  return json_list(pairs);
}

std::string target_json(const Comparison& comparison) {
  const Target& target = comparison.target;
  std::vector<std::string> expressions;
  for (const Expression& expression : target.from) expressions.push_back(expression.text);
  return JsonObject()
      .add("id", target.id)
      .add("paper", target.paper)
      .add("unit", target.unit)
      .add_json("measured", measured_json(target.value))
      .add("band", target.band)
      .add("kind", std::string(name_of(target.kind)))
      .add("source", target.source)
      .add("from", expressions)
      .add_json("a_priori", column_json(target, comparison.a_priori))
      .add_json("calibrated", column_json(target, comparison.calibrated))
      .add_json("chain", column_json(target, comparison.chain))
      .add_json("sigma", sigma_json(comparison))
      .add_json("interval", comparison.interval ? intervals_json(*comparison.interval) : "null")
      .add_json("interval_samples", comparison.interval ? std::to_string(comparison.sampled) : "null")
      .add_json("ratio_interval", comparison.ratios.empty() ? "null" : intervals_json(comparison.ratios))
      .add("used_in_fit", comparison.used_in_fit)
      .add("verdict", std::string(name_of(comparison.verdict)))
      .add("note", note_of(comparison))
      .add("remark", target.note)
      .text();
}

std::string parameter_json(const FittedNumber& number) {
  return JsonObject()
      .add("name", number.name)
      .add("value", number.value)
      .add("unit", number.unit)
      .add("standard_error", number.standard_error)
      .add("basis", "fitted")
      .add("fitted_to", number.fitted_to)
      .text();
}

/// A list with one element a line.
std::string lines(const std::vector<std::string>& elements) {
  std::string text;
  for (const std::string& element : elements) text += (text.empty() ? "\n  " : ",\n  ") + element;
  return "[" + text + "\n]";
}

}  // namespace

std::string reproduction_json(const Reproduction& reproduction) {
  std::vector<std::string> parameters, targets;
  for (const FittedNumber& number : reproduction.parameters) parameters.push_back(parameter_json(number));
  for (const Comparison& comparison : reproduction.comparisons) targets.push_back(target_json(comparison));
  return JsonObject()
             .add("version", program_version())
             .add_json("parameters", lines(parameters))
             .add_json("targets", lines(targets))
             .text() +
         "\n";
}

}  // namespace nacre::scenarios
