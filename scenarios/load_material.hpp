#pragma once
#include "engine/io/input_table.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// The material of a case, its surface and the steps that treat it: fills material, surface and treated of the plan,
/// and its warnings. Throws io::InputError.
void load_material(const io::Inputs& inputs, ModelData& data, Plan& plan);

}  // namespace nacre::scenarios
