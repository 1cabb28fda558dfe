#include "scenarios/inference/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/io/input_leaf.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/inference/exact.hpp"
#include "scenarios/inference/measured.hpp"
#include "scenarios/inference/uncertainty.hpp"
#include "scenarios/load.hpp"
#include "scenarios/model_data.hpp"

namespace nacre::scenarios::inference {
namespace {

using io::InputError;
using nacre::inference::Point;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
const io::Position command_line{"--by", 0, 0};

double read(const Parameter& p, const std::string& text) {
  return p.form.read(p.name, io::parse_value(text, command_line));
}

/// Within what an input accepts.
void keep_within_row(Parameter& p) {
  if (p.is_datum()) return;
  const io::Range& range = p.form.row.range;
  p.from = std::max(p.from, range.low + (range.exclusive ? 1e-9 * std::abs(p.start) : 0));
  p.to = std::min(p.to, range.high);
}

/// +-2 sigma, or +-10 % of the number.
void give_range(Parameter& p, const std::vector<NamedCase>& cases, const DataLibrary& library) {
  double width = 0.1 * std::abs(p.start);
  if (p.is_datum()) {
    const Datum datum = datum_in_use(p.keys.front(), cases, library, command_line, "");
    if (datum.sigma && *datum.sigma > 0) width = 2 * *datum.sigma / p.form.si(1);
  }
  if (!(width > 0))
    throw InputError(command_line, p.name, "a number of 0 without a sigma", "a range: " + p.name + "=FROM..TO");
  p.from = p.start - width;
  p.to = p.start + width;
  if (p.start > 0 && p.from <= 0) p.from = 0.1 * p.start;
  keep_within_row(p);
}

/// "KEY" or "KEY=FROM..TO".
Parameter parameter_from(const std::string& text, const std::vector<NamedCase>& cases, const DataLibrary& library) {
  const std::size_t equals = text.find('=');
  Parameter p = parameter_of(text.substr(0, equals), cases, library, command_line, "");
  if (equals == std::string::npos) {
    give_range(p, cases, library);
    return p;
  }
  const std::string range = text.substr(equals + 1);
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos)
    throw InputError(command_line, p.name, "\"" + range + "\"", "FROM..TO, such as 1 nm..3 nm");
  p.from = read(p, range.substr(0, dots));
  p.to = read(p, range.substr(dots + 2));
  if (!(p.from < p.to) || p.start < p.from || p.start > p.to)
    throw InputError(command_line, p.name, "\"" + range + "\"", "a range that holds the number of the case");
  return p;
}

/// The last is none of those before.
void require_once(const std::vector<Parameter>& parameters) {
  for (std::size_t k = 0; k + 1 < parameters.size(); ++k)
    if (parameters[k].name == parameters.back().name)
      throw InputError(command_line, parameters.back().name, "the same number twice", "each number once");
}

/// All data with a sigma that the outputs can see.
std::vector<Parameter> with_sigma(const std::vector<NamedCase>& cases, const DataLibrary& library) {
  std::vector<Parameter> parameters;
  for (const UncertainNumber& number : uncertain_numbers(cases, library, {}).numbers) {
    if (number.name.find('/') == std::string::npos) continue;  // keys are asked for by name
    parameters.push_back(parameter_of(number.name, cases, library, command_line, ""));
    give_range(parameters.back(), cases, library);
  }
  return parameters;
}

/// A step that leaves round-off and the tolerance of the integration behind, and stays within the range.
double step_of(const Parameter& p, double relative) {
  const double step = p.start != 0 ? relative * std::abs(p.start) : relative * (p.to - p.from);
  return std::min(step, 0.5 * (p.to - p.from));
}

/// What dual numbers say, output by output and number by number.
using Exact = std::vector<std::vector<std::optional<double>>>;

/// Adds the slopes of one peak, times a sign; what is missing for one part is missing for all.
void add_slopes(const Reference& of, double sign, const Case& source, const std::vector<Parameter>& parameters,
                const DataLibrary& library, std::vector<std::optional<double>>& slopes) {
  for (const Variant& variant : source.variants) {
    if (variant.name != of.variant) continue;
    Plan plan = load_plan(variant, library);
    std::vector<bool> needed(all_stages.size(), false);
    for (std::size_t s = 0; s < all_stages.size(); ++s) needed[s] = all_stages[s] == Stage::confinement;
    prune(plan, needed);
    const Result result = Pipeline(ModelData(library).colour_table()).run(plan);
    const confinement::PeakOver over =
        of.output == "pl_peak" ? confinement::PeakOver::wavelength : confinement::PeakOver::energy;
    const PeakDerivatives derivatives(variant, library, result, over);
    const double unit = units::parse_unit(find_scalar(of.output)->unit).factor;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      const std::optional<double> slope = derivatives.by(parameters[k]);
      slopes[k] = slope && slopes[k] ? std::optional(*slopes[k] + sign * *slope / unit) : std::nullopt;
    }
  }
}

/// Of outputs that are a peak of a variant's photoluminescence, or a difference of two [unit of the output/unit of the
/// number].
Exact exact_slopes(const Case& source, const SensitivityAsked& asked, const std::vector<Parameter>& parameters,
                   const DataLibrary& library) {
  const auto is_peak = [](const Reference& r) { return r.output == "pl_peak" || r.output == "pl_peak_energy"; };
  Exact exact(asked.outputs.size(), std::vector<std::optional<double>>(parameters.size()));
  for (std::size_t i = 0; i < asked.outputs.size(); ++i) {
    const Expression expression = parse_expression(asked.outputs[i], {"--output", 0, 0}, "");
    if (!is_peak(expression.first) || (expression.minus && !is_peak(*expression.minus))) continue;
    exact[i].assign(parameters.size(), 0);
    add_slopes(expression.first, 1, source, parameters, library, exact[i]);
    if (expression.minus) add_slopes(*expression.minus, -1, source, parameters, library, exact[i]);
  }
  return exact;
}

bool needs_differences(const Exact& exact, std::size_t k) {
  return std::any_of(exact.begin(), exact.end(), [&](const auto& row) { return !row[k]; });
}

/// One number on both sides of where it stands.
struct Sides {
  std::size_t first = 0;  // of the points; the other side is the next
  double above = 0, below = 0;
};

std::vector<std::vector<double>> points_around(const std::vector<Parameter>& parameters, double relative,
                                               const Exact& exact, std::vector<Sides>& sides) {
  std::vector<double> centre;
  for (const Parameter& p : parameters) centre.push_back(p.start);
  std::vector<std::vector<double>> points{centre};
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const Parameter& p = parameters[k];
    const double step = step_of(p, relative);
    sides.push_back({points.size(), std::min(centre[k] + step, p.to), std::max(centre[k] - step, p.from)});
    if (!needs_differences(exact, k)) continue;
    for (const double at : {sides.back().above, sides.back().below}) {
      points.push_back(centre);
      points.back()[k] = at;
    }
  }
  return points;
}

double difference(const std::vector<std::vector<double>>& rows, std::size_t place, Sides s, double centre,
                  double value) {
  const auto at = [&](std::size_t i) { return rows[i].empty() ? nan : rows[i][place]; };
  double high = at(s.first), low = at(s.first + 1);
  if (std::isnan(high)) high = value, s.above = centre;
  if (std::isnan(low)) low = value, s.below = centre;
  return s.above > s.below ? (high - low) / (s.above - s.below) : nan;
}

void differentiate(Runner& runner, const SensitivityAsked& asked, const Exact& exact,
                   const std::vector<std::size_t>& places, SensitivityOutcome& outcome) {
  const std::vector<Parameter>& parameters = outcome.parameters;
  std::vector<Sides> sides;
  const std::vector<std::vector<double>> rows = runner.rows_at(points_around(parameters, asked.step, exact, sides));
  for (std::size_t i = 0; i < places.size(); ++i) {
    OutputSensitivity& out = outcome.outputs[i];
    out.value = rows[0].empty() ? nan : rows[0][places[i]];
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      const Parameter& p = parameters[k];
      Derivative d;
      d.exact = exact[i][k].has_value();
      d.slope = d.exact ? *exact[i][k] : difference(rows, places[i], sides[k], p.start, out.value);
      d.relative = p.start != 0 && out.value != 0 ? d.slope * p.start / out.value : nan;
      d.of_sigma = d.slope * (p.to - p.from) / 4;
      out.local.push_back(d);
    }
  }
}

std::vector<double> column(const std::vector<std::vector<double>>& rows, std::size_t place) {
  std::vector<double> values;
  for (const std::vector<double>& row : rows) values.push_back(row.empty() ? nan : row[place]);
  return values;
}

}  // namespace

SensitivityOutcome sensitivity(const NamedCase& source, const SensitivityAsked& asked, const DataLibrary& library,
                               const Running& running, Progress& progress) {
  const std::vector<NamedCase> cases{source};
  SensitivityOutcome outcome;
  for (const std::string& text : asked.parameters) {
    outcome.parameters.push_back(parameter_from(text, cases, library));
    require_once(outcome.parameters);
  }
  if (asked.parameters.empty()) outcome.parameters = with_sigma(cases, library);
  if (outcome.parameters.empty())
    throw InputError({source.source.path, 0, 0}, "", "no datum with a sigma", "numbers to vary: --by KEY");
  if (asked.outputs.empty())
    throw InputError({"--output", 0, 0}, "", "nothing", "a scalar of `nacre outputs`, such as pl_peak");
  Model model(cases, outcome.parameters, library);
  model.allow_gaps();
  std::vector<std::size_t> places;
  for (const std::string& name : asked.outputs) {
    places.push_back(add_output(model, name, "", {"--output", 0, 0}, ""));
    OutputSensitivity& output = outcome.outputs.emplace_back();
    output.name = name;
    output.unit = model.unit(places.back());
  }
  Journal journal;
  Runner runner(model, running, journal, progress);
  const std::size_t n = outcome.parameters.size();
  differentiate(runner, asked, exact_slopes(source.source, asked, outcome.parameters, library), places, outcome);
  if (asked.trajectories > 0) {
    const std::vector<Point> points = nacre::inference::morris_points(n, asked.trajectories, 4, asked.seed);
    const std::vector<std::vector<double>> rows = runner.rows(points);
    for (std::size_t i = 0; i < places.size(); ++i)
      outcome.outputs[i].morris = nacre::inference::morris_effects(column(rows, places[i]), points);
  }
  if (asked.base_samples > 0) {
    const std::vector<std::vector<double>> rows =
        runner.rows(nacre::inference::saltelli_points(n, asked.base_samples, asked.seed));
    for (std::size_t i = 0; i < places.size(); ++i)
      outcome.outputs[i].sobol = nacre::inference::sobol_indices(column(rows, places[i]), n, asked.seed);
  }
  outcome.evaluations = progress.evaluations;
  outcome.failed = progress.failed;
  outcome.reasons.assign(runner.reasons().begin(), runner.reasons().end());
  outcome.stopped = runner.stopped();
  return outcome;
}

}  // namespace nacre::scenarios::inference
