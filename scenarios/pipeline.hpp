#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "models/confinement/colour.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// Runs plans through the stages that they name: synthesis -> sizes -> surface -> confinement -> photophysics -> film,
/// instruments, device -> drift -> ageing. What was computed once is used again for plans with an equal stage. Not for
/// several threads at once.
class Pipeline {
 public:
  /// `interrupted` is polled while a synthesis, a device, a drift or an ageing runs: true stops it, and what would come
  /// next is not begun; a failure says so. What was stopped is not used again.
  explicit Pipeline(confinement::ColourTable eye, std::function<bool()> interrupted = {})
      : eye_(std::move(eye)), interrupted_(std::move(interrupted)) {}

  /// Never throws for physics or numerics: Result::failures says what went wrong, and what was computed so far is kept.
  Result run(const Plan& plan);

 private:
  void run_synthesis(Result& result);
  void run_confinement(Result& result) const;
  void run_device(Result& result) const;
  void run_drift(Result& result) const;
  void run_ageing(Result& result) const;

  bool goes_on(Result& result, Stage next) const;
  bool is_interrupted() const { return interrupted_ && interrupted_(); }

  confinement::ColourTable eye_;
  std::function<bool()> interrupted_;
  std::map<std::string, std::shared_ptr<const synthesis::History>> histories_;  // by fingerprint
  std::map<std::string, Result> results_;
};

/// A normal distribution of sizes, cut at 5 standard deviations and at zero; a single size when there is no spread.
synthesis::Sizes normal_sizes(double mean, double standard_deviation);

/// Mean, standard deviation and skewness of a distribution.
SizesUsed with_moments(synthesis::Sizes sizes);

}  // namespace nacre::scenarios
