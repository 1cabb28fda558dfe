#pragma once
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"

namespace nacre::scenarios {

/// Opens a result file. Throws io::InputError when it is foreign, damaged or of another schema.
io::Hdf5File open_result(const std::string& path);

/// The same for a file that is in memory already; `path` stands in messages.
void require_result(const io::Hdf5File& file, const std::string& path);

/// The file in words: where it comes from, then for each group its scalars with unit and meaning, the size of its
/// tables and, where a stage failed, why.
std::string describe_result(const io::Hdf5File& file);

/// Writes one CSV file a group and axis, and one for the scalars of each group, into a folder that is made when it is
/// not there: names and units head the columns. Returns the paths written. Throws io::InputError when the folder cannot
/// be written.
std::vector<std::string> export_csv(const io::Hdf5File& file, const std::string& folder);

}  // namespace nacre::scenarios
