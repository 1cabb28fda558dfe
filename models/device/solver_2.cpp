#include "models/device/solver.hpp"

namespace nacre::fvm {

template class System<device::DriftDiffusion<2>>;
template class Newton<device::DriftDiffusion<2>>;
template class Transient<device::DriftDiffusion<2>>;
template class SmallSignal<device::DriftDiffusion<2>>;

}  // namespace nacre::fvm
