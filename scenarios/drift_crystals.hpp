#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "models/device/exchange/ensemble.hpp"
#include "models/device/exchange/shuttle.hpp"
#include "scenarios/drift_layer.hpp"
#include "scenarios/drifting.hpp"

namespace nacre::scenarios {

/// Classes of sizes that the crystals' energies need, and those that they are divided into.
int classes_needed(const Drifting& in);
std::vector<device::SizeClass> classes_of(const Drifting& in);

/// Why crystals of these classes cannot be computed; empty when they can.
std::string problem_of(const Drifting& in, std::span<const device::SizeClass> classes);

/// How fast halides exchange where vacancies have their mean density, 0 where nothing separates them.
struct ExchangeRates {
  double domains = 0;     ///< of a domain with those around it [1/s]
  double monolayers = 0;  ///< between monolayers, for the shuttle; 0 without it [1/s]
};

/// The crystals of a layer, and where their halides are: an ensemble of sizes and compositions at every depth, which
/// the shuttle may drive, or under the shuttle alone one composition a monolayer.
class DriftCrystals {
 public:
  /// Undriven, as they were made. The caller has asked problem_of().
  DriftCrystals(const Drifting& in, std::vector<device::SizeClass> classes);

  const DriftLayer& layer() const { return layer_; }
  const std::vector<device::SizeClass>& classes() const { return classes_; }
  const ExchangeData& data() const { return data_; }
  const ExchangeRates& rates() const { return rates_; }

  bool have_ensemble() const { return has_ensemble(by_); }
  /// Without a course of its own where have_ensemble() is not.
  const device::Ensemble& ensemble() const { return ensemble_; }
  /// Iodide fractions of the monolayers under the shuttle alone [1].
  const std::vector<double>& monolayers() const { return shuttle_.iodide(); }

  /// Gives every depth and monolayer what these carriers do there; why it cannot be, empty when it can.
  std::string load(const LayerCarriers& now);
  /// What every depth is given.
  const std::vector<device::Drive>& drive() const { return drive_; }
  /// Lets the carriers of such a drive take their places, without time.
  void occupy(std::span<const device::Drive> drive) { ensemble_.occupy(drive); }

  /// Lets a time [s] pass under what was loaded, in which light takes a share of the iodide from everywhere.
  device::Exchanged pass(double duration, double taken, const std::function<bool()>& interrupted);

 private:
  double occupancy_of(const LayerCarriers& now, std::size_t depth) const;
  device::Exchanged pass_ensemble(double duration, double taken, const std::function<bool()>& interrupted);
  device::Exchanged pass_shuttle(double duration, double taken, const std::function<bool()>& interrupted);
  device::Sources shuttled();

  Segregation by_;
  ExchangeData data_;
  double iodide_, tolerance_;  // of the layer as made
  std::vector<device::SizeClass> classes_;
  DriftLayer layer_;
  ExchangeRates rates_;
  device::Ensemble ensemble_;
  device::Shuttle shuttle_;
  device::ShuttleModel model_;  // for the ensemble that the shuttle drives
  std::vector<device::Drive> drive_;
  std::vector<device::Monolayer> monolayer_drive_;
  std::vector<double> transport_;  // between depths [1/s]
};

}  // namespace nacre::scenarios
