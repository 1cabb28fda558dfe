#pragma once
#include <vector>

#include "scenarios/outputs.hpp"

namespace nacre::scenarios {

/// What is in a result's group confinement: spectra and sizing curve, then what is read off them.
std::vector<OutputRow> spectrum_outputs();
std::vector<OutputRow> optics_outputs();

}  // namespace nacre::scenarios
