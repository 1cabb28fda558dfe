#pragma once
#include <string>
#include <vector>

#include "models/device/operating_point.hpp"
#include "models/device/stack.hpp"
#include "scenarios/drift_plan.hpp"

namespace nacre::scenarios {

/// The carriers of a layer of crystals, monolayer by monolayer from the anode's side.
struct LayerCarriers {
  double voltage = 0;             ///< [V]
  double current = 0;             ///< [A/m2]
  std::vector<double> gathered;   ///< on a crystal: of the kind that gathers where iodide is rich [1]
  std::vector<double> electrons;  ///< on a crystal [1]
  std::vector<double> holes;      ///< consumed a crystal and second [1/s]
  std::vector<double> emission;   ///< share of the light, sum 1
  std::vector<double> vacancies;  ///< of halides, over the mean of the layer [1]
};

/// A device whose solution gives them.
struct CarrierDevice {
  device::Stack stack;
  device::MeshOptions mesh;
  std::size_t layer = 0;  ///< of the crystals
  Driver driver = Driver::holes;

  const device::Layer& crystals() const { return stack.layers[layer]; }
};

/// Carriers over the bias: a law, or a table of steady states of a device, at even steps of the bias and linear in
/// between.
class CarrierSourceTable {
 public:
  /// `pitch` of the monolayers [m]; the table of a device reaches from 0 V to `lowest` and to `highest` [V], or on to
  /// where its current reaches `most_current` [A/m2], at most 20 V.
  CarrierSourceTable(const CarrierLaw& law, std::size_t monolayers, double pitch);
  CarrierSourceTable(const CarrierDevice& device, std::size_t monolayers, double pitch, double lowest, double highest,
                     double most_current);

  /// Why the device's solution does not reach; empty when it does.
  const std::string& problem() const { return problem_; }
  LayerCarriers at_voltage(double voltage) const;
  /// Where a current flows; that of the last point where the table ends before.
  LayerCarriers at_current(double current) const;

 private:
  CarrierLaw law_;
  std::size_t monolayers_;
  double pitch_;
  std::vector<LayerCarriers> table_;  // ascending; empty for a law
  std::string problem_;
};

}  // namespace nacre::scenarios
