#include "models/device/solver.hpp"

namespace nacre::fvm {

template class System<device::DriftDiffusion<0>>;
template class Newton<device::DriftDiffusion<0>>;
template class Transient<device::DriftDiffusion<0>>;
template class SmallSignal<device::DriftDiffusion<0>>;

}  // namespace nacre::fvm
