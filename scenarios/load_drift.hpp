#pragma once
#include "engine/io/input_table.hpp"
#include "scenarios/drift_plan.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// Fills the plan of the drift stage from [drift]; `ends` makes the material of a composition, for the gaps of iodide
/// and bromide alone. Throws io::InputError: a protocol that takes no time, a staircase that leads away from its end, a
/// current beside a voltage, vacancies from nowhere, chloride.
DriftPlan load_drift(const io::Inputs& inputs, ModelData& data, const Plan& plan,
                     const std::function<materials::Material(const materials::Composition&)>& ends);

}  // namespace nacre::scenarios
