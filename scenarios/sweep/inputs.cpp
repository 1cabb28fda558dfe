#include "scenarios/sweep/inputs.hpp"

namespace nacre::scenarios::sweep {
namespace {

using io::Holds;
using io::InputRow;

constexpr io::Range any{};
constexpr io::Range points{1, 4294967295.0, false};

std::vector<InputRow> axis_rows() {
  return {
      {"axis.*.key", Holds::text, "", any, {}, std::nullopt, "What is varied: a key that `nacre inputs` lists."},
      {"axis.*.also", Holds::list, "", any, {}, "[]", "Further keys that take the same value."},
      {"axis.*.values", Holds::list, "", any, {}, "[]", "The values, as they would stand in a case."},
      {"axis.*.from",
       Holds::setting,
       "",
       any,
       {},
       "\"\"",
       "Of a range: one end, a quantity or a number as the key holds."},
      {"axis.*.to", Holds::setting, "", any, {}, "\"\"", "Of a range: the other end."},
      {"axis.*.count",
       Holds::integer,
       "1",
       points,
       {},
       "1",
       "Of a range: how many values, both ends among them. Without it the range is sampled, see [sampling]."},
      {"axis.*.spacing", Holds::choice, "", any, {"linear", "log"}, "\"linear\"", "Of a range."},
      {"axis.*.zip",
       Holds::text,
       "",
       any,
       {},
       "\"\"",
       "Axes with the same name here advance together instead of forming a grid."},
  };
}

std::vector<InputRow> keep_rows() {
  return {
      {"keep.scalars", Holds::list, "", any, {}, "[]", "Names of scalars that `nacre outputs` lists."},
      {"keep.curve.*.name", Holds::text, "", any, {}, std::nullopt, "Of a quantity over an axis, see `nacre outputs`."},
      {"keep.curve.*.over",
       Holds::text,
       "",
       any,
       {},
       "\"\"",
       "What it is drawn over: its own axis if none is named, or another quantity over that axis (wavelength)."},
      {"keep.curve.*.from", Holds::setting, "", any, {}, std::nullopt, "Lower end of the axis that all points share."},
      {"keep.curve.*.to", Holds::setting, "", any, {}, std::nullopt, "Upper end of it."},
      {"keep.curve.*.points",
       Holds::integer,
       "1",
       {2, 1e6, false},
       {},
       std::nullopt,
       "How many values, evenly spaced."},
      {"keep.curve.*.outside",
       Holds::choice,
       "",
       any,
       {"refuse", "zero"},
       "\"refuse\"",
       "Where a point's own axis does not reach: the point fails, or the curve is zero (right for emission)."},
  };
}

}  // namespace

const std::vector<InputRow>& sweep_inputs() {
  static const std::vector<InputRow> rows = [] {
    std::vector<InputRow> all{
        {"schema", Holds::integer, "1", {1, 1, false}, {}, std::nullopt, "Version of this form of sweep."},
        {"title", Holds::text, "", any, {}, "\"\"", "What the sweep is about."},
        {"base", Holds::text, "", any, {}, std::nullopt, "The case that is varied; its path is relative to this file."},
        {"variant", Holds::text, "", any, {}, "\"\"", "Which variant of the case, where it has several."},
        {"sampling.method",
         Holds::choice,
         "",
         any,
         {"latin-hypercube", "sobol"},
         std::nullopt,
         "How ranges without a count are sampled, all of them together."},
        {"sampling.points", Holds::integer, "1", points, {}, std::nullopt, "How many samples."},
        {"sampling.seed",
         Holds::integer,
         "1",
         {0, 9007199254740992.0, false},
         {},
         "1",
         "Other samples for another seed; 0 is the plain Sobol sequence."},
    };
    for (InputRow& row : axis_rows()) all.push_back(std::move(row));
    for (InputRow& row : keep_rows()) all.push_back(std::move(row));
    return all;
  }();
  return rows;
}

}  // namespace nacre::scenarios::sweep
