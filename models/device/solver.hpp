#pragma once
#include "engine/fvm/small_signal.hpp"
#include "engine/fvm/sweep.hpp"
#include "engine/fvm/transient.hpp"
#include "models/device/drift_diffusion.hpp"

// The finite volumes of every kind of species, each compiled once, in solver_N.cpp.
namespace nacre::fvm {

extern template class System<device::DriftDiffusion<0>>;
extern template class System<device::DriftDiffusion<1>>;
extern template class System<device::DriftDiffusion<2>>;
extern template class System<device::DriftDiffusion<3>>;
extern template class System<device::DriftDiffusion<5>>;
extern template class Newton<device::DriftDiffusion<0>>;
extern template class Newton<device::DriftDiffusion<1>>;
extern template class Newton<device::DriftDiffusion<2>>;
extern template class Newton<device::DriftDiffusion<3>>;
extern template class Newton<device::DriftDiffusion<5>>;
extern template class Transient<device::DriftDiffusion<0>>;
extern template class Transient<device::DriftDiffusion<1>>;
extern template class Transient<device::DriftDiffusion<2>>;
extern template class Transient<device::DriftDiffusion<3>>;
extern template class Transient<device::DriftDiffusion<5>>;
extern template class SmallSignal<device::DriftDiffusion<0>>;
extern template class SmallSignal<device::DriftDiffusion<1>>;
extern template class SmallSignal<device::DriftDiffusion<2>>;
extern template class SmallSignal<device::DriftDiffusion<3>>;
extern template class SmallSignal<device::DriftDiffusion<5>>;

}  // namespace nacre::fvm

namespace nacre::device {

/// Long steps of the fourth order pay below this tolerance [kT]; they change so much that old matrices serve less.
/// Newton's share is that of the worst unknown, where the tolerance is of all.
inline fvm::TransientControls controls_for(double tolerance) {
  if (tolerance > 3e-4) return {.tolerance = tolerance, .newton_share = 0.1};
  return {.tolerance = tolerance, .newton_share = 0.1, .slowest = 0.3, .method = &fvm::kennedy_carpenter};
}

}  // namespace nacre::device
