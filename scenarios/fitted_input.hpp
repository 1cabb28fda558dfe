#pragma once
#include "scenarios/case.hpp"

namespace nacre::scenarios {

/// Reads the records [fitted.NAME] of a case: key, value, unit, fitted_to and note. Throws io::InputError for a key
/// that is unknown, missing or of the wrong type, and for a value that is not the one that the case uses (of a
/// composition: its iodide share).
std::vector<FittedInput> read_fitted_inputs(const io::Document& document);

/// Whether a variant uses the fitted value: nothing was laid over it.
bool is_in_use(const FittedInput& record, const Variant& variant);

}  // namespace nacre::scenarios
