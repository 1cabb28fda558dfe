#pragma once
#include <string>
#include <vector>

#include "models/device/stored_state.hpp"

namespace nacre::scenarios {

/// A list of numbers of a stored state, one a node and unknown: its dataset.
struct StatePart {
  std::string name, meaning;
  std::vector<double> device::StoredState::*values;
};
const std::vector<StatePart>& state_parts();

/// Its single numbers, in the order of the dataset state_numbers.
std::vector<double> numbers_of(const device::StoredState& state);

/// Reads the state that a programme ended with from a result file: that of the variant, or else the only one there is.
/// Throws io::InputError where the file has none.
device::StoredState load_state(const std::string& path, const std::string& variant);

}  // namespace nacre::scenarios
