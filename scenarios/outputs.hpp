#pragma once
#include <functional>
#include <string>
#include <vector>

#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// One quantity of a result: all that HDF5 names and attributes, `nacre outputs`, `nacre show`, `nacre export`, the
/// targets and docs/formats.md need.
struct OutputRow {
  std::string name;               ///< unique within its stage; scalars are unique among scalars
  Stage stage;                    ///< its group
  std::string unit;               ///< in the file
  std::vector<std::string> axes;  ///< slowest first; its own name for an axis; none for a scalar
  std::string meaning;            ///< one line
  /// Values in SI, row-major. NaN stands for what was not computed.
  std::function<std::vector<double>(const Result&)> values;
  /// The scalar of an earlier stage that this one repeats in another setting: what was fitted to that one was fitted to
  /// this one, too. Empty for most.
  std::string repeats = {};
  /// For what is too large to be made at once: as many of its slowest rows from one on as there are, up to a count.
  std::function<std::vector<double>(const Result&, std::size_t first, std::size_t count)> part = {};
  /// The scalar from which alone the quotients of this one follow, over samples of one emitter: where only they are
  /// compared, what was fitted to that one was fitted to this one, too. Empty for most.
  std::string quotients_of = {};
  /// Whether NaN is what a result answers, because its device, drift or ageing does not get there (a turn-on, half of a
  /// luminance, an onset): no failure of a point of a sweep. Empty for scalars whose NaN says that they were not
  /// computed.
  std::function<bool(const Result&)> unreached = {};

  bool is_scalar() const { return axes.empty(); }
  bool is_axis() const { return axes.size() == 1 && axes.front() == name; }
};

/// The row of a scalar that may be unreached.
OutputRow may_be_unreached(OutputRow row, std::function<bool(const Result&)> unreached);

/// Every output quantity; axes stand before what lies over them.
const std::vector<OutputRow>& outputs();

/// The scalar of a name, or nullptr.
const OutputRow* find_scalar(const std::string& name);
std::vector<std::string> scalar_names();

/// A scalar in SI; NaN when it was not computed.
double scalar(const OutputRow& row, const Result& result);

/// Values in the row's unit.
std::vector<double> in_unit(const OutputRow& row, std::vector<double> si);

/// Whether a stage left anything in a result.
bool has_stage(const Result& result, Stage stage);

/// The table to read on a terminal, and as Markdown for docs/formats.md.
std::string describe_outputs();
std::string outputs_markdown();

}  // namespace nacre::scenarios
