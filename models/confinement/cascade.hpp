#pragma once
#include <span>
#include <vector>

namespace nacre::confinement {

/// How the excitons of one crystal go. n excitons beside f filled of m traps leave for
///   n-1, f      at n^2 radiative + n other + Auger(n): by light, by a loss that every exciton has, by Auger
///   n-1, f+1    at n (m - f) capture: into an empty trap
///   n,   f-1    at f release: a filled trap becomes able to capture again
/// Radiative and Auger rates count pairs and triples of carriers. Beside one carrier too many they are those of
/// n (n + 1) pairs and of charged_auger_rate().
struct CascadeRates {
  double radiative = 0, other = 0, capture = 0, release = 0;  ///< [1/s]
  double biexciton_lifetime = 0;                              ///< [s]; infinite: no Auger
  double trion_lifetime = 0;                                  ///< used when charged [s]
  double traps = 0;                                           ///< m >= 0, a class may hold a broken mean [1]
  bool charged = false;
};

/// Rate at which n excitons radiate [1/s].
double photon_rate(const CascadeRates& rates, int excitons);

/// One exponential of a signal.
struct Component {
  double rate = 0;  ///< [1/s]
  double amplitude = 0;
};

/// The signal sum_n signal[n] p_n(t) of a crystal that starts with p_n(0) = start[n] and empty traps, as the sum of
/// exponentials that solves the master equation exactly: its generator is triangular, so the exponents are the loss
/// rates of the states. Equal loss rates are moved apart by 1e-5 of their value, which bounds the error to as much.
/// States that a pulse visits less than `negligible` times are left out: the signal's integral errs by at most as much
/// for each, times what the excitons there would still give. `start` and `signal` have equal length, entry 0 does not
/// count.
std::vector<Component> cascade(const CascadeRates& rates, std::span<const double> start, std::span<const double> signal,
                               double negligible = 1e-12);

/// Mean number of photons of such a crystal [1]: the integral of the signal photon_rate(), from how often each state is
/// visited, in a time linear in the states where cascade() needs their square.
double photons_per_pulse(const CascadeRates& rates, std::span<const double> start, double negligible = 1e-12);

}  // namespace nacre::confinement
