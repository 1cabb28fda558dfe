#pragma once
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/math/dual.hpp"
#include "engine/population/size_grid.hpp"

namespace nacre::population {

/// Kinetics of one-monomer exchange at every face of a size grid; face i lies between classes i and i + 1.
struct FaceRates {
  std::vector<double> attachment;  ///< k_i: a cluster grows at k c_1 [m3/(mol s)]
  std::vector<double>
      log_equilibrium;              ///< ln of the monomer concentration at which growth balances dissolution [mol/m3]
  std::vector<double> equilibrium;  ///< exp of it [mol/m3]
};

/// A face's flux for unit attachment: J/k = up N_i/width_i - down N_(i+1)/width_(i+1) [mol/m3], and how far upwind of
/// the face it lies.
template <class T>
struct FaceLaw {
  T up, down, shift;
};

/// The flux between two classes `distance` > 1 sizes apart at monomer concentration c.
///
/// The steady flux of d single-monomer steps is taken (exponential fitting): zero at equilibrium to round-off for every
/// d, and the Becker-Doering flux c N_i - c_eq N_(i+1) itself for d = 1. It diffuses like jumps of d instead of d jumps
/// of one; in the flux this is a shift of the place at which it is evaluated, shift = [d coth(d x/2) - coth(x/2)]/2
/// with x = ln(c/c_eq), and the caller interpolates it back to the face.
template <class T>
FaceLaw<T> wide_face(const T& c, const T& log_c, double log_equilibrium, double equilibrium, double distance) {
  using math::value;
  using std::exp;
  const T x = log_c - log_equilibrium;
  const double peclet = distance * value(x);
  if (std::abs(value(x)) < 1e-7) {  // the quotients below are 0/0 at equilibrium: their limits
    const T up = c / distance * (1.0 + (0.5 * (distance - 1)) * x);
    return {up, up * (1.0 - distance * x), ((distance * distance - 1) / 12) * x};
  }
  const bool grows = peclet > 0;
  const T drift = c - equilibrium;
  const T surplus = grows ? drift : -drift;
  const T own = (c + equilibrium) / drift;  // coth(x/2)
  constexpr double pure_drift = 40;         // exp(-40) is below the round-off of 1
  if (std::abs(peclet) > pure_drift) {
    const T shift = 0.5 * ((grows ? distance : -distance) - own);
    return grows ? FaceLaw<T>{surplus, T(0.0), shift} : FaceLaw<T>{T(0.0), surplus, shift};
  }
  const T decay = exp(grows ? -distance * x : distance * x);
  const T inverse = 1.0 / (1.0 - decay);
  const T fast = surplus * inverse;
  const T shift = 0.5 * ((grows ? distance : -distance) * (1.0 + decay) * inverse - own);
  return grows ? FaceLaw<T>{fast, fast * decay, shift} : FaceLaw<T>{fast * decay, fast, shift};
}

}  // namespace nacre::population
