#pragma once
#include <cmath>

namespace nacre::device {

/// By how much a field raises a mobility: exp(gamma sqrt|field|), field in V/m. Rounded off below 100 V/m, so that it
/// has a slope where the field turns; there it is exp(10 gamma) instead of one.
template <class T>
T poole_frenkel(double gamma, const T& field) {
  using std::exp, std::sqrt;
  if (gamma == 0) return T(1);
  return exp(gamma * sqrt(sqrt(field * field + 1e4)));
}

}  // namespace nacre::device
