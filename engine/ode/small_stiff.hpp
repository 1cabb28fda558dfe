#pragma once
#include <functional>
#include <vector>

// Compiled as C++17 (see small_stiff.cpp): nothing newer in this header.
namespace nacre::ode {

/// A small stiff system for a dense solver.
struct SmallSystem {
  /// dy/dt at (t, y).
  std::function<void(double t, const std::vector<double>& y, std::vector<double>& dydt)> rhs;
  /// Row-major Jacobian and df/dt at (t, y).
  std::function<void(double t, const std::vector<double>& y, std::vector<double>& jacobian, std::vector<double>& dfdt)>
      jacobian;
};

/// How a small integration ended.
struct SmallIntegration {
  bool done =
      true;  ///< false: the step became too small, or there were too many; `states` ends at the last time reached
  int steps = 0;
};

/// Integrates with Boost.Odeint's rosenbrock4 (dense, O(n^3): for a few unknowns) and reports the state at `times`
/// (ascending, after t0). `states` receives one row a time reached.
SmallIntegration integrate_small(const SmallSystem& system, std::vector<double> y, double t0,
                                 const std::vector<double>& times, double absolute_tolerance, double relative_tolerance,
                                 std::vector<std::vector<double>>& states);

}  // namespace nacre::ode
