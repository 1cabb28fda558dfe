#pragma once
#include "engine/io/input_table.hpp"
#include "scenarios/device_plan.hpp"
#include "scenarios/model_data.hpp"

namespace nacre::scenarios {

/// Reads [device] and its layers. Throws io::InputError: a layer without thickness or a datum, contacts that are
/// missing or stand between semiconductors, light from a stage that the case does not have, an endless sweep.
DevicePlan load_device(const io::Inputs& inputs, ModelData& data);

}  // namespace nacre::scenarios
