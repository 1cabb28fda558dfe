#pragma once
#include <span>

namespace nacre::synthesis {

/// Share of sites that stay empty when species compete for them, 1/(1 + sum of activities) (Langmuir). An activity is
/// binding constant times concentration, not negative [1].
double empty_share(std::span<const double> activities);

/// Share of sites that one of the competing species holds, activity/(1 + sum) [1].
double held_share(std::span<const double> activities, std::size_t species);

/// Share of sites that are filled from a limited supply: theta/(1 - theta) = binding (supply - theta), with the supply
/// counted per site and what is bound taken out of it. A strong binding titrates, theta = min(1, supply); a large
/// supply is a reservoir, theta = binding supply/(1 + binding supply). binding, supply >= 0 [1].
double titrated_share(double binding, double supply);

}  // namespace nacre::synthesis
