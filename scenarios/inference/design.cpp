#include "scenarios/inference/design.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/io/hdf5_seal.hpp"
#include "scenarios/inference/inputs.hpp"
#include "scenarios/inference/measured.hpp"
#include "scenarios/version.hpp"

namespace nacre::scenarios::inference {
namespace {

using io::InputError;
using nacre::inference::Candidate;
using nacre::inference::Point;

/// A leaf in the unit of an output.
double read(const io::Inputs& inputs, const io::Document& document, const std::string& key, const std::string& unit) {
  inputs.at(key);
  return form_of_unit(unit).read(key, *document.find(key));
}

std::size_t place_of(const io::Inputs& inputs, const std::string& prefix, Model& model) {
  return add_output(model, inputs.text(prefix + "output"), inputs.text(prefix + "case"),
                    inputs.where(prefix + "output"), prefix + "output");
}

Goal read_goal(const io::Inputs& inputs, const io::Document& document, int index, Model& model) {
  const std::string prefix = "goal." + std::to_string(index) + ".";
  Goal goal;
  goal.output = inputs.text(prefix + "output");
  goal.place = place_of(inputs, prefix, model);
  goal.unit = model.unit(goal.place);
  const std::string aim = inputs.text(prefix + "aim");
  goal.aim = aim == "lowest" ? Goal::Aim::lowest : aim == "highest" ? Goal::Aim::highest : Goal::Aim::reach;
  const bool given = inputs.given(prefix + "value");
  if (given != (goal.aim == Goal::Aim::reach))
    throw InputError(
        inputs.where(prefix + "output"), prefix + "value", given ? "a value for an extreme" : "nothing",
        given ? "aim = \"reach\", or no value" : "what is to be reached, or aim = \"lowest\" | \"highest\"");
  if (given) goal.value = read(inputs, document, prefix + "value", goal.unit);
  return goal;
}

Constraint read_constraint(const io::Inputs& inputs, const io::Document& document, int index, Model& model) {
  const std::string prefix = "constraint." + std::to_string(index) + ".";
  Constraint constraint;
  constraint.output = inputs.text(prefix + "output");
  constraint.place = place_of(inputs, prefix, model);
  constraint.unit = model.unit(constraint.place);
  if (inputs.given(prefix + "at_least"))
    constraint.at_least = read(inputs, document, prefix + "at_least", constraint.unit);
  if (inputs.given(prefix + "at_most"))
    constraint.at_most = read(inputs, document, prefix + "at_most", constraint.unit);
  if (!constraint.at_least && !constraint.at_most)
    throw InputError(inputs.where(prefix + "output"), prefix + "at_most", "no limit", "at_least, at_most or both");
  if (constraint.at_least && constraint.at_most && *constraint.at_least > *constraint.at_most)
    throw InputError(inputs.where(prefix + "at_least"), prefix + "at_least", "limits that leave nothing between them",
                     "at_least below at_most");
  return constraint;
}

Candidate judged(const Design& design, const Point& at, const std::vector<double>& row) {
  Candidate candidate{at, {}, 0};
  for (const Goal& goal : design.goals)
    candidate.objectives.push_back(row.empty() ? std::numeric_limits<double>::infinity()
                                               : goal.objective(row[goal.place]));
  if (row.empty()) candidate.violation = std::numeric_limits<double>::infinity();
  for (const Constraint& constraint : design.constraints)
    if (!row.empty()) candidate.violation += constraint.violation(row[constraint.place]);
  return candidate;
}

Choice choice_of(const Design& design, const Candidate& candidate, const std::vector<double>& row) {
  Choice choice;
  for (std::size_t k = 0; k < candidate.at.size(); ++k)
    choice.values.push_back(design.model.parameters()[k].value(candidate.at[k]));
  for (const Goal& goal : design.goals) choice.goals.push_back(row[goal.place]);
  for (const Constraint& constraint : design.constraints) choice.constrained.push_back(row[constraint.place]);
  choice.violation = candidate.violation;
  return choice;
}

}  // namespace

std::vector<std::string> Design::files() const {
  std::vector<std::string> files = model.files();
  files.push_back(path);
  return files;
}

double Goal::objective(double computed) const {
  if (aim == Aim::reach) return std::abs(computed - value);
  return aim == Aim::lowest ? computed : -computed;
}

double Constraint::violation(double computed) const {
  double outside = 0;
  if (at_least && computed < *at_least) outside += (*at_least - computed) / std::max(std::abs(*at_least), 1e-12);
  if (at_most && computed > *at_most) outside += (computed - *at_most) / std::max(std::abs(*at_most), 1e-12);
  return outside;
}

Design load_design(const std::string& path, const DataLibrary& library) {
  const io::Document document = io::Document::load(path);
  const io::Inputs inputs(design_inputs(), document);
  inputs.require_complete();
  const std::vector<NamedCase> cases = read_cases(inputs, document);
  const std::vector<Parameter> parameters = read_parameters(inputs, document, cases, library);
  Design design{path, inputs.text("title"), Model(cases, parameters, library), {}, {}, {}, ""};
  for (int i = 0; i < inputs.count("goal"); ++i) design.goals.push_back(read_goal(inputs, document, i, design.model));
  for (int i = 0; i < inputs.count("constraint"); ++i)
    design.constraints.push_back(read_constraint(inputs, document, i, design.model));
  if (design.goals.empty()) throw InputError({path, 0, 0}, "goal", "no [[goal]]", "at least one");
  design.options.population = static_cast<int>(inputs.number("search.population"));
  design.options.generations = static_cast<int>(inputs.number("search.generations"));
  design.options.seed = static_cast<std::uint64_t>(inputs.number("search.seed"));
  std::vector<double> start;
  for (const Parameter& p : parameters) start.push_back(p.start);
  design.model.require_loadable(start);
  design.fingerprint = io::checksum_of(canonical_text(document) + design.model.identity() + library.consulted() +
                                       program_version() + git_hash());
  return design;
}

DesignOutcome run_design(const Design& design, const Running& running, Journal& journal, Progress& progress) {
  Runner runner(design.model, running, journal, progress);
  const auto judge = [&](const std::vector<Point>& points) {
    const std::vector<std::vector<double>> rows = runner.rows(points);
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < points.size(); ++i) candidates.push_back(judged(design, points[i], rows[i]));
    return candidates;
  };
  Point start;
  for (const Parameter& p : design.model.parameters()) start.push_back(p.share(p.start));
  DesignOutcome outcome;
  for (const Candidate& candidate : nacre::inference::evolve(judge, start, design.options)) {
    const std::vector<double> row = runner.rows({candidate.at}).front();
    if (!row.empty()) outcome.front.push_back(choice_of(design, candidate, row));
  }
  outcome.evaluations = progress.evaluations;
  outcome.failed = progress.failed;
  outcome.reasons.assign(runner.reasons().begin(), runner.reasons().end());
  outcome.stopped = runner.stopped();
  return outcome;
}

}  // namespace nacre::scenarios::inference
