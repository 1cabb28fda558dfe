#pragma once
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/parallel/for_each.hpp"
#include "scenarios/sweep/shard.hpp"
#include "scenarios/sweep/sweep.hpp"

namespace nacre::scenarios::sweep {

/// The folder beside a sweep's output where shards gather: "out.h5.parts".
std::string parts_of(const std::string& output);

/// The sweep and its case, as text, with their identity: what a folder of shards is about.
struct PlanFile {
  Identity identity;
  std::string title, sweep_path, sweep_text, case_path, case_text;
};
PlanFile plan_of(const Sweep& sweep);
void write_plan(io::Hdf5Writer& writer, const PlanFile& plan);
/// Reads FOLDER/plan.h5. Throws io::InputError.
PlanFile read_plan(const std::string& folder);

/// An intact shard and the ids between which its points lie.
struct Extent {
  std::string path;
  std::uint64_t first = 0, last = 0;
};

/// Which points of a sweep are done, one bit each, and where they are, a line a shard.
struct Holdings {
  std::vector<bool> done;
  std::uint64_t count = 0;
  std::uint64_t failed = 0, warned = 0;
  std::vector<Extent> shards;
  std::set<std::string> by;  ///< the programs that computed them
  std::string programs() const;
  std::vector<std::string> damaged;  ///< what is wrong with shards that cannot be read, one message each
  std::vector<std::string> damaged_paths;
};

/// What may be in the folder already.
enum class Accept {
  same,        ///< points of the same sweep by the same program
  any_program  ///< points of the same sweep by any program
};

/// Throws io::InputError, naming what may be done, when points at `path` are of another sweep or program than ours.
void require_same(const std::string& path, const Identity& there, const Identity& ours, Accept accept);

/// Makes the folder and its plan (a damaged plan is written again), or checks that what is there belongs to this sweep.
/// Throws io::InputError for another sweep or program (naming what may be done), io::NoSpace.
void open_parts(const std::string& folder, const PlanFile& plan, Accept accept);

/// A long work on files was told to stop; nothing is lost.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("stopped by a signal") {}
};

/// Reads every shard in full, one at a time, and verifies its checksum. Throws io::InputError for an intact shard of
/// another sweep or program; damaged ones are only listed. Throws Stopped once stop() holds.
Holdings take_stock(const std::string& folder, const Identity& identity, Accept accept,
                    const parallel::Stop& stop = {});

}  // namespace nacre::scenarios::sweep
