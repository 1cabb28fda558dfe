#pragma once
#include "engine/io/input_table.hpp"
#include "scenarios/ageing_plan.hpp"

namespace nacre::scenarios {

/// The ageing of a case that has a table [ageing]. Throws io::InputError.
AgeingPlan load_ageing(const io::Inputs& inputs);

}  // namespace nacre::scenarios
