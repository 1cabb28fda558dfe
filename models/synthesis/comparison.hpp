#pragma once
#include "models/synthesis/history.hpp"
#include "models/synthesis/recipe.hpp"
#include "models/synthesis/synthesis.hpp"

namespace nacre::synthesis {

/// Classical nucleation theory with mean-field growth: the Volmer-Zeldovich rate of the same interfacial energy,
/// solubility and attachment, and four moments of the size distribution, closed because surface-limited growth does not
/// depend on size. No dissolution of what has grown; valid where the critical nucleus holds many units, which these
/// materials' does not: a comparison.
History run_classical_nucleation(const Recipe& recipe, const Options& options);

/// The two-step mechanism A -> B, A + B -> 2 B: conversion over time, and the mean size from the number of first steps
/// taken.
History run_finke_watzky(const Recipe& recipe, const Options& options);

}  // namespace nacre::synthesis
