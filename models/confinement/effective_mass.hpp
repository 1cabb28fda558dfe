#pragma once
#include "models/confinement/bands.hpp"

namespace nacre::confinement {

/// The 1s level of one carrier in a sphere, measured from its band edge.
struct Level {
  enum class Status {
    bound,
    unbound,  ///< the sphere is too small to hold a state below the barrier
    invalid   ///< an input is not positive
  };
  Status status = Status::invalid;
  double radius = 0;            ///< [m]
  double energy = 0;            ///< [J]
  double inner_wavenumber = 0;  ///< k of sin(k r)/r inside [1/m]
  double outer_decay = 0;       ///< q of exp(-q r)/r outside [1/m]; infinite for an infinite barrier
  double inner_mass = 0;        ///< Kane mass m(E) at the level [kg]
};

/// Kane mass of a carrier at an energy above its band edge, m(E) = m_0 (1 + E/E_g), m_0 = 2 x reduced mass [kg].
/// An infinite gap gives the parabolic band.
double kane_mass(const Bands& bands, double energy);

/// Radius of the sphere that stands for a crystal: half the diameter of a sphere, L/sqrt(3) for a cube of edge L, which
/// has the same ground level between infinite walls [m].
double equivalent_radius(Shape shape, double size);
/// The inverse of equivalent_radius [m].
double size_of_radius(Shape shape, double radius);

/// The 1s level in a sphere with the BenDaniel-Duke condition (continuous f and f'/m) at its surface:
/// [x cos x - sin x]/m(E) + (q R + 1) sin x/m_out = 0, x = k R. An infinite barrier is allowed.
/// Relative accuracy 1e-13.
Level ground_level(const Bands& bands, double radius);

/// The radius below which no 1s level is bound [m]; 0 for an infinite barrier.
double smallest_bound_radius(const Bands& bands);

}  // namespace nacre::confinement
