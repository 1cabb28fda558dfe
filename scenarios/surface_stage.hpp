#pragma once
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// The surface of crystals of these sizes: as born, then through every treatment of the plan.
SurfaceUsed run_surface(const Plan& plan, const synthesis::Sizes& crystals);

/// What did not go as the laws of its treatments have it.
std::vector<Warning> surface_warnings(const SurfacePlan& plan, const SurfaceUsed& surface);

/// Halide vacancies on the crystals of a film in which they fill the share `packing` of the volume: what a device stage
/// starts from [1/m3].
double film_vacancies(const SurfaceUsed& surface, double packing);

}  // namespace nacre::scenarios
