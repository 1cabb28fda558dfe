#include "models/device/reabsorption.hpp"

#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace nacre::device {

double absorbed_on_the_way(double t) {
  if (!(t > 0)) return 0;
  // The first terms of its series: the closed form below loses digits as 1e-16/t^2.
  if (t < 1e-3) return t / 2 * (1.5 - std::numbers::egamma - std::log(t)) + t * t / 6;
  const double third = (std::exp(-t) * (1 - t) - t * t * std::expint(-t)) / 2;  // E_3
  return 1 - (0.5 - third) / t;
}

double reabsorbed_share(std::span<const double> wavelength, std::span<const double> photons,
                        std::span<const double> absorption, double thickness) {
  assert(wavelength.size() == photons.size() && wavelength.size() == absorption.size());
  double all = 0, lost = 0;
  for (std::size_t i = 1; i < wavelength.size(); ++i) {
    const double width = (wavelength[i] - wavelength[i - 1]) / 2;
    const auto add = [&](std::size_t at) {
      if (photons[at] == 0) return;
      all += width * photons[at];
      lost += width * photons[at] * absorbed_on_the_way(absorption[at] * thickness);
    };
    add(i - 1), add(i);
  }
  return all > 0 ? lost / all : 0;
}

}  // namespace nacre::device
