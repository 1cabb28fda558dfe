#pragma once
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "models/device/operating_point.hpp"
#include "models/device/stack.hpp"

namespace nacre::device {

/// What the terminals of a device answer to a small oscillation of the voltage about steady states.
struct SmallSignalResponse {
  std::vector<double> biases;                    ///< of the source, as far as it went [V]
  std::vector<std::complex<double>> admittance;  ///< biases x frequencies, with the circuit around the device [S/m2]
  /// Beside the admittance, how the impedance goes with the logarithm of the mobility of all ions [ohm m2]: nothing
  /// where ions rest or are followed at once, R i w tau/(1 + i w tau)^2 for an arc whose time they set. Empty without
  /// ions or where it was not asked for.
  std::vector<std::complex<double>> impedance_by_ions;
  /// With it, one a bias: what carriers alone leave at the lowest frequency, the ions held still [ohm m2].
  std::vector<std::complex<double>> slowest_without_ions;
  bool complete = true;
  std::string message;  ///< why not
};

/// What is computed besides.
enum class Besides { nothing, part_of_ions };

/// At `biases` of the source (ascending or descending from near 0 V, where more points are put in on the way) [V], and
/// at `frequencies` [Hz], all positive.
SmallSignalResponse small_signal(const Stack& stack, std::span<const double> biases,
                                 std::span<const double> frequencies, const MeshOptions& options = {},
                                 Besides besides = Besides::nothing);

}  // namespace nacre::device
