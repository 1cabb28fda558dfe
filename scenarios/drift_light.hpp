#pragma once
#include <cstddef>
#include <vector>

#include "models/confinement/colour.hpp"
#include "models/confinement/emission.hpp"
#include "scenarios/drift_crystals.hpp"

namespace nacre::scenarios {

/// The light of a layer of crystals. Excitons form where carriers are, hop to smaller gaps and emit there, with one
/// line and one offset of energy for all.
class DriftLight {
 public:
  /// Of crystals that are `undriven`, under the carriers without bias: the offset is that by which their peak lies
  /// where the photoluminescence does. The grid of the spectra holds whatever these crystals can become.
  DriftLight(const Drifting& in, const DriftCrystals& undriven, const LayerCarriers& unbiased,
             const confinement::ColourTable& eye);

  /// Of the spectra, descending [m].
  const std::vector<double>& wavelength() const { return grid_.wavelength(); }
  /// Photons per wavelength, unit area [1/m].
  std::vector<double> spectrum(const DriftCrystals& crystals, const LayerCarriers& now);
  /// Peak, width and colour of such a spectrum.
  confinement::EmissionSeen seen(const std::vector<double>& photons) const { return grid_.seen(photons); }
  /// Mean gap of the domains, or monolayers, that emit [J].
  double gap(const DriftCrystals& crystals, const LayerCarriers& now);

 private:
  void emit(const DriftCrystals& crystals, const LayerCarriers& now);
  void emit_from_domains(const DriftCrystals& crystals, const LayerCarriers& now);
  void emit_from_monolayers(const DriftCrystals& crystals, const LayerCarriers& now);

  confinement::EmissionGrid grid_;
  std::vector<std::size_t> by_gap_;         // domains of a depth, from the smallest gap to the largest
  double offset_ = 0;                       // [J]
  std::vector<double> energies_, weights_;  // of what emits [J]
  std::vector<double> shares_;              // of the domains of a depth
};

}  // namespace nacre::scenarios
