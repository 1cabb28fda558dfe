#pragma once
#include <string>
#include <vector>

#include "engine/io/hdf5.hpp"
#include "scenarios/sweep/shard.hpp"
#include "scenarios/sweep/warning_list.hpp"

namespace nacre::scenarios::sweep {

/// How a folder of shards names the file that says what the sweep is.
inline constexpr const char* plan_name = "plan.h5";

/// Points as datasets over an axis "point", in a shard and in a merged file alike: status, parameters, scalars, curves
/// over their shared axis, the reasons of failures as lines "ID: reason", and which warnings concern a point.
void write_records(io::Hdf5Writer& writer, const Layout& layout, const std::vector<Record>& records);

/// The same for a file that grows: everything but the values, then rows from number `first` on, one record a row, whose
/// ids count up from `first`, whose warnings join the list, then the reasons of failures, as lines "ID: reason", and
/// the list.
void declare_records(io::Hdf5Writer& writer, const Layout& layout, std::uint64_t points);
void write_rows(io::Hdf5Writer& writer, const Layout& layout, std::uint64_t first, const std::vector<Record>& records,
                WarningList& warnings);
void write_reasons(io::Hdf5Writer& writer, const std::string& lines);
void write_warnings(io::Hdf5Writer& writer, const WarningList& warnings);
/// Adds a record's line to the reasons, if it failed.
void add_reason(const Record& record, std::string& lines);

/// How many points there are, and how many are done, in a file of points that is read part by part. Throws
/// io::InputError when something is missing, or not finite under status ok.
struct Tried {
  std::uint64_t points = 0, done = 0, failed = 0, warned = 0;
};
Tried count_records(const io::Hdf5Source& source, const std::string& path);

/// Rows of so many values that fit into 16 MB, and at most 65 536 of them: as much as is held at a time.
std::size_t rows_at_a_time(std::size_t width);

/// What write_records wrote. Throws io::InputError when something is missing, or not finite under status ok.
Layout read_layout(const io::Hdf5File& file, const std::string& path);
std::vector<Record> read_records(const io::Hdf5File& file, const Layout& layout, const std::string& path);

/// Fingerprint, program and number of points as attributes of the root.
void write_identity(io::Hdf5Writer& writer, const Identity& identity);
Identity read_identity(const io::Hdf5File& file, const std::string& path);

/// An attribute of the root; empty when there is none.
std::string root_attribute(const io::Hdf5File& file, const std::string& name);

}  // namespace nacre::scenarios::sweep
