#pragma once
#include <catch2/catch.hpp>

#include "models/device/drift_diffusion.hpp"

namespace nacre::support {

/// Detailed balance: no flux and no recombination where the levels are flat, in any of the regions, to the last bit.
inline void check_flat_levels(const device::DriftDiffusion<1>& physics, std::size_t regions = 8) {
  for (double psi : {-110., -150., -190.}) {
    const fvm::Block<double, 4> a{psi, 7, 7, psi + 1}, b{psi + 2, 7, 7, psi + 1}, step{2, 0, 0, 0};
    for (std::size_t region = 0; region < regions; ++region) {
      const auto f = physics.flux(a, b, step, {region, 0, 1e-9});
      const auto r = physics.reaction(a, {region, 0});
      for (std::size_t k : {device::electron, device::hole, device::vacancy}) CHECK(f[k] == 0);
      CHECK(r[device::electron] == 0);
      CHECK(r[device::hole] == 0);
    }
  }
}

}  // namespace nacre::support
