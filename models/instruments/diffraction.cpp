#include "models/instruments/diffraction.hpp"

#include <cmath>
#include <limits>

namespace nacre::instruments {

Diffraction diffract(const Diffractometer& instrument, double lattice, bool spheres, std::span<const double> edges,
                     std::span<const double> weights) {
  double cubes = 0, fourths = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    cubes += weights[i] * std::pow(edges[i], 3);
    fourths += weights[i] * std::pow(edges[i], 4);
  }
  Diffraction out;
  out.column = (spheres ? 0.75 : 1) * fourths / cubes;
  const double sine = 0.5 * instrument.wavelength * std::sqrt(instrument.reflection) / lattice;
  if (!(sine < 1)) {
    out.angle = out.width = out.scherrer_size = std::numeric_limits<double>::quiet_NaN();
    return out;
  }
  const double theta = std::asin(sine), reach = instrument.shape_factor * instrument.wavelength / std::cos(theta);
  out.angle = 2 * theta;
  out.width = std::hypot(reach / out.column, instrument.instrument_width);
  const double own = out.width * out.width - instrument.instrument_width * instrument.instrument_width;
  out.scherrer_size = reach / std::sqrt(own);
  return out;
}

}  // namespace nacre::instruments
