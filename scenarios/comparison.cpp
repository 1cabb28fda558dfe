#include "scenarios/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/io/input_table.hpp"
#include "engine/units/quantity.hpp"

namespace nacre::scenarios {
namespace {

/// What a column says about one target.
struct Entry {
  std::optional<std::vector<double>> values;
  bool rests_on_fit = false;
  std::string why_not;
};

/// Evaluates the expressions of a target on one column.
class Evaluator {
 public:
  Evaluator(const Target& target, const Column& column, const std::set<std::string>& all_ids)
      : target_(target), column_(column), all_ids_(all_ids) {}

  Entry evaluate(const std::vector<Expression>& expressions) const {
    Entry entry;
    std::vector<double> values;
    for (const Expression& expression : expressions) {
      for (const Reference& reference : expression.references()) examine(reference, entry);
      values.push_back(value(expression));
    }
    if (entry.why_not.empty()) entry.values = std::move(values);
    return entry;
  }

 private:
  std::size_t variant(const Reference& reference) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < column_.results.size(); ++i) {
      if (column_.results[i].plan.variant == reference.variant) return i;
      names.push_back(column_.results[i].plan.variant);
    }
    const std::string near = io::nearest(reference.variant, names);
    throw io::InputError(target_.where, target_.id,
                         "variant \"" + reference.variant + "\", which the case does not have",
                         near.empty() ? "one of its variants" : "perhaps \"" + near + "\"");
  }

  void examine(const Reference& reference, Entry& entry) const {
    const std::size_t index = variant(reference);
    const Result& result = column_.results[index];
    const OutputRow& row = *find_scalar(reference.output);
    entry.rests_on_fit =
        entry.rests_on_fit || any_fitted_to(ancestors(row, result.plan, column_.fitted[index]), all_ids_);
    if (is_given_by_hand(row, result.plan)) entry.why_not = "given by hand, not computed";
    if (std::isfinite(scalar(row, result))) return;
    const std::string name = reference.variant + (reference.variant.empty() ? "" : ": ");
    entry.why_not =
        result.failures.empty() ? name + row.name + " was not computed" : name + result.failures.front().message;
  }

  double in_target_unit(const Reference& reference) const {
    const OutputRow& row = *find_scalar(reference.output);
    const double si = scalar(row, column_.results[variant(reference)]);
    const units::Dimension dimension = units::parse_unit(row.unit).dimension;
    if (dimension == units::Dimension{} || target_.kind == TargetKind::order) return si;  // only their order counts
    try {
      const units::Unit unit = units::parse_unit(target_.plain_unit());
      if (unit.dimension == dimension) return si / unit.factor;
    } catch (const std::invalid_argument&) {
      // "fraction of initial PL" is no unit; the message below serves that too
    }
    throw io::InputError(target_.where, target_.id, "unit \"" + target_.unit + "\" for " + reference.output,
                         units::describe(dimension));
  }

  double value(const Expression& expression) const {
    const double first = in_target_unit(expression.first);
    return expression.minus ? first - in_target_unit(*expression.minus) : first;
  }

  const Target& target_;
  const Column& column_;
  const std::set<std::string>& all_ids_;
};

Verdict judge(const Target& target, const std::vector<double>& computed) {
  bool within = false;
  if (target.kind == TargetKind::order) {
    const auto& names = std::get<std::vector<std::string>>(target.value);
    within = is_in_order(names, ordered_names(names, computed));
  } else {
    within = is_within(target, computed);
  }
  return within ? Verdict::within : Verdict::outside;
}

std::optional<std::pair<double, double>> bounds_of(const Target& target, const Column& column,
                                                   const std::set<std::string>& all_ids) {
  if (target.between.empty()) return std::nullopt;
  const Entry entry = Evaluator(target, column, all_ids).evaluate(target.between);
  if (!entry.values) return std::nullopt;
  const auto [low, high] = std::minmax_element(entry.values->begin(), entry.values->end());
  return std::pair{*low, *high};
}

void require_chain(const Target& target, const Column& column) {
  for (const Expression& expression : target.chain) {
    for (const Reference& reference : expression.references()) {
      for (const Result& result : column.results) {
        if (result.plan.variant != reference.variant || result.plan.size_source == SizeSource::synthesis) continue;
        throw io::InputError(target.where, "target.chain",
                             "variant \"" + reference.variant + "\", whose sizes are given by hand",
                             "variants whose sizes come from their synthesis");
      }
    }
  }
}

void follow_chain(const Target& target, const Column& column, const std::set<std::string>& all_ids,
                  Comparison& comparison) {
  if (target.chain.empty()) return;
  require_chain(target, column);
  comparison.chain = Evaluator(target, column, all_ids).evaluate(target.chain).values;
  if (comparison.chain) comparison.chain_verdict = judge(target, *comparison.chain);
}

/// Entries of a list that no record names, where a record names others by number.
std::vector<std::size_t> entries_not_fitted(const Target& target, const std::set<std::string>& records) {
  std::vector<std::size_t> left;
  if (records.contains(target.id)) return left;
  for (std::size_t i = 0; i < target.entries(); ++i) {
    if (!records.contains(target.id + "[" + std::to_string(i) + "]")) left.push_back(i);
  }
  return left.size() == target.entries() ? std::vector<std::size_t>{} : left;
}

Comparison compare_one(const Target& target, const PaperRun& run, const std::set<std::string>& all_ids) {
  Comparison comparison;
  comparison.target = target;
  if (target.from.empty()) {
    comparison.why_missing = "awaits " + target.awaits;
    return comparison;
  }
  follow_chain(target, run.calibrated, all_ids, comparison);
  const Entry calibrated = Evaluator(target, run.calibrated, all_ids).evaluate(target.from);
  const Entry a_priori = Evaluator(target, run.a_priori, all_ids).evaluate(target.from);
  if (!a_priori.rests_on_fit) comparison.a_priori = a_priori.values;
  if (calibrated.rests_on_fit) comparison.calibrated = calibrated.values;
  const auto& judged = comparison.calibrated ? comparison.calibrated : comparison.a_priori;
  // A fit that was made and did not come out must not hide behind the other column.
  const bool failed = calibrated.rests_on_fit && !calibrated.values;
  if (judged && !failed) {
    comparison.verdict = judge(target, *judged);
    comparison.bounds = bounds_of(target, comparison.calibrated ? run.calibrated : run.a_priori, all_ids);
  } else {
    comparison.a_priori.reset();
    comparison.why_missing = calibrated.why_not.empty() ? a_priori.why_not : calibrated.why_not;
  }
  return comparison;
}

}  // namespace

std::set<std::string> fit_entries(const std::vector<PaperRun>& runs) {
  std::set<std::string> entries;
  for (const PaperRun& run : runs) {
    for (const std::vector<FittedNumber>& numbers : run.calibrated.fitted) {
      for (const FittedNumber& number : numbers) entries.insert(number.entries.begin(), number.entries.end());
    }
  }
  return entries;
}

bool is_used_in_fit(const Target& target, const std::vector<Target>& of_paper, const std::set<std::string>& records) {
  if (records.contains(target.id)) return true;
  std::vector<Reference> fitted;
  const auto origins = [&](const Reference& reference) {
    std::vector<Reference> all{reference};
    const std::string& quotients = find_scalar(reference.output)->quotients_of;
    if (target.kind == TargetKind::ratio && !quotients.empty()) all.push_back({reference.variant, quotients});
    for (std::string earlier = find_scalar(reference.output)->repeats; !earlier.empty();
         earlier = find_scalar(earlier)->repeats)
      all.push_back({reference.variant, earlier});
    return all;
  };
  for (const Target& other : of_paper) {
    if (!records.contains(other.id)) continue;
    for (const Expression& expression : other.from) {
      for (const Reference& reference : expression.references()) fitted.push_back(reference);
    }
  }
  for (const Expression& expression : target.from) {
    for (const Reference& reference : expression.references()) {
      for (const Reference& origin : origins(reference))
        if (std::find(fitted.begin(), fitted.end(), origin) != fitted.end()) return true;
    }
  }
  return false;
}

std::vector<Comparison> compare(const PaperRun& run, const std::set<std::string>& all_ids,
                                const std::set<std::string>& entries) {
  std::set<std::string> records;
  for (const std::string& entry : entries) records.insert(target_of(entry));
  std::vector<Comparison> comparisons;
  for (const Target& target : run.targets) {
    comparisons.push_back(compare_one(target, run, all_ids));
    comparisons.back().used_in_fit = is_used_in_fit(target, run.targets, records);
    comparisons.back().not_fitted = entries_not_fitted(target, entries);
  }
  return comparisons;
}

}  // namespace nacre::scenarios
