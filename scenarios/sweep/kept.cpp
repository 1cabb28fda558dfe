#include "scenarios/sweep/kept.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/io/input_leaf.hpp"
#include "engine/units/quantity.hpp"

namespace nacre::scenarios::sweep {
namespace {

using io::Entry;
using io::InputError;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double factor_of(const OutputRow& row) {
  return units::parse_unit(row.unit).factor;
}

std::string near_or(const std::string& word, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::string near = io::nearest(word, known);
  return near.empty() ? otherwise : "perhaps \"" + near + "\"";
}

bool is_curve(const OutputRow& row) {
  return row.axes.size() == 1 && !row.is_axis();
}

/// A curve by name, in the last stage that has it: "skewness" is also a scalar.
const OutputRow& curve_row(const std::string& name, const io::Position& where, const std::string& key) {
  std::vector<std::string> known;
  for (const OutputRow& row : outputs()) {
    if (is_curve(row) && row.name == name) return row;
    if (is_curve(row)) known.push_back(row.name);
  }
  throw InputError(where, key, "\"" + name + "\"", near_or(name, known, "a quantity over one axis of `nacre outputs`"));
}

/// What a curve is drawn over: its axis, or another quantity over the same axis.
const OutputRow& over_row(const OutputRow& curve, const std::string& name, const io::Position& where,
                          const std::string& key) {
  const std::string wanted = name.empty() ? curve.axes.front() : name;
  std::vector<std::string> known;
  for (const OutputRow& row : outputs()) {
    if (row.stage != curve.stage || row.axes != curve.axes || &row == &curve) continue;
    if (row.name == wanted) return row;
    known.push_back(row.name);
  }
  throw InputError(where, key, "\"" + name + "\"", near_or(name, known, "\"" + curve.axes.front() + "\""));
}

}  // namespace

Kept::Kept(const io::Inputs& inputs, const io::Document& document) {
  read_scalars(document);
  for (int i = 0; i < inputs.count("keep.curve"); ++i) read_curve(inputs, document, i);
  if (scalars_.empty() && curves_.empty()) {
    throw InputError(inputs.where("keep"), "keep", "nothing to keep", "keep.scalars = [...] or [[keep.curve]]");
  }
}

void Kept::read_scalars(const io::Document& document) {
  const Entry* list = document.find("keep.scalars");
  if (list == nullptr) return;
  for (const Entry& item : std::get<io::Array>(list->value)) {
    const auto* name = std::get_if<std::string>(&item.value);
    if (name == nullptr) throw InputError(item.where, "keep.scalars", "no text", "names in quotation marks");
    const OutputRow* row = find_scalar(*name);
    if (row == nullptr) {
      throw InputError(item.where, "keep.scalars", "\"" + *name + "\"",
                       near_or(*name, scalar_names(), "a scalar of `nacre outputs`"));
    }
    const auto same = [&](const Scalar& scalar) { return scalar.row == row; };
    if (std::any_of(scalars_.begin(), scalars_.end(), same)) {
      throw InputError(item.where, "keep.scalars", "\"" + *name + "\" twice", "each name once");
    }
    scalars_.push_back({row, factor_of(*row)});
  }
}

void Kept::read_curve(const io::Inputs& inputs, const io::Document& document, int index) {
  const std::string prefix = "keep.curve." + std::to_string(index) + ".";
  const io::Position where = inputs.where(prefix + "name");
  const OutputRow& row = curve_row(inputs.text(prefix + "name"), where, prefix + "name");
  const OutputRow& over = over_row(row, inputs.text(prefix + "over"), where, prefix + "over");
  const auto taken = [&](const Curve& other) { return other.row == &row; };
  if (std::any_of(curves_.begin(), curves_.end(), taken))
    throw InputError(where, prefix + "name", "\"" + row.name + "\" twice", "each curve once");
  const auto end = [&](const std::string& name) {
    const io::Holds holds = over.unit == "1" ? io::Holds::number : io::Holds::quantity;
    const io::InputRow wanted{prefix + name, holds, over.unit, {}, {}, std::nullopt, ""};
    inputs.at(prefix + name);  // there at all
    const double si = io::read_leaf(wanted, prefix + name, *document.find(prefix + name)).number;
    return holds == io::Holds::quantity ? units::from_si(si, over.unit) : si;
  };
  const double from = end("from"), to = end("to");
  if (!(from < to)) throw InputError(inputs.where(prefix + "from"), prefix + "from", "an empty range", "from below to");
  Curve curve{&row, &over, factor_of(row), factor_of(over), {}, inputs.text(prefix + "outside") == "zero"};
  const int points = static_cast<int>(inputs.number(prefix + "points"));
  for (int i = 0; i < points; ++i) curve.axis.push_back(from + (to - from) * i / (points - 1));
  curve.axis.back() = to;
  require_apart(curve, where, prefix);
  curves_.push_back(std::move(curve));
}

/// In a file every name is there once: two curves may share an axis, but not have two of one name.
void Kept::require_apart(const Curve& curve, const io::Position& where, const std::string& prefix) const {
  const std::string& axis = curve.over->name;
  const auto refuse = [&](const std::string& read, const std::string& expected) {
    throw InputError(where, prefix + "name", read, expected);
  };
  for (const Scalar& scalar : scalars_)
    if (scalar.row->name == axis)
      refuse("a curve over \"" + axis + "\", which is a kept scalar, too", "one of the two");
  for (const Curve& other : curves_) {
    if (other.row->name == axis || curve.row->name == other.over->name)
      refuse("\"" + axis + "\" as a curve and as what a curve is drawn over", "one of the two");
    if (other.row->name == curve.row->name) refuse("two curves named \"" + curve.row->name + "\"", "one of them");
    if (other.over->name == axis && (other.over != curve.over || other.axis != curve.axis))
      refuse("\"" + axis + "\" with other values than those of " + other.row->name,
             "the same values, or another `over`");
  }
}

void Kept::describe(Layout& layout) const {
  for (const Scalar& scalar : scalars_) {
    layout.columns.push_back({scalar.row->name, {scalar.row->unit, scalar.row->meaning}, "", 1});
  }
  for (const Curve& curve : curves_) {
    const bool shared = std::any_of(layout.axes.begin(), layout.axes.end(),
                                    [&](const SharedAxis& axis) { return axis.name == curve.over->name; });
    if (!shared) layout.axes.push_back({curve.over->name, {curve.over->unit, curve.over->meaning}, curve.axis});
    // A curve may have a scalar's name (the skewness over time, and at the end).
    const bool taken = std::any_of(layout.columns.begin(), layout.columns.end(),
                                   [&](const Column& column) { return column.name == curve.row->name; });
    const std::string name = curve.row->name + (taken ? "_over_" + curve.over->name : "");
    layout.columns.push_back({name, {curve.row->unit, curve.row->meaning}, curve.over->name, curve.axis.size()});
  }
}

std::string Kept::extract(const Result& result, std::span<double> values) const {
  std::string reason;
  const auto note = [&](const std::string& why) {
    if (reason.empty()) reason = why;
  };
  std::size_t at = 0;
  for (const Scalar& scalar : scalars_) {
    const double value = scenarios::scalar(*scalar.row, result) / scalar.factor;
    if (!std::isfinite(value) && !(scalar.row->unreached && scalar.row->unreached(result)))
      note(scalar.row->name + " has no finite value");
    values[at++] = std::isfinite(value) ? value : nan;
  }
  for (const Curve& curve : curves_) {
    const std::string why = sample(curve, result, values.subspan(at, curve.axis.size()));
    if (!why.empty()) note(curve.row->name + why);
    at += curve.axis.size();
  }
  return reason;
}

/// Both x are walked upwards once.
std::string Kept::sample(const Curve& curve, const Result& result, std::span<double> values) {
  std::fill(values.begin(), values.end(), nan);
  std::vector<double> x = curve.over->values(result);
  std::vector<double> y = curve.row->values(result);
  if (x.size() < 2 || x.size() != y.size()) return " was not computed";
  if (x.front() > x.back()) {
    std::reverse(x.begin(), x.end());
    std::reverse(y.begin(), y.end());
  }
  if (std::adjacent_find(x.begin(), x.end(), [](double a, double b) { return !(a < b); }) != x.end())
    return " is drawn over " + curve.over->name + ", which does not rise or fall all the way";
  std::size_t right = 1;
  std::string reason;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double wanted = curve.axis[i] * curve.over_factor;
    if (wanted < x.front() || wanted > x.back()) {
      if (curve.zero_outside)
        values[i] = 0;
      else
        reason = " is not computed over the whole of the axis that is kept";
      continue;
    }
    while (right + 1 < x.size() && x[right] < wanted) ++right;
    const double share = (wanted - x[right - 1]) / (x[right] - x[right - 1]);
    const double value = (y[right - 1] + share * (y[right] - y[right - 1])) / curve.factor;
    if (std::isfinite(value))
      values[i] = value;
    else
      reason = " has values that are not finite";
  }
  return reason;
}

}  // namespace nacre::scenarios::sweep
