#pragma once
#include <string>

#include "engine/io/input_error.hpp"
#include "engine/io/input_table.hpp"

namespace nacre::scenarios {

/// Throws io::InputError at a key unless something holds: what was read, and what was expected.
inline void require(bool holds, const io::Inputs& inputs, const std::string& key, const std::string& read,
                    const std::string& expected) {
  if (!holds) throw io::InputError(inputs.where(key), key, read, expected);
}

}  // namespace nacre::scenarios
