#pragma once
#include <cmath>

namespace nacre::device {

/// By how much a field raises a mobility: exp(gamma sqrt|field|), field in V/m. The root is rounded off around 1e5 V/m
/// (0.75 % low at 1e6), which gives it a slope of zero where the field turns: cells of a picometre see the field change
/// by 1e10 V/m a kT, and a root that bends within less leads Newton astray. Beyond
/// 3e8 V/m (assumed: more than layers survive, but carriers without limit under an interface reach it) the field counts
/// as 3e8 V/m (its root 2e-5 low at 1e8): the exponential would raise mobilities by 1e50 there.
template <class T>
T poole_frenkel(double gamma, const T& field) {
  using std::exp, std::sqrt;
  if (gamma == 0) return T(1);
  const T all = field * field, share = all * (1 / 9e16), fourth = share * share * share * share;
  const T square = all / sqrt(sqrt(1. + fourth));
  const T rounded = sqrt(square + 1e10);
  return exp(gamma * square / (rounded * sqrt(rounded)));
}

}  // namespace nacre::device
