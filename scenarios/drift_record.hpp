#pragma once
#include <vector>

#include "scenarios/drift_crystals.hpp"
#include "scenarios/drift_light.hpp"
#include "scenarios/drift_result.hpp"

namespace nacre::scenarios {

/// Keeps a course in a result, point by point.
class DriftRecord {
 public:
  /// `rich`: iodide fraction above which a domain counts as rich [1].
  DriftRecord(DriftResult& out, double rich) : out_(out), rich_(rich) {}

  /// What the points are given over, before the first of them: wavelengths and cells of composition.
  void keep_axes(const DriftCrystals& crystals, const DriftLight& light);
  /// A time [s], and what crystals and light are then; the crystals are left as they came.
  void keep(double time, const LayerCarriers& now, DriftCrystals& crystals, DriftLight& light);

 private:
  double peak_under_first(const LayerCarriers& now, DriftCrystals& crystals, DriftLight& light);
  void keep_domains(const DriftCrystals& crystals);
  void keep_monolayers(const DriftCrystals& crystals);

  DriftResult& out_;
  double rich_;
  LayerCarriers first_;
  std::vector<device::Drive> first_drive_;
};

}  // namespace nacre::scenarios
