#pragma once
#include <string>

#include "engine/io/input_table.hpp"
#include "scenarios/device_plan.hpp"
#include "scenarios/model_data.hpp"

namespace nacre::scenarios {

/// Reads [device] and its layers. Throws io::InputError: a layer without thickness or a datum, contacts that are
/// missing or stand between semiconductors, light from a stage that the case does not have, an endless sweep, a stored
/// state that is none. `variant`: whose stored state a programme goes on from, where the file has several.
DevicePlan load_device(const io::Inputs& inputs, ModelData& data, const std::string& variant = "");

}  // namespace nacre::scenarios
