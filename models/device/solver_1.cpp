#include "models/device/solver.hpp"

namespace nacre::fvm {

template class System<device::DriftDiffusion<1>>;
template class Newton<device::DriftDiffusion<1>>;
template class Transient<device::DriftDiffusion<1>>;
template class SmallSignal<device::DriftDiffusion<1>>;

}  // namespace nacre::fvm
