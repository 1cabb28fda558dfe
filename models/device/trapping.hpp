#pragma once
#include <cmath>

#include "models/device/filling.hpp"
#include "models/device/layer_terms.hpp"
#include "models/device/scharfetter_gummel.hpp"

namespace nacre::device {

/// What traps of a layer catch, less what they send off [1/(m3 s)].
template <class T>
struct Caught {
  T electrons, holes;
};

/// Share of the traps that hold charge where capture and emission are in balance (Shockley and Read; Hall): a trap
/// holds an electron with the probability (c_n n + c_p p_1)/(c_n (n + n_1) + c_p (p + p_1)). Densities in 1/m3; n_1,
/// p_1 are those with which its level would be half full.
template <class T>
T share_at_rest(const LayerTerms& l, const T& n, const T& p, const T& n_1, const T& p_1) {
  const T filling = l.capture_electron * n + l.capture_hole * p_1;
  const T emptying = l.capture_electron * n_1 + l.capture_hole * p;
  return (l.trap_charge < 0 ? filling : emptying) / (filling + emptying);
}

/// The same share by the height of the Fermi level of what they hold over theirs, as of electrons [kT].
template <class T>
T share_charged(const LayerTerms& l, const T& height) {
  using std::exp;
  return exp(-log1p_exp<T>(l.trap_charge * height));
}

/// c_n [(1 - f) n - f n_1] and c_p [f p - (1 - f) p_1] of all of them, zero where the levels are flat. log_n, log_p: of
/// the densities; electrons_up: of the level of electrons against that of the traps; holes_up: of the traps' against
/// that of holes [kT].
template <class T>
Caught<T> caught(const LayerTerms& l, const T& height, const T& log_n, const T& log_p, const T& electrons_up,
                 const T& holes_up) {
  const T from_band = log_n - log1p_exp<T>(height), from_trap = log_p - log1p_exp<T>(-height);
  return {transfer<T>(l.trap_density * l.capture_electron, from_band, from_band + electrons_up, electrons_up),
          transfer<T>(l.trap_density * l.capture_hole, from_trap, from_trap + holes_up, holes_up)};
}

}  // namespace nacre::device
