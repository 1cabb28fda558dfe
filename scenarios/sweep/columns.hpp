#pragma once
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"
#include "scenarios/sweep/shard.hpp"

namespace nacre::scenarios::sweep {

/// How a folder of shards names the file that says what the sweep is.
inline constexpr const char* plan_name = "plan.h5";

/// Points as datasets over an axis "point", in a shard and in a merged file alike: status, parameters, scalars, curves
/// over their shared axis, and the reasons of failures as lines "ID: reason".
void write_records(io::Hdf5Writer& writer, const Layout& layout, const std::vector<Record>& records);

/// What write_records wrote. Throws io::InputError when something is missing, or not finite under status ok.
Layout read_layout(const io::Hdf5File& file, const std::string& path);
std::vector<Record> read_records(const io::Hdf5File& file, const Layout& layout, const std::string& path);

/// Fingerprint, program and number of points as attributes of the root.
void write_identity(io::Hdf5Writer& writer, const Identity& identity);
Identity read_identity(const io::Hdf5File& file, const std::string& path);

/// An attribute of the root; empty when there is none.
std::string root_attribute(const io::Hdf5File& file, const std::string& name);

}  // namespace nacre::scenarios::sweep
