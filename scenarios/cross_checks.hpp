#pragma once
#include "engine/io/input_table.hpp"
#include "models/synthesis/recipe.hpp"
#include "scenarios/plan.hpp"

namespace nacre::scenarios {

/// Where the sizes come from: as `sizes.source` says, else the synthesis where the case has one, else as given.
SizeSource source_of_sizes(const io::Inputs& inputs);

/// Where a case takes its trap density from: as it says, else from its surface unless traps are given by hand.
TrapSource source_of_traps(const io::Inputs& inputs);

/// Throws io::InputError for keys that are right one by one and contradict one another, with the line of one of them.
void require_consistent(const io::Inputs& inputs);

/// Throws io::InputError when a cubic cell [m] has no such X-ray reflection, or shows none at this wavelength.
void require_reflection(const io::Inputs& inputs, double lattice_constant);

/// Throws io::InputError when the solvent's law gives no sound viscosity (1 uPa s to 1 kPa s, falling with temperature)
/// at a temperature of the programme: an extrapolation that has turned over.
void require_sound_viscosity(const io::Inputs& inputs, const synthesis::Recipe& recipe);

}  // namespace nacre::scenarios
