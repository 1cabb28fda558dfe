#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/parallel/for_each.hpp"
#include "scenarios/sweep/parts.hpp"

namespace nacre::scenarios::sweep {

/// What a merged file or a folder of shards holds.
struct Contents {
  std::uint64_t points = 0;          ///< of the whole sweep
  std::uint64_t done = 0;            ///< computed, whatever came out
  std::uint64_t failed = 0;          ///< of these
  std::uint64_t warned = 0;          ///< of these, something of them lies beyond its data
  std::vector<std::string> damaged;  ///< shards that cannot be read
  bool complete() const { return done == points && damaged.empty(); }
};

/// Verifies every shard beside `output` and writes one file of them all: points x outputs, parameters as coordinates, a
/// status for every point. Equal for equal points, however they were shared out, outside /provenance. What it holds in
/// memory does not grow with the points, but for a bit each, a line a shard, and the reasons of failures. Throws
/// io::InputError: no shards (unless `output` is the complete file that they were merged into), a damaged shard, shards
/// of different sweeps or (unless any_program) programs, a point that was computed twice with different numbers, points
/// that are missing unless `partial`. Throws io::NoSpace, and Stopped once stop() holds.
Contents merge(const std::string& output, bool partial, bool any_program = false, const parallel::Stop& stop = {});

/// Whether `output` is the merged file of a sweep, intact and complete. Throws io::InputError when it is intact, but of
/// another sweep, of a case or data that changed since, or (as `accept` says) of another program.
bool is_merged(const std::string& output, const Identity& identity, Accept accept);

/// Reads a merged file or a folder of shards in full and verifies checksums, statuses and that no NaN stands under
/// status ok. A result file of `nacre run` has no points: only its checksum is verified. Throws io::InputError for a
/// file that is damaged or foreign.
Contents verify(const std::string& path);

/// Removes the shards beside an output, with their folder, and drafts of the output that killed processes left.
void remove_parts(const std::string& output);

}  // namespace nacre::scenarios::sweep
