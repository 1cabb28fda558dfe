#pragma once
#include "models/materials/composition.hpp"

namespace nacre::materials {

/// How washing with an antisolvent takes iodide out of a mixed halide, by its relative polarity p (water 1): the share
/// of iodide that stays is 1/(1 + (p/half_polarity)^steepness). Empirical: the simplest law that takes nothing at p = 0
/// and everything at large p; it knows neither volume nor time of washing.
struct WashingLaw {
  double half_polarity = 1;  ///< where half of the iodide is lost, above 0 [1]
  double steepness = 1;      ///< above 0 [1]
};

/// Share of the iodide that stays, from 1 to 0 [1]; relative polarity >= 0.
double iodide_kept(const WashingLaw& law, double relative_polarity);

/// The composition after washing: what iodide loses, bromide gains, for shares count the halide that is left; chloride
/// stays.
Composition wash(const Composition& before, const WashingLaw& law, double relative_polarity);

}  // namespace nacre::materials
