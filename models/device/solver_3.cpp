#include "models/device/solver.hpp"

namespace nacre::fvm {

template class System<device::DriftDiffusion<3>>;
template class Newton<device::DriftDiffusion<3>>;
template class Transient<device::DriftDiffusion<3>>;
template class SmallSignal<device::DriftDiffusion<3>>;

}  // namespace nacre::fvm
