#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/sweep/record.hpp"

namespace nacre::scenarios::sweep {

/// What a shard and a merged file say about where their numbers come from.
struct Identity {
  std::string fingerprint;   ///< of the sweep: Sweep::fingerprint
  std::string program;       ///< version and commit
  std::uint64_t points = 0;  ///< of the whole sweep
};

/// This program: "0.1.0 0f2aa06".
std::string this_program();

/// Points that were computed and are written together.
struct Shard {
  Identity identity;
  Layout layout;
  std::vector<Record> records;
};

/// Writes a shard into a folder, whole or not at all (io::write_whole), and returns its path. Its checksum stands in
/// its name, FIRST-CHECKSUM.h5, so that the folder is the manifest and one rename changes both. Throws io::NoSpace and
/// io::InputError as write_whole does.
std::string write_shard(const std::string& folder, const Shard& shard);

/// Reads a shard back. Throws io::InputError: damaged, truncated, not a shard, a checksum other than in its name, a
/// point under status ok with a value that is not finite.
Shard read_shard(const std::string& path);

/// The shards of a folder, sorted by name; none when there is no such folder.
std::vector<std::string> shards_in(const std::string& folder);

}  // namespace nacre::scenarios::sweep
