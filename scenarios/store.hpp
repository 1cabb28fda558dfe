#pragma once
#include <map>
#include <string>
#include <vector>

#include "scenarios/case.hpp"
#include "scenarios/result.hpp"

namespace nacre::scenarios {

/// Differences of scalars to a run with finer numerics, by variant and name [SI].
using NumericalErrors = std::map<std::string, std::map<std::string, double>>;

/// Writes the results of a case to an HDF5 file, whole or not at all: a group a variant (none for a case without
/// variants), in it a group a stage as outputs() says; at the root the text of the case, what the command line changed
/// and who computed it; in /provenance all that may differ between two equal runs, and the effort of every stage.
/// Throws io::InputError when the place cannot be written and io::NoSpace when the disk is full.
void store(const std::string& path, const Case& source, const std::vector<Result>& results,
           const NumericalErrors& errors = {});

/// "/ln" for a variant, "" for a case without variants: what stands before "/synthesis" in a file.
std::string group_of(const std::string& variant);

}  // namespace nacre::scenarios
