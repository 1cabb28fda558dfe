#include "models/device/charged_yield.hpp"

#include <algorithm>
#include <cmath>

namespace nacre::device {
namespace {

/// sum_m Poisson(m; mean) f(m), from the largest term outwards.
template <class F>
double poisson_mean(double mean, F f) {
  if (!(mean > 0)) return f(0.);
  const double top = std::floor(mean), largest = std::exp(top * std::log(mean) - mean - std::lgamma(top + 1));
  double sum = 0;
  for (double m = top, p = largest; p > 1e-14; ++m, p *= mean / m) sum += p * f(m);
  for (double m = top, p = largest; m > 0 && p > 1e-14;) {
    p *= m / mean, --m;
    sum += p * f(m);
  }
  return sum;
}

}  // namespace

double charged_yield(const Excitons& rates, double charges, double excitons) {
  const double alone = rates.radiative + rates.nonradiative;
  return poisson_mean(std::max(0., excitons), [&](double others) {
    return poisson_mean(std::max(0., charges), [&](double m) {
      return rates.radiative / (alone + m * rates.trion + others * rates.biexciton);
    });
  });
}

double excitons_on_crystal(const Excitons& rates, double formation) {
  return std::max(0., formation) / (rates.crystals * (rates.radiative + rates.nonradiative));
}

}  // namespace nacre::device
