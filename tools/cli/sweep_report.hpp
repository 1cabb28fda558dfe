#pragma once
#include <string>

#include "scenarios/sweep/merge.hpp"
#include "scenarios/sweep/parts.hpp"
#include "scenarios/sweep/run.hpp"
#include "scenarios/sweep/tally.hpp"

namespace nacre::cli {

/// "81 points, 79 ok, 2 failed"; "intact" for a file that holds no sweep.
std::string contents_text(const scenarios::sweep::Contents& contents);

/// What a run did: how many points in what time, the slowest, and the failed ones with their reasons.
std::string run_text(const scenarios::sweep::Sweep& sweep, const scenarios::sweep::Tally& tally,
                     const scenarios::sweep::Holdings& before, double seconds);

/// How many points, the first of them, those of a share, and time and size to expect from computing a few.
std::string dry_run_text(const scenarios::sweep::Sweep& sweep, const scenarios::DataLibrary& library, int workers,
                         const scenarios::sweep::Share& share);

}  // namespace nacre::cli
