#pragma once
#include <string>
#include <vector>

#include "scenarios/result.hpp"
#include "scenarios/store.hpp"

namespace nacre::cli {

/// The scalars of all variants as a table: one line a quantity, one column a variant.
std::string summary(const std::vector<scenarios::Result>& results, const scenarios::NumericalErrors& errors);

/// The same as one JSON document: {"title", "variants": [{"name", "complete", "failures", "outputs": {name: {"value",
/// "unit", ...}}}]}.
std::string summary_json(const std::string& title, const std::vector<scenarios::Result>& results,
                         const scenarios::NumericalErrors& errors);

}  // namespace nacre::cli
