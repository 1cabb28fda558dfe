#pragma once
#include <string>

#include "tools/cli/commands.hpp"

namespace nacre::cli {

/// What the environment says of the task of a Slurm array that this process is: "3/8", or empty outside of one.
std::string share_of_slurm();

/// A shell script that submits a sweep as a Slurm array of `tasks` tasks, each with as many threads as `options` say,
/// and a job that merges when all have ended well. A task is warned two minutes before its time limit, saves, and is
/// put back into the queue.
std::string slurm_script(const Global& global, const SweepOptions& options);

}  // namespace nacre::cli
