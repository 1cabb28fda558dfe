#include <fmt/format.h>

#include <algorithm>

#include "scenarios/inference/design.hpp"
#include "scenarios/json.hpp"
#include "scenarios/version.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios::inference {
namespace {

std::string with_unit(const std::string& name, const std::string& unit) {
  return unit == "1" ? name : name + " [" + unit + "]";
}

/// Limits on an output that is no goal, whose column would stand twice otherwise.
std::vector<std::size_t> further_limits(const Design& design) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < design.constraints.size(); ++i) {
    const Constraint& c = design.constraints[i];
    if (std::none_of(design.goals.begin(), design.goals.end(),
                     [&](const Goal& g) { return g.output == c.output && g.unit == c.unit; }))
      places.push_back(i);
  }
  return places;
}

/// The columns of a table of choices: parameters, goals, constraints that are no goals.
std::vector<std::string> heads(const Design& design) {
  std::vector<std::string> names;
  for (const Parameter& p : design.model.parameters()) names.push_back(with_unit(p.name, p.form.unit()));
  for (const Goal& goal : design.goals) names.push_back(with_unit(goal.output, goal.unit));
  for (const std::size_t i : further_limits(design))
    names.push_back(with_unit(design.constraints[i].output, design.constraints[i].unit));
  return names;
}

std::vector<double> numbers(const Design& design, const Choice& choice) {
  std::vector<double> all = choice.values;
  all.insert(all.end(), choice.goals.begin(), choice.goals.end());
  for (const std::size_t i : further_limits(design)) all.push_back(choice.constrained[i]);
  return all;
}

std::string goal_words(const Goal& goal) {
  if (goal.aim == Goal::Aim::lowest) return goal.output + " as low as possible";
  if (goal.aim == Goal::Aim::highest) return goal.output + " as high as possible";
  return fmt::format("{} = {:g}{}", goal.output, goal.value, goal.unit == "1" ? "" : " " + goal.unit);
}

std::string constraint_words(const Constraint& c) {
  const std::string unit = c.unit == "1" ? "" : " " + c.unit;
  std::string text = c.output;
  if (c.at_least) text += fmt::format(" at least {:g}{}", *c.at_least, unit);
  if (c.at_most) text += fmt::format("{} at most {:g}{}", c.at_least ? " and" : "", *c.at_most, unit);
  return text;
}

}  // namespace

std::string design_text(const Design& design, const DesignOutcome& outcome) {
  std::string text = design.title.empty() ? "" : design.title + "\n";
  for (const Goal& goal : design.goals) text += "goal: " + goal_words(goal) + "\n";
  for (const Constraint& c : design.constraints) text += "limit: " + constraint_words(c) + "\n";
  if (outcome.front.empty())
    text += "no choice could be computed\n";
  else if (!outcome.is_feasible())
    text += "no choice within the bounds keeps all limits; the nearest:\n";
  else if (design.goals.size() > 1)
    text += fmt::format("{} choices that none beats in all goals:\n", outcome.front.size());
  const std::vector<std::string> names = heads(design);
  for (const std::string& name : names) text += padded(name, std::max<std::size_t>(12, name.size() + 2));
  text += "\n";
  for (const Choice& choice : outcome.front) {
    const std::vector<double> all = numbers(design, choice);
    for (std::size_t i = 0; i < all.size(); ++i)
      text += padded(fmt::format("{:.5g}", all[i]), std::max<std::size_t>(12, names[i].size() + 2));
    text += "\n";
  }
  text += fmt::format("{} points computed", outcome.evaluations);
  text += outcome.failed > 0 ? fmt::format(", {} of them failed\n", outcome.failed) : "\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, outcome.reasons.size()); ++i)
    text += fmt::format("  {} x {}\n", outcome.reasons[i].second, outcome.reasons[i].first);
  return text;
}

std::string design_json(const Design& design, const DesignOutcome& outcome) {
  std::vector<std::string> choices, names;
  for (const Choice& choice : outcome.front)
    choices.push_back(JsonObject()
                          .add("parameters", choice.values)
                          .add("goals", choice.goals)
                          .add("constraints", choice.constrained)
                          .add("violation", choice.violation)
                          .text());
  for (const Parameter& p : design.model.parameters()) names.push_back(p.name);
  return JsonObject()
             .add("version", program_version())
             .add("parameters", names)
             .add("feasible", outcome.is_feasible())
             .add_json("front", json_list(choices))
             .add("evaluations", static_cast<double>(outcome.evaluations))
             .add("failed", static_cast<double>(outcome.failed))
             .text() +
         "\n";
}

std::string design_csv(const Design& design, const DesignOutcome& outcome) {
  std::string text;
  for (const std::string& name : heads(design)) text += (text.empty() ? "" : ",") + csv_cell(name);
  text += "\n";
  for (const Choice& choice : outcome.front) {
    std::string line;
    for (const double number : numbers(design, choice)) line += (line.empty() ? "" : ",") + json(number);
    text += line + "\n";
  }
  return text;
}

}  // namespace nacre::scenarios::inference
