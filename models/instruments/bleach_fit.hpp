#pragma once
#include <span>

namespace nacre::instruments {

/// A biexciton lifetime as transient absorption reads it.
struct BiexcitonReading {
  bool converged = false;
  double lifetime = 0;  ///< [s]
  double error = 0;     ///< standard error [s]
  double share = 0;     ///< of the strong trace that decays with it [1]
};

/// From traces at a weak and a strong pump: the weak one is scaled to the strong one where only single excitons are
/// left (delays from `late` on), taken off, and one exponential is fitted to what remains (Klimov et al., Science 287,
/// 1011 (2000)). Delays ascending [s].
BiexcitonReading biexciton_fit(std::span<const double> delay, std::span<const double> weak,
                               std::span<const double> strong, double late);

}  // namespace nacre::instruments
