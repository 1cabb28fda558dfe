#pragma once
#include <cstddef>
#include <span>

#include "scenarios/device_plan.hpp"

namespace nacre::scenarios {

/// Share of the photons that a layer of the plan would make in a medium without end, which is collected in front: mean
/// over dipoles spread evenly over its depth and over a spectrum (photons per wavelength over wavelengths [m]), for
/// emitters of a yield in a medium without end.
double outcoupling_of(const OpticsPlan& optics, std::size_t layer, std::span<const double> wavelength,
                      std::span<const double> photons, double yield);

}  // namespace nacre::scenarios
