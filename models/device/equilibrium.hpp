#pragma once
#include "models/device/on_mesh.hpp"

namespace nacre::device {

/// The state of a device without bias: all levels of carriers flat, those of ions flat wherever ions are confined, and
/// a potential that makes the free energy least. With the ions' levels eliminated (each such that its content is right)
/// that energy is convex in the potential alone, whatever the statistics, so Newton's steps with a search along each of
/// them arrive from anywhere. Fields at contacts with image forces are left out: a start, not the last word, for these.
/// u: the state; true when the last step was below 1e-8 kT.
template <std::size_t Species>
bool equilibrate(const OnMesh<Species>& device, typename OnMesh<Species>::State& u);

extern template bool equilibrate(const OnMesh<0>& device, OnMesh<0>::State& u);
extern template bool equilibrate(const OnMesh<1>& device, OnMesh<1>::State& u);
extern template bool equilibrate(const OnMesh<2>& device, OnMesh<2>::State& u);

}  // namespace nacre::device
