#pragma once
#include <limits>

namespace nacre::confinement {

/// What a family of emitters (a composition and its way of synthesis) does with an excitation.
struct Emitter {
  double radiative_rate = 0;       ///< of one exciton, k_r [1/s]
  double capture_coefficient = 0;  ///< of one trap at capture_temperature: it captures at the rate C/V [m3/s]
  double trap_release_rate = 0;    ///< at which a filled trap becomes able to capture again [1/s]
  double biexciton_lifetime = 0;   ///< Auger lifetime of two excitons in a crystal of biexciton_edge [s]
  double biexciton_edge = 1;       ///< edge of the cube whose volume that belongs to [m]
  double biexciton_exponent = 0;   ///< of the volume in the Auger lifetime [1]
  double smallest_edge = 0;        ///< of cubes with known Auger lifetimes; below it that of the smallest holds [m]
  double largest_edge = std::numeric_limits<double>::infinity();  ///< the same above [m]
  double trion_ratio = 4;         ///< Auger lifetime of a trion over that of a biexciton [1]
  double urbach_scale = 0;        ///< u in the thermal Urbach energy u (1/2 + 1/(exp(E_ph/kT) - 1)) [J]
  double urbach_phonon = 1;       ///< E_ph there [J]
  double urbach_static = 0;       ///< Urbach energy of disorder that no trap causes [J]
  double urbach_per_density = 0;  ///< static Urbach energy per trap and area [J m2]
  double stokes_per_urbach = 0;   ///< Stokes shift over the Urbach energy that traps cause [1]
};

/// Temperature that Emitter::capture_coefficient belongs to [K].
inline constexpr double capture_temperature = 298.15;

/// Rate at which one trap captures from a crystal of a volume [m3] at a temperature [K], thermally activated:
/// C/V exp(-(E/k)(1/T - 1/298.15 K)), activation energy E [J] >= 0 [1/s].
double capture_rate(const Emitter& emitter, double volume, double temperature, double activation_energy);

/// Auger lifetime of a biexciton, tau_ref (V/V_ref)^exponent, held at the ends of the range of edges [s].
double biexciton_lifetime(const Emitter& emitter, double volume);

/// Auger rate of n excitons, n^2 (n-1)/4 times that of two: every pair of carriers with every third one (Klimov et al.,
/// Science 287, 1011 (2000)) [1/s].
double auger_rate(double biexciton_lifetime, int excitons);
/// The same beside one carrier too many, n (n+1)(2n-1)/2 times that of a trion [1/s].
double charged_auger_rate(double trion_lifetime, int excitons);

}  // namespace nacre::confinement
