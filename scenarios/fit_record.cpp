#include "scenarios/fit_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/io/input_table.hpp"
#include "engine/io/key_path.hpp"
#include "engine/units/quantity.hpp"
#include "scenarios/case.hpp"
#include "scenarios/inputs.hpp"

namespace nacre::scenarios {
namespace {

using io::Holds;
using io::InputError;
using io::InputRow;

InputRow text(std::string key, std::optional<std::string> standard, std::string meaning) {
  return {std::move(key), Holds::text, "", {}, {}, std::move(standard), std::move(meaning)};
}
InputRow number(std::string key, std::optional<std::string> standard, std::string meaning) {
  return {std::move(key), Holds::number, "1", {}, {}, std::move(standard), std::move(meaning)};
}
InputRow not_negative(std::string key, std::string meaning) {
  return {std::move(key), Holds::number, "1", {0, 1e300, false}, {}, "0", std::move(meaning)};
}
InputRow list(std::string key, std::string meaning) {
  return {std::move(key), Holds::list, "", {}, {}, "[]", std::move(meaning)};
}

/// The keys of a record. What nobody reads back is there for people.
const std::vector<InputRow>& record_rows() {
  static const std::vector<InputRow> rows{
      {"schema", Holds::integer, "1", {1, 1, false}, {}, std::nullopt, "Version of this form."},
      text("title", "\"\"", "Of the fit."),
      text("fit", "\"\"", "Name of the fit file."),
      text("fingerprint", "\"\"", "Of all that the numbers depend on."),
      text("program", std::nullopt, "Version and commit that fitted."),
      text("method", "\"\"", "Of the search."),
      text("seed", "\"\"", "Of the search."),
      number("misfit", std::nullopt, "Sum of squares at the optimum."),
      {"degrees_of_freedom", Holds::integer, "1", {}, {}, "0", "Numbers and priors that took part, less parameters."},
      number("scale", "1", "Factor on squares of standard errors."),
      list("fitted_to", "Ids of targets, or names of tables."),
      list("correlation", "Of the parameters, line by line."),
      list("sentences", "What the targets leave open."),
      number("leave_one_out", "0", "Root mean square of predictions of each number by a fit without it."),
      text("parameter.*.name", std::nullopt, "Of a parameter."),
      list("parameter.*.keys", "What it stands for: a datum, or keys of a case."),
      text("parameter.*.case", "\"\"", "Of which case its keys are; all if none is named."),
      text("parameter.*.text", "\"\"", "Of a key that holds a text."),
      text("parameter.*.unit", std::nullopt, "Of its numbers."),
      number("parameter.*.value", std::nullopt, "At the optimum."),
      not_negative("parameter.*.sigma", "Standard error."),
      not_negative("parameter.*.sigma_alone", "Standard error with all others held."),
      number("parameter.*.from", "0", "Lower bound."),
      number("parameter.*.to", "0", "Upper bound."),
      {"parameter.*.at_bound", Holds::boolean, "", {}, {}, "false", "Whether it stopped at a bound."},
      number("parameter.*.prior", "0", "Centre of its prior, which counted as one more target."),
      not_negative("parameter.*.prior_sigma", "Standard deviation of the prior."),
      text("case.*.name", std::nullopt, "Of a case, as parameters and targets call it."),
      text("case.*.file", std::nullopt, "Its file, as the fit file names it."),
      text("target.*.name", std::nullopt, "Of a measured number."),
      text("target.*.case", "\"\"", "Of which case, where there were several."),
      text("target.*.unit", std::nullopt, "Of its numbers."),
      number("target.*.measured", std::nullopt, "What was measured."),
      number("target.*.computed", std::nullopt, "At the optimum."),
      not_negative("target.*.sigma", "Its standard deviation."),
      list("watched", "Outputs that were no targets, at the optimum."),
      text("kind", "\"\"", "What kind the optimum is of."),
      text("optimum.*.kind", "\"\"", "What kind it is of."),
      number("optimum.*.misfit", std::nullopt, "Of a further optimum."),
      {"optimum.*.hits", Holds::integer, "1", {}, {}, "1", "Searches that ended there."},
      list("optimum.*.values", "Of the parameters."),
      list("optimum.*.watched", "Outputs that were no targets, there."),
  };
  return rows;
}

std::vector<std::string> texts_of(const io::Document& document, const std::string& key) {
  std::vector<std::string> texts;
  const io::Entry* entry = document.find(key);
  if (!entry) return texts;
  for (const io::Entry& item : std::get<io::Array>(entry->value)) {
    const auto* text = std::get_if<std::string>(&item.value);
    if (!text) throw InputError(item.where, key, "no text", "texts in quotation marks");
    texts.push_back(*text);
  }
  return texts;
}

double number_of(const io::Entry& entry) {
  if (const auto* whole = std::get_if<long long>(&entry.value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&entry.value);
  return real ? *real : std::nan("");
}

std::vector<std::vector<double>> matrix_of(const io::Document& document, std::size_t size) {
  const io::Entry* entry = document.find("correlation");
  std::vector<std::vector<double>> matrix;
  if (!entry) return matrix;
  for (const io::Entry& line : std::get<io::Array>(entry->value)) {
    std::vector<double> numbers;
    if (const auto* items = std::get_if<io::Array>(&line.value))
      for (const io::Entry& item : *items) numbers.push_back(number_of(item));
    const bool sound = numbers.size() == size &&
                       std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::abs(x) <= 1 + 1e-9; });
    if (!sound)
      throw InputError(line.where, "correlation", "no line of correlations", "one number from -1 to 1 a parameter");
    matrix.push_back(std::move(numbers));
  }
  if (!matrix.empty() && matrix.size() != size)
    throw InputError(entry->where, "correlation", std::to_string(matrix.size()) + " lines", "one a parameter");
  return matrix;
}

bool is_datum(const std::string& key) {
  return key.find('/') != std::string::npos;
}

/// That a key of a case is one. Whether a datum is there is known once there is a library: see load_plan().
void require_input(const std::string& key, const io::Document& document, const std::string& prefix) {
  if (is_datum(key)) return;
  const std::size_t dot = key.starts_with("variant.") ? key.find('.', 8) : std::string::npos;
  const std::string pattern = io::pattern_of(dot == std::string::npos ? key : key.substr(dot + 1));
  std::vector<std::string> known;
  for (const InputRow& row : case_inputs()) known.push_back(row.key);
  if (std::find(known.begin(), known.end(), pattern) != known.end()) return;
  const std::string near = io::nearest(pattern, known);
  throw InputError(document.find(prefix + "keys")->where, prefix + "keys", "\"" + key + "\"",
                   near.empty() ? "a datum, or a key of `nacre inputs`" : "perhaps \"" + near + "\"");
}

RecordedParameter parameter_of(const io::Inputs& inputs, const io::Document& document, int index) {
  const std::string prefix = "parameter." + std::to_string(index) + ".";
  RecordedParameter p;
  p.name = inputs.text(prefix + "name");
  p.keys = texts_of(document, prefix + "keys");
  p.which_case = inputs.text(prefix + "case");
  p.text = inputs.text(prefix + "text");
  p.unit = inputs.text(prefix + "unit");
  p.value = inputs.number(prefix + "value");
  if (inputs.given(prefix + "sigma")) p.sigma = inputs.number(prefix + "sigma");
  p.where = inputs.where(prefix + "value");
  if (p.keys.empty()) throw InputError(p.where, prefix + "keys", "nothing", "what the number stands for");
  for (const std::string& key : p.keys) require_input(key, document, prefix);
  try {
    units::parse_unit(p.unit);
  } catch (const std::invalid_argument& error) {
    throw InputError(inputs.where(prefix + "unit"), prefix + "unit", "\"" + p.unit + "\"", error.what());
  }
  return p;
}

io::Entry entry_of(const RecordedParameter& p) {
  if (!p.text.empty()) return {fill_in(p.text, p.value), p.where};
  if (p.unit == "1") return {p.value, p.where};
  return {fmt::format("{:.17g} {}", p.value, p.unit), p.where};
}

}  // namespace

std::string fill_in(std::string text, double x) {
  const auto replace = [&](const std::string& what, double by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
      text.replace(at, what.size(), fmt::format("{:.10g}", by));
  };
  replace("{x}", x);
  replace("{1-x}", 1 - x);
  return text;
}

FitRecord read_fit_record(const std::string& path) {
  const io::Document document = io::Document::load(path);
  const io::Inputs inputs(record_rows(), document);
  inputs.require_complete();
  FitRecord record;
  record.path = path;
  record.title = inputs.text("title");
  record.program = inputs.text("program");
  record.seed = inputs.text("seed");
  record.misfit = inputs.number("misfit");
  record.fitted_to = texts_of(document, "fitted_to");
  if (record.fitted_to.empty())
    throw InputError({path, 0, 0}, "fitted_to", "nothing", "what the numbers were fitted to");
  for (int i = 0; i < inputs.count("parameter"); ++i) record.parameters.push_back(parameter_of(inputs, document, i));
  if (record.parameters.empty()) throw InputError({path, 0, 0}, "parameter", "no [[parameter]]", "at least one");
  record.correlation = matrix_of(document, record.parameters.size());
  for (int i = 0; i < inputs.count("target"); ++i) {
    const std::string prefix = "target." + std::to_string(i) + ".";
    record.targets.push_back({inputs.text(prefix + "name"), inputs.text(prefix + "unit"),
                              inputs.number(prefix + "measured"), inputs.number(prefix + "computed"), std::nullopt});
    if (inputs.given(prefix + "sigma")) record.targets.back().sigma = inputs.number(prefix + "sigma");
  }
  return record;
}

void require_agreement(const std::vector<FitRecord>& records, const std::string& case_name) {
  std::map<std::string, std::pair<double, const FitRecord*>> known;
  for (const FitRecord& record : records) {
    for (const RecordedParameter& p : record.parameters) {
      const double value = p.value * units::parse_unit(p.unit).factor;
      for (const std::string& key : p.keys) {
        if (!is_datum(key) && !p.which_case.empty() && p.which_case != case_name) continue;
        const auto [first, fresh] = known.try_emplace(key, value, &record);
        if (fresh || first->second.first == value) continue;
        throw InputError(p.where, key, fmt::format("{:.6g} {}", p.value, p.unit),
                         "the number of " + first->second.second->path + ", which the case takes over, too");
      }
    }
  }
}

void lay_over(const FitRecord& record, const std::string& case_name, Variant& variant) {
  for (const RecordedParameter& p : record.parameters) {
    const double factor = units::parse_unit(p.unit).factor;
    for (const std::string& key : p.keys) {
      if (is_datum(key)) {
        const std::optional<double> sigma = p.sigma ? std::optional(*p.sigma * factor) : std::nullopt;
        variant.changes.push_back({key, p.value * factor, sigma, record.fitted_to});
        continue;
      }
      if (!p.which_case.empty() && p.which_case != case_name) continue;
      const std::string input = variant.input_of(key);
      if (!input.empty() && variant.has_table_of(input)) variant.document.set(input, entry_of(p));
    }
  }
}

std::vector<FittedInput> fitted_inputs(const FitRecord& record, const std::string& case_name) {
  std::vector<FittedInput> all;
  for (const RecordedParameter& p : record.parameters) {
    for (const std::string& key : p.keys) {
      if (is_datum(key) || (!p.which_case.empty() && p.which_case != case_name)) continue;
      FittedInput input;
      input.name = p.name;
      input.key = key;
      const std::size_t dot = key.starts_with("variant.") ? key.find('.', 8) : std::string::npos;
      input.input = dot == std::string::npos ? key : key.substr(dot + 1);
      input.value = p.value;
      input.sigma = p.sigma;
      input.unit = p.unit;
      input.fitted_to = record.fitted_to;
      input.note = "nacre fit: " + record.path;
      input.where = input.set_at = p.where;
      all.push_back(std::move(input));
    }
  }
  return all;
}

}  // namespace nacre::scenarios
