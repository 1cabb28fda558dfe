#pragma once
#include <map>
#include <string>

#include "scenarios/result.hpp"
#include "scenarios/store.hpp"

namespace nacre::scenarios {

/// A plan with finer numerics: half the tolerance of the integration, twice the unknowns, twice the cells; of a drift a
/// hundredth of the tolerance and three times the classes of sizes, too.
Plan refined(Plan plan);

/// Whether a plan has numerics to refine.
bool can_refine(const Plan& plan);

/// What the refined run says about every scalar of a result. Where the device's mesh is all that was refined, its
/// numbers are extrapolated, too, and its curves get their extrapolated companions.
std::map<std::string, NumericalError> estimate_errors(Result& result, const Result& finer);

}  // namespace nacre::scenarios
