#include "scenarios/inference/inputs.hpp"

#include <utility>

#include "scenarios/append.hpp"

namespace nacre::scenarios::inference {
namespace {

using io::Holds;
using io::InputRow;
using io::Range;
using Standard = std::optional<std::string>;

constexpr Range any{};
constexpr Range positive{0, 1e300, true};

InputRow text(std::string key, Standard standard, std::string meaning) {
  return {std::move(key), Holds::text, "", any, {}, std::move(standard), std::move(meaning)};
}
InputRow list(std::string key, std::string meaning) {
  return {std::move(key), Holds::list, "", any, {}, "[]", std::move(meaning)};
}
/// What another key holds; empty: not given.
InputRow setting(std::string key, Standard standard, std::string meaning) {
  return {std::move(key), Holds::setting, "", any, {}, std::move(standard), std::move(meaning)};
}
InputRow flag(std::string key, std::string meaning) {
  return {std::move(key), Holds::boolean, "", any, {}, "false", std::move(meaning)};
}
InputRow integer(std::string key, Range range, std::string standard, std::string meaning) {
  return {std::move(key), Holds::integer, "1", range, {}, std::move(standard), std::move(meaning)};
}
InputRow number(std::string key, Range range, std::string standard, std::string meaning) {
  return {std::move(key), Holds::number, "1", range, {}, std::move(standard), std::move(meaning)};
}
InputRow choice(std::string key, std::vector<std::string> choices, std::string standard, std::string meaning) {
  return {std::move(key), Holds::choice, "", any, std::move(choices), std::move(standard), std::move(meaning)};
}

std::vector<InputRow> case_rows() {
  return {
      {"schema", Holds::integer, "1", {1, 1, false}, {}, std::nullopt, "Version of this form of file."},
      text("title", "\"\"", "What it is about."),
      text("case.*.file", std::nullopt, "A case; its path is relative to this file."),
      text("case.*.name", "\"\"", "What parameters and targets call it; needed where there are several cases."),
      list("case.*.set", "KEY=VALUE laid over the case throughout, as by `nacre run --set`."),
  };
}

std::vector<InputRow> parameter_rows() {
  return {
      text("parameter.*.name", std::nullopt, "What it is called in tables and records."),
      text(
          "parameter.*.key", std::nullopt,
          "A datum, KIND/FILE.NAME as `nacre materials` lists them, or a key of `nacre inputs`, of all variants or, as "
          "variant.NAME.KEY, of one."),
      list("parameter.*.also", "Further keys that take the same value."),
      text("parameter.*.case", "\"\"", "Of a key: the case that it is set in; all cases if none is named."),
      text("parameter.*.text", "\"\"",
           "Of a key that holds a text: the text, with {x} and {1-x} in place of numbers (a formula)."),
      setting("parameter.*.from", std::nullopt, "Lower bound, a quantity or a number as the key or datum holds."),
      setting("parameter.*.to", std::nullopt, "Upper bound."),
      setting("parameter.*.start", "\"\"", "Where the search starts; what the case or the datum holds if not given."),
      choice("parameter.*.scale", {"linear", "log"}, "\"linear\"", "How the range is divided."),
      flag("parameter.*.prior", "Of a datum: its value and sigma count as one more target."),
      setting("parameter.*.prior_value", "\"\"", "A prior of your own: its centre,"),
      setting("parameter.*.prior_sigma", "\"\"", "and its standard deviation."),
  };
}

std::vector<InputRow> target_rows() {
  return {
      text("target.*.id", "\"\"",
           "A target of a paper, with its value and its band as sigma: PAPER.QUANTITY, or an entry of a list, "
           "PAPER.QUANTITY[0]."),
      text("target.*.output", "\"\"",
           "What is computed: a scalar of `nacre outputs`, as VARIANT.NAME, a difference of two, or with `file` a "
           "curve."),
      text("target.*.name", "\"\"", "What it is called in tables and records; the output if not given."),
      text("target.*.case", "\"\"", "Of which case, where there are several."),
      setting("target.*.value", "\"\"", "What was measured."),
      setting("target.*.sigma", "\"\"",
              "Its standard deviation. Without any sigma standard errors are taken from the scatter of the targets; "
              "these must then be of one unit, or "
              "weighted."),
      number("target.*.weight", positive, "1", "Factor on its square in the misfit."),
      text(
          "target.*.file", "\"\"",
          "A CSV file of measured numbers, relative to this file or in the data: a curve, or with [[target.input]] one "
          "run a line."),
      text("target.*.column", "\"\"", "Of the file: what was measured,"),
      text("target.*.unit", "\"\"", "in this unit; that of the output if not given."),
      text("target.*.sigma_column", "\"\"", "Of the file: standard deviations, in the same unit."),
      text("target.*.weight_column", "\"\"", "Of the file: factors on the squares, beside `weight`."),
      text("target.*.over", "\"\"", "Of a curve: what it is drawn over; its own axis if none is named."),
      text("target.*.over_column", "\"\"", "Of the file: the axis of the curve,"),
      text("target.*.over_unit", "\"\"", "in this unit; that of the axis if not given."),
      flag("target.*.to_peak",
           "Of a curve: its shape alone counts. Measured numbers (and `sigma`) are shares of the largest one, and the "
           "computed curve takes the factor that fits them best: one more number that is fitted."),
      flag("target.*.photon_energy", "Measured wavelengths are compared as photon energies hc/lambda."),
      text("target.*.input.*.key", std::nullopt, "A key of the case that every line of the file sets,"),
      text("target.*.input.*.column", std::nullopt, "from this column,"),
      text("target.*.input.*.unit", "\"\"", "in this unit; a number where none is given."),
  };
}

std::vector<InputRow> kind_rows() {
  return {
      text("kind.*.name", std::nullopt, "What optima of a kind are called in tables and records."),
      text("kind.*.output", std::nullopt, "One of `watch`: what tells it from others,"),
      setting("kind.*.at_least", "\"\"", "lying at or above this,"),
      setting("kind.*.at_most", "\"\"", "and at or below this."),
      text("kind.*.meaning", "\"\"", "What that means, in words."),
  };
}

std::vector<InputRow> search_rows() {
  return {
      choice(
          "search.method", {"local", "multi-start", "crs", "direct"}, "\"local\"",
          "From the start alone; from many good points that lie apart; controlled random search; dividing rectangles."),
      integer("search.seed", {0, 9007199254740992.0, false}, "1", "The same seed gives the same result."),
      integer("search.samples", {1, 1e7, false}, "256", "Points of a screening, or evaluations of crs and direct."),
      integer("search.starts", {1, 10000, false}, "12", "Local searches of multi-start."),
      integer("search.iterations", {1, 10000, false}, "60", "Of one local search, at most."),
      number("search.tolerance", {1e-15, 1, false}, "1e-9", "Relative change of the misfit at which a search ends."),
      number("search.step", {1e-9, 0.5, false}, "1e-3", "Of differences, as a share of each range."),
      number("search.apart", {1e-6, 1, false}, "0.05", "Optima nearer than this share of the ranges are one."),
  };
}

std::vector<InputRow> goal_rows() {
  return {
      text("goal.*.output", std::nullopt, "A scalar of `nacre outputs`, as VARIANT.NAME, or a difference of two."),
      text("goal.*.case", "\"\"", "Of which case, where there are several."),
      choice("goal.*.aim", {"reach", "lowest", "highest"}, "\"reach\"", "What is wanted of it."),
      setting("goal.*.value", "\"\"", "What is to be reached."),
      text("constraint.*.output", std::nullopt,
           "A scalar of `nacre outputs`, as VARIANT.NAME, or a difference of two."),
      text("constraint.*.case", "\"\"", "Of which case, where there are several."),
      setting("constraint.*.at_least", "\"\"", "Lower limit."),
      setting("constraint.*.at_most", "\"\"", "Upper limit."),
      integer("search.seed", {0, 9007199254740992.0, false}, "1", "The same seed gives the same result."),
      integer("search.population", {4, 100000, false}, "48", "Candidates of a generation."),
      integer("search.generations", {1, 100000, false}, "30", "How many."),
  };
}

}  // namespace

const std::vector<InputRow>& fit_inputs() {
  static const std::vector<InputRow> rows = [] {
    std::vector<InputRow> all = case_rows();
    all.push_back(list("watch", "Outputs, as in a target, that are computed at every optimum and are no targets."));
    all.push_back(flag("leave_one_out", "Fit once more without each measured number in turn, and predict it."));
    all.push_back(list("profile", "Names of parameters whose profile likelihood is computed."));
    append(all, parameter_rows());
    append(all, target_rows());
    append(all, kind_rows());
    append(all, search_rows());
    return all;
  }();
  return rows;
}

const std::vector<InputRow>& design_inputs() {
  static const std::vector<InputRow> rows = [] {
    std::vector<InputRow> all = case_rows();
    append(all, parameter_rows());
    append(all, goal_rows());
    return all;
  }();
  return rows;
}

}  // namespace nacre::scenarios::inference
