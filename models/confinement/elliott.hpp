#pragma once
#include <vector>

#include "models/confinement/spectrum.hpp"

namespace nacre::confinement {

/// How many directions an exciton is free to move in.
enum class Freedom { two, three };

/// Enhancement of band-to-band absorption by Coulomb attraction at an energy > 0 above the gap, x = 2 pi
/// sqrt(Ry/excess): x/(1 - exp(-x)) in three dimensions, 2/(1 + exp(-x)) in two (Elliott, Phys. Rev. 108, 1384 (1957);
/// Shinada and Sugano, J. Phys. Soc. Jpn. 21, 1936 (1966)). `rydberg` is the three-dimensional one [J].
double sommerfeld_factor(Freedom freedom, double rydberg, double excess);

/// Binding energy of state n = 1, 2, ...: Ry/n^2 in three dimensions, Ry/(n - 1/2)^2 in two [J].
double bound_state(Freedom freedom, double rydberg, int n);

/// Absorption edge of a bulk crystal or a wide thin platelet.
struct Elliott {
  Freedom freedom = Freedom::three;
  double gap = 0;      ///< [J]
  double rydberg = 0;  ///< three-dimensional; binds by four times as much in two [J]
  double width = 0;    ///< full width at half maximum of the Gaussian broadening [J]
};

/// Absorption on a grid: bound states and continuum, broadened. Without attraction it would be sqrt(excess) in three
/// dimensions [J^(1/2)] and a step of height 1 in two. States beyond the twelfth are drawn into the continuum, which
/// they continue without a step.
std::vector<double> elliott_absorption(const Elliott& edge, const EnergyGrid& grid);

}  // namespace nacre::confinement
