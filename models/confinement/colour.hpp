#pragma once
#include <span>
#include <vector>

#include "engine/math/spline.hpp"

namespace nacre::confinement {

/// Colour matching functions of the CIE 1931 2-degree observer, as tabulated (CIE 015): columns of equal length.
struct ColourTable {
  std::vector<double> wavelength;  ///< ascending [m]
  std::vector<double> x, y, z;     ///< [1]
};

/// What an eye makes of a spectrum.
struct Colour {
  bool complete = false;         ///< false when the spectrum has no power where the eye sees
  double x = 0, y = 0;           ///< CIE 1931 chromaticity [1]
  double luminous_efficacy = 0;  ///< of radiation, over the whole spectrum [lm/W]
};

/// The table, splined once.
class ColourMatching {
 public:
  /// At least 4 rows, columns of equal length, ascending wavelengths.
  explicit ColourMatching(const ColourTable& table);

  /// Colour of a spectral power per wavelength (any scale) on ascending or descending wavelengths [m], by the
  /// trapezoidal rule on these wavelengths; outside the table the eye sees nothing.
  Colour of(std::span<const double> wavelength, std::span<const double> power) const;

 private:
  double first_, last_;
  math::Spline x_, y_, z_;
};

}  // namespace nacre::confinement
