#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/device/operating_point.hpp"

namespace nacre::device {

/// A part of a programme: to a voltage, at once or by a ramp, and held there.
struct VoltageStep {
  double voltage = 0;  ///< [V]
  double ramp = 0;     ///< how long the way takes, linear in time; 0: at once [s]
  double hold = 0;     ///< how long the voltage is held afterwards [s]
};

struct VoltageProgrammeOptions {
  MeshOptions mesh;
  double tolerance = 1e-2;   ///< of potentials and levels per step of time [kT]
  int points = 40;           ///< that are kept of every ramp, even in time, and of every hold, logarithmic
  double first_time = 1e-6;  ///< of a hold, after its beginning [s]
};

/// A device that follows a programme from rest; one entry a point in time.
struct InTime {
  std::vector<double> times;     ///< ascending, the rest at 0 first [s]
  std::vector<double> currents;  ///< that a meter reads, displacement included [A/m2]
  std::vector<OperatingPoint> points;
  bool complete = true;
  std::string message;                                             ///< why not: time and bias
  int steps = 0, rejected = 0, not_converged = 0, iterations = 0;  ///< of the integration in time
};

/// From rest at `rest` [V] through the steps.
InTime follow(const Stack& stack, double rest, std::span<const VoltageStep> steps,
              const VoltageProgrammeOptions& options = {});

}  // namespace nacre::device
