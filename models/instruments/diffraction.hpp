#pragma once
#include <span>

namespace nacre::instruments {

/// An X-ray powder diffractometer, looking at one reflection of a cubic cell.
struct Diffractometer {
  double wavelength = 0;        ///< [m]
  int reflection = 1;           ///< h^2 + k^2 + l^2
  double instrument_width = 0;  ///< full width at half maximum of a large crystal's peak [rad]
  double shape_factor = 0.9;    ///< K in Scherrer's K lambda/(size cos theta)
};

/// A peak and what is read off it; NaN where the reflection lies beyond 180 degrees.
struct Diffraction {
  double angle = 0;          ///< 2 theta [rad]
  double column = 0;         ///< mean length of the crystals across the planes, by volume [m]
  double width = 0;          ///< full width at half maximum of the peak, both parts in quadrature [rad]
  double scherrer_size = 0;  ///< size read from the width, the instrument's part taken out [m]
};

/// Width of a reflection by Scherrer's formula. A peak adds up columns of cells, each as its volume: the mean column of
/// cubes across their faces is <L^4>/<L^3>, of spheres 3/4 <D^4>/<D^3> (Langford and Wilson, J. Appl. Cryst. 11, 102
/// (1978)). `lattice` is the edge of the cell [m].
Diffraction diffract(const Diffractometer& instrument, double lattice, bool spheres, std::span<const double> edges,
                     std::span<const double> weights);

}  // namespace nacre::instruments
