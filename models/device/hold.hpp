#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/device/operating_point.hpp"

namespace nacre::device {

/// How a bias is applied and for how long it is held.
struct HoldOptions {
  MeshOptions mesh;
  double tolerance = 1e-3;  ///< of potentials and levels per step of time [kT]
};

/// A device at rest under one bias that is given another at time 0.
struct Hold {
  std::vector<double> times;     ///< asked for, as far as it went [s]
  std::vector<double> currents;  ///< that a meter reads then, displacement included [A/m2]
  OperatingPoint last;           ///< at the last time
  Profile profile;               ///< at the last time
  double vacancies_before = 0;   ///< content at rest [1/m2]
  bool complete = true;
  std::string message;                                                           ///< why not: time
  int steps = 0, rejected = 0, not_converged = 0, iterations = 0, matrices = 0;  ///< of the integration in time
};

/// The voltage of the device itself, whatever the circuit around it: from rest at `from` [V] to `to` [V] at once, held,
/// and looked at `times` (ascending, positive [s]).
Hold hold(const Stack& stack, double from, double to, std::span<const double> times, const HoldOptions& options = {});

}  // namespace nacre::device
