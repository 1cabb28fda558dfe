#pragma once
#include "models/confinement/colour.hpp"
#include "scenarios/case.hpp"
#include "scenarios/data.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// Checks a variant's keys against the table of inputs, reads the data that it names and fills the structs of the
/// models. Throws io::InputError: an unknown key, a wrong dimension, a value out of range, a name that is not in the
/// data, a composition that cannot be read, keys that contradict one another.
Plan load_plan(const Variant& variant, const DataLibrary& library);

/// All variants of a case, each fully loaded before anything runs.
std::vector<Plan> load_plans(const std::vector<Variant>& variants, const DataLibrary& library);

}  // namespace nacre::scenarios
