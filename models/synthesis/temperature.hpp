#pragma once
#include <cstddef>
#include <vector>

#include "models/synthesis/recipe.hpp"

namespace nacre::synthesis {

/// The pot's temperature over a sequence of baths.
class TemperatureProgramme {
 public:
  TemperatureProgramme(double start_temperature, const std::vector<Bath>& baths);

  double at(double t) const;  ///< [K]
  /// The time constant of the bath at t while the pot still differs from it by more than 1 mK; infinite afterwards [s].
  double time_scale(double t) const;
  double end() const { return ends_.empty() ? 0 : ends_.back(); }  ///< [s]
  const std::vector<double>& ends() const { return ends_; }        ///< of every bath [s]

 private:
  std::size_t bath_at(double t) const;
  std::vector<Bath> baths_;
  std::vector<double> ends_, starts_, entry_;  // entry_: the pot's temperature as it enters each bath
};

}  // namespace nacre::synthesis
