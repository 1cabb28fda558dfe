#include "models/device/solver.hpp"

namespace nacre::fvm {

template class System<device::DriftDiffusion<5>>;
template class Newton<device::DriftDiffusion<5>>;
template class Transient<device::DriftDiffusion<5>>;
template class SmallSignal<device::DriftDiffusion<5>>;

}  // namespace nacre::fvm
