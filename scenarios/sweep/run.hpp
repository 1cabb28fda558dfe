#pragma once
#include <functional>
#include <string>
#include <vector>

#include "engine/parallel/for_each.hpp"
#include "scenarios/sweep/parts.hpp"
#include "scenarios/sweep/recorder.hpp"
#include "scenarios/sweep/tally.hpp"

namespace nacre::scenarios::sweep {

/// Which part of a sweep one process computes: the points whose id leaves the remainder number - 1 by `of`.
struct Share {
  std::uint64_t number = 1;  ///< from 1
  std::uint64_t of = 1;
};

/// How many of a sweep's points a share has.
std::uint64_t size_of(Share share, std::uint64_t points);

/// Computes one point into a record that has its id and as many values as the layout; sets its status, values and
/// reason. Called by worker number `worker`. What it throws ends the run.
using Compute = std::function<void(std::size_t worker, Record& record)>;

/// Calls a body for every index below a count, as parallel::for_each does.
using Loop = std::function<void(std::size_t count, const parallel::Body& body, const parallel::Stop& stop)>;

/// parallel::for_each with these workers.
Loop loop_of(const parallel::Workers& workers);

/// Computes a share of the points that are not done yet and records them. Returns when all are written, or when stop()
/// holds and what was under way is written. Throws io::NoSpace or io::InputError when a shard cannot be written, after
/// it tried to save all others; finished shards stay.
void run_points(const Loop& loop, Share share, const Holdings& holdings, std::size_t width, const Compute& compute,
                const parallel::Stop& stop, Recorder& recorder, Tally& tally);

/// Computes points of a sweep: one loader of data and one pipeline a worker and point. A point that cannot be computed
/// is a failed record with its reason, never an exception. The sweep must outlive the function.
Compute compute_points(const Sweep& sweep, const DataLibrary& library, std::size_t workers);

}  // namespace nacre::scenarios::sweep
