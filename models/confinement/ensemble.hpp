#pragma once
#include <span>
#include <vector>

#include "models/confinement/sizing.hpp"
#include "models/confinement/stokes.hpp"

namespace nacre::confinement {

/// Which crystals an ensemble's emission comes from.
enum class Weighting {
  number,     ///< every crystal emits alike (dilute, fixed yield and excitation)
  volume,     ///< by what a crystal absorbs far above its gap
  funnelling  ///< excited by volume, then passed on to neighbours of lower energy (films, aggregates)
};

/// Mean and standard deviation of a number distribution.
struct Moments {
  double mean = 0;
  double standard_deviation = 0;
};
Moments moments(std::span<const double> value, std::span<const double> weight);

/// Takes the part of a microscope's spread that is measurement and not crystal out of a distribution: moves every edge
/// towards the mean so that the variance falls by unresolved_spread^2, to zero at least. Returns the new edges [m].
std::vector<double> resolved_edges(std::span<const double> edge, std::span<const double> weight,
                                   double unresolved_spread);

/// The optical transitions of one size class.
struct Transitions {
  double emission = 0;            ///< energy of the emitted photon [J]
  double absorption = 0;          ///< energy of the absorbed one: emission + Stokes shift [J]
  double continuum = 0;           ///< onset of the transitions above the exciton [J]
  double strength = 0;            ///< of the exciton [1]
  double continuum_strength = 0;  ///< above the onset [1/J]
};

/// Transitions of a crystal of edge `edge` and electronic size size_ratio x edge [m].
/// The continuum is a step: onset at the 1p pair (2.046 times the confinement of the 1s pair) plus the bulk Rydberg;
/// height strength/(2 Ry + confinement/2.27), which is Elliott's step in the bulk and three 1p transitions spread over
/// the distance to the 1d shell in a small dot. Of a platelet: the step of a two-dimensional exciton at its binding
/// energy.
Transitions transitions(const SizingCurve& curve, const StokesLaw& stokes, double rydberg, double size_ratio,
                        double edge);

/// Share of each size class in the emission, sum 1. `energy` are the emission energies. Funnelling: an exciton
/// tries `hops` neighbours, drawn from the number distribution, and moves when the neighbour's energy is lower.
std::vector<double> emission_weights(Weighting weighting, std::span<const double> edge, std::span<const double> number,
                                     std::span<const double> energy, int hops = 3);

}  // namespace nacre::confinement
