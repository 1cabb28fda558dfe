#pragma once
#include "engine/io/input_table.hpp"
#include "scenarios/model_data.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// Reads [device] and its layers. Throws io::InputError: a layer without thickness or a datum, contacts that are
/// missing or stand between semiconductors, light from a stage that the case does not have, an endless sweep, a stored
/// state that is none. `whole`: the plan as far as it is read, with crystals and the variant whose stored state a
/// programme goes on from, where the file has several.
DevicePlan load_device(const io::Inputs& inputs, ModelData& data, const Plan& whole);

}  // namespace nacre::scenarios
