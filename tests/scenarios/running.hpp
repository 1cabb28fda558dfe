#pragma once
#include <string>
#include <vector>

#include "scenarios/model_data.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/pipeline.hpp"
#include "tests/scenarios/support.hpp"

namespace nacre::support {

/// What a case of one variant, given as text, comes to.
inline scenarios::Result run(const std::string& text, const std::vector<scenarios::Override>& set = {}) {
  return scenarios::Pipeline(scenarios::ModelData(library()).colour_table()).run(plans_of(text, set).front());
}

/// A scalar by name, in SI.
inline double value(const scenarios::Result& result, const std::string& name) {
  return scenarios::scalar(*scenarios::find_scalar(name), result);
}

/// Values of a stage by name, in SI; the test fails when there are none of this name.
inline std::vector<double> values_of(const scenarios::Result& result, scenarios::Stage stage, const std::string& name) {
  for (const scenarios::OutputRow& row : scenarios::outputs())
    if (row.stage == stage && row.name == name) return row.values(result);
  FAIL("no output " << name);
  return {};
}

}  // namespace nacre::support
