#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/device/operating_point.hpp"

namespace nacre::device {

/// Steady states along the bias, vacancies at rest in each of them.
struct CurrentVoltage {
  std::vector<OperatingPoint> points;  ///< one a bias, as far as it went
  std::vector<Profile> profiles;       ///< one a point that was asked for, as far as it went
  bool complete = true;
  std::string message;  ///< why not: bias, equation, layer
  int iterations = 0;   ///< Newton steps, all told
  int halvings = 0;     ///< steps of the bias that had to be halved
  std::vector<double> jumps =
      {};  ///< biases at which a branch of steady states ended and the state settled on another [V]
};

/// The steady states at `biases` [V] of the source, in this order; the first is best at or near 0 V, from where all
/// others are reached. `profiles` are numbers of the points whose profile is wanted, ascending.
CurrentVoltage current_voltage(const Stack& stack, std::span<const double> biases, const MeshOptions& options = {},
                               std::span<const std::size_t> profiles = {});

/// The steady states at currents of the source [A/m2], in this order.
CurrentVoltage at_currents(const Stack& stack, std::span<const double> currents, const MeshOptions& options = {});

/// A value on ever finer meshes, for second order in the cell size.
struct Refined {
  double value;  ///< extrapolated
  double error;  ///< its distance from the value of the finer mesh, an estimate from above
};

/// Richardson's extrapolation from a mesh and one of twice its cells. Where they differ by more than half of the value
/// no order holds yet (a maximum may have gone to another point): then the finer one, with the difference as its error.
Refined refine(double coarse, double fine);

}  // namespace nacre::device
