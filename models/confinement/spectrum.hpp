#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace nacre::confinement {

/// Evenly spaced photon energies first + i step, i < count [J].
struct EnergyGrid {
  double first = 0;
  double step = 0;
  std::size_t count = 0;
  double at(std::size_t i) const { return first + step * static_cast<double>(i); }
};

/// Adds a transition to a histogram on the grid's energies. The amount is spread over four points (cubic Lagrange), so
/// that convolving the histogram with a kernel interpolates the kernel to fourth order in the step. Transitions outside
/// the histogram are left out.
void deposit(const EnergyGrid& grid, double energy, double amount, std::span<double> histogram);

/// A pseudo-Voigt line sampled at the detunings -reach ... reach steps: 2 reach + 1 values [1/J].
std::vector<double> line_kernel(const EnergyGrid& grid, double full_width, double lorentz_share, std::size_t reach);

/// sum_j histogram_j kernel(i - j) for i < count; empty cells cost nothing.
std::vector<double> convolve(std::span<const double> histogram, std::span<const double> kernel, std::size_t count);

/// Integral by the trapezoidal rule; x ascending or descending, the result is positive for positive y.
double trapezoid(std::span<const double> x, std::span<const double> y);

/// The highest point of sampled y(x), by the parabola through the largest sample and its neighbours.
struct Peak {
  double position = 0;
  double height = 0;
};
Peak highest_peak(std::span<const double> x, std::span<const double> y);

/// Full width at half maximum around the highest peak; NaN when y does not fall to half on both sides.
double full_width_half_maximum(std::span<const double> x, std::span<const double> y);

/// Position of the first transition of an absorption spectrum on an even grid: the first pronounced minimum of the
/// second derivative (a shoulder counts), or the maximum when one lies within `near` of it. NaN when there is none.
double first_transition(std::span<const double> x, std::span<const double> y, double near);

}  // namespace nacre::confinement
