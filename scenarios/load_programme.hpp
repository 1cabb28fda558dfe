#pragma once
#include <string>

#include "engine/io/input_table.hpp"
#include "scenarios/device_plan.hpp"

namespace nacre::scenarios {

/// Reads [[device.step]] and [device.programme] into a plan whose stack is complete, with the state that the programme
/// goes on from: that of `variant`, where a file has several. Throws io::InputError: a step that takes no time or holds
/// two things, pulses without what they need, a state of another stack.
void load_programme(const io::Inputs& inputs, const std::string& variant, DevicePlan& plan);

}  // namespace nacre::scenarios
