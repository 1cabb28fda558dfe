#include "scenarios/outcoupling.hpp"

#include <vector>

#include "engine/math/quadrature.hpp"

namespace nacre::scenarios {
namespace {

/// Wavelengths in the middle of so many equal shares of the photons.
std::vector<double> shares_of(std::span<const double> wavelength, std::span<const double> photons, int shares) {
  std::vector<double> below{0};
  for (std::size_t i = 1; i < wavelength.size(); ++i)
    below.push_back(below.back() + (photons[i] + photons[i - 1]) / 2 * (wavelength[i] - wavelength[i - 1]));
  std::vector<double> middles;
  std::size_t i = 1;
  for (int k = 0; k < shares; ++k) {
    const double wanted = below.back() * (k + 0.5) / shares;
    while (i + 1 < below.size() && below[i] < wanted) ++i;
    const double share = (wanted - below[i - 1]) / (below[i] - below[i - 1]);
    middles.push_back(wavelength[i - 1] + share * (wavelength[i] - wavelength[i - 1]));
  }
  return middles;
}

}  // namespace

double outcoupling_of(const OpticsPlan& optics, std::size_t layer, std::span<const double> wavelength,
                      std::span<const double> photons, double yield) {
  device::OpticalStack stack = optics.stack;
  stack.emitting = optics.place[layer];
  const double thickness = stack.layers[stack.emitting].thickness;
  static const math::Rule depths = math::gauss_legendre(3);
  constexpr int wavelengths = 7;
  double mean = 0;
  for (const double colour : shares_of(wavelength, photons, wavelengths))
    for (std::size_t n = 0; n < depths.nodes.size(); ++n) {
      const double depth = thickness * (1 + depths.nodes[n]) / 2;
      const device::DipoleEmission emission = device::dipole_emission(stack, depth, colour);
      const double share = yield > 0 ? emission.outcoupling(yield) / yield : emission.escaped;
      mean += depths.weights[n] / 2 / wavelengths * share;
    }
  return mean;
}

}  // namespace nacre::scenarios
