#pragma once
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// What a run with finer numerics says about a scalar [SI].
struct NumericalError {
  NumericalError(double moved = 0) : change(moved) {}  // NOLINT: a plain number is the usual case
  double change = 0;                                   ///< how far it moved
  double extrapolated =
      std::numeric_limits<double>::quiet_NaN();  ///< to infinitely fine meshes, where the order is known
  double extrapolation_error = std::numeric_limits<double>::quiet_NaN();
};

/// By variant and name.
using NumericalErrors = std::map<std::string, std::map<std::string, NumericalError>>;

/// Writes the results of a case to an HDF5 file, whole or not at all: a group a variant (none for a case without
/// variants), in it a group a stage as outputs() says; at the root the text of the case, what the command line changed
/// and who computed it; in /provenance all that may differ between two equal runs, and the effort of every stage.
/// Throws io::InputError when the place cannot be written and io::NoSpace when the disk is full.
void store(const std::string& path, const Case& source, const std::vector<Result>& results,
           const NumericalErrors& errors = {});

/// "/ln" for a variant, "" for a case without variants: what stands before "/synthesis" in a file.
std::string group_of(const std::string& variant);

}  // namespace nacre::scenarios
