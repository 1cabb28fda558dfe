#pragma once
#include <algorithm>
#include <cmath>

namespace nacre::device {

/// Iodide that light takes out of crystals through their vacancies: first what sits loosely on surfaces, which shows in
/// no spectrum, then what is inside, less and less of it. Doses are vacancies times light times time [J/m5], so both
/// the incubation and the loss go as the vacancies do. docs/theory/drift.md.
struct PhotoLoss {
  double incubation = 0;  ///< dose that the labile iodide of the surface lasts for [J/m5]
  double constant = 0;    ///< dose after which 1 - 1/e of all that can be lost is [J/m5]
  double most = 0;        ///< share of the iodide that can be lost [1]

  /// Share of the iodide lost after a dose [1].
  double lost(double dose) const {
    return constant > 0 ? -most * std::expm1(-std::max(0.0, dose - incubation) / constant) : 0;
  }
};

}  // namespace nacre::device
