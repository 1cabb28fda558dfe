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
  bool complete = true;
  std::string message;  ///< why not
};

/// At `biases` of the source (ascending or descending from near 0 V, where more points are put in on the way) [V], and
/// at `frequencies` [Hz], all positive.
SmallSignalResponse small_signal(const Stack& stack, std::span<const double> biases,
                                 std::span<const double> frequencies, const MeshOptions& options = {});

}  // namespace nacre::device
