#pragma once
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// What runs with finer numerics say about a number [SI].
struct NumericalError {
  NumericalError(double moved = 0) : change(moved) {}  // NOLINT: a plain number is the usual case
  double change = 0;                                   ///< how far it moved, all told
  double extrapolated =
      std::numeric_limits<double>::quiet_NaN();  ///< to infinitely fine meshes, where the order is known
  double extrapolation_error = std::numeric_limits<double>::quiet_NaN();
  double time_error = std::numeric_limits<double>::quiet_NaN();  ///< of the steps in time alone, where it follows them
};

/// Of a variant.
struct ErrorsOfVariant {
  std::map<std::string, NumericalError> scalars;              ///< by name
  std::map<std::string, std::vector<NumericalError>> curves;  ///< of the device, beside their values
};

/// By variant.
using NumericalErrors = std::map<std::string, ErrorsOfVariant>;

/// Writes the results of a case to an HDF5 file, whole or not at all: a group a variant (none for a case without
/// variants), in it a group a stage as outputs() says; at the root the text of the case, what the command line changed
/// and who computed it; in /provenance all that may differ between two equal runs, and the effort of every stage.
/// Throws io::InputError when the place cannot be written and io::NoSpace when the disk is full.
void store(const std::string& path, const Case& source, const std::vector<Result>& results,
           const NumericalErrors& errors = {});

/// "/ln" for a variant, "" for a case without variants: what stands before "/synthesis" in a file.
std::string group_of(const std::string& variant);

}  // namespace nacre::scenarios
