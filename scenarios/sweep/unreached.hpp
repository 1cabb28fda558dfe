#pragma once
#include <string_view>

namespace nacre::scenarios::sweep {

/// Whether an output of this name may say by NaN that something is not reached: a turn-on, the half of a luminance, an
/// onset, and what a device without light has no number for.
bool may_be_unreached(std::string_view name);

}  // namespace nacre::scenarios::sweep
