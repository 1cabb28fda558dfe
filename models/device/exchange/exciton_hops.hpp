#pragma once
#include <cstddef>
#include <span>

namespace nacre::device {

/// Where excitons emit that try so many hops in a lifetime, each to a crystal drawn at random, and hop where its gap is
/// smaller. With A the excitons at or above a gap and L the share of crystals below it, dA/dt = made - A/lifetime -
/// hops L A/lifetime, so that A = A_made/(1 + hops L) in the steady state, whatever the distribution.
/// `light`: excitons made on each kind of crystal, replaced by those that emit there; their sum stays. `crystals`:
/// share of each kind, above 0 in all. `by_gap`: the kinds from the smallest gap to the largest. O(kinds).
void hop_downhill(std::span<double> light, std::span<const double> crystals, std::span<const std::size_t> by_gap,
                  double hops);

}  // namespace nacre::device
