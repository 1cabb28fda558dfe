#pragma once
#include <vector>

namespace nacre::confinement {

/// Crystals with the same number of traps.
struct TrapClass {
  double traps = 0;  ///< whole, or the mean of a group of neighbouring numbers
  double share = 0;  ///< of all crystals; the shares sum to 1
};

/// Poisson distribution of traps over crystals with a mean >= 0; tails below `negligible` are left out, their share
/// goes to the rest. More than `most` numbers are grouped by neighbours, which keeps the mean.
std::vector<TrapClass> poisson_classes(double mean, double negligible = 1e-9, int most = 48);

/// Mean of 1/(rate + m capture) and of its square over Poisson-distributed m: yield and first moment of the decay of
/// crystals that lose an excitation at `rate` > 0 and at `capture` >= 0 to each of m traps [s], [s2].
struct PoissonMeans {
  double time = 0;    ///< <1/k>
  double square = 0;  ///< <1/k^2>
};
PoissonMeans poisson_means(double mean, double rate, double capture);

}  // namespace nacre::confinement
