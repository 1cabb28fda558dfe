#pragma once
#include <optional>

#include "models/confinement/emission_slopes.hpp"
#include "scenarios/inference/parameter.hpp"
#include "scenarios/pipeline.hpp"

namespace nacre::scenarios::inference {

/// Derivatives of the peak of a variant's photoluminescence (pl_peak or pl_peak_energy) by numbers that act through the
/// bands of its crystals alone: the physics by dual numbers, what a number is to the bands by loading the plan at both
/// sides of it, which computes nothing.
class PeakDerivatives {
 public:
  /// `result` is the variant at the values that parameters start from.
  PeakDerivatives(const Variant& variant, const DataLibrary& library, const Result& result,
                  confinement::PeakOver over = confinement::PeakOver::wavelength);

  /// d peak/d parameter [m, or J, over the unit of the parameter]; nothing where the number acts in another way, too
  /// (sizes, lines), or the crystals are such that no derivative exists.
  std::optional<double> by(const Parameter& parameter) const;

 private:
  std::optional<Plan> plan_at(const Parameter& parameter, double value) const;

  const Variant& variant_;
  const DataLibrary& library_;
  Plan plan_;
  std::optional<confinement::BandSlopes> slopes_;
};

}  // namespace nacre::scenarios::inference
