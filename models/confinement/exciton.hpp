#pragma once
#include "models/confinement/effective_mass.hpp"

namespace nacre::confinement {

/// An electron and a hole in one sphere, psi = f(r_e) f(r_h) exp(-a |r_e - r_h|) with the best a.
struct Exciton {
  enum class Status {
    converged,
    unbound,       ///< the sphere is too small to hold its carriers
    invalid,       ///< an input is not positive
    not_converged  ///< no minimum over a was found
  };
  Status status = Status::invalid;
  double energy = 0;       ///< above the gap, confinement included [J]
  double binding = 0;      ///< confinement of both carriers minus energy [J]
  double confinement = 0;  ///< 2 E_1s, both carriers without attraction [J]
  double a = 0;            ///< inverse correlation length [1/m]
  double strength = 0;  ///< oscillator strength |int psi(r, r) d3r|^2; 1 without correlation, grows as the volume [1]
};

/// Bohr radius of the bulk exciton [m] and its Rydberg energy [J].
double bohr_radius(const Bands& bands);
double rydberg(const Bands& bands);

/// The exciton of a sphere, the minimum over a of the exact identity
/// E(a) = 2 E_1s + <hbar^2/2m(r_e) + hbar^2/2m(r_h)> a^2 - e^2/(4 pi eps_0 eps) <1/s>,
/// masses those of the level inside and `outside_mass` outside. Relative accuracy of the energy 1e-6.
Exciton exciton(const Bands& bands, double radius);

/// E(a) at a given a >= 0 instead of the best one; status and all members as above.
Exciton exciton_at(const Bands& bands, double radius, double a);

}  // namespace nacre::confinement
