#pragma once
#include <string>
#include <vector>

namespace nacre::report {

/// One column of a user's table, in the unit of the figure.
struct MeasuredColumn {
  std::string name;  ///< as our outputs name it: "bias", "luminance", "photoluminescence", ...
  std::string unit;
  std::vector<double> values;
};

/// A user's table: what was measured, to lie over the figure that it belongs to.
struct Measured {
  std::string path;
  std::string figure;  ///< "current-voltage", "efficiency", "spectra" or "sizes"
  std::vector<MeasuredColumn> columns;
};

/// Reads a CSV file (',' ';' or tab; '#' begins a comment): names with units head the columns, "voltage [V], current
/// density (mA/cm2), luminance [cd/m2]". Known are voltage, current_density, luminance, eqe; wavelength or energy with
/// pl, el or absorption; size with count, or alone, one particle a line. Units of one dimension are converted.
/// Throws io::InputError with the line: an unknown column, a unit missing or of another dimension, what is no number,
/// no rows, columns that make no figure.
Measured read_measured(const std::string& path);

}  // namespace nacre::report
