#include "scenarios/sweep/sweep.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

#include "engine/io/input_error.hpp"
#include "scenarios/sweep/merge.hpp"
#include "scenarios/sweep/run.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/exit.hpp"
#include "tools/cli/slurm.hpp"
#include "tools/cli/sweep_progress.hpp"
#include "tools/cli/sweep_report.hpp"
#include "tools/cli/team.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/cli/told.hpp"

namespace nacre::cli {
namespace {

using namespace scenarios::sweep;

int exit_code_of(int signal) {
  return signal == SIGUSR1 ? exit_code::again : exit_code::signalled + signal;
}

/// "3/8", of the command line or of a Slurm array.
Share share_of(const SweepOptions& options) {
  const std::string text = options.share.empty() ? share_of_slurm() : options.share;
  if (text.empty()) return {};
  Share share{0, 0};
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, share.number);
  const bool slash = first.ec == std::errc{} && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, share.of) : first;
  if (!slash || second.ec != std::errc{} || second.ptr != end || share.number < 1 || share.number > share.of) {
    throw io::InputError({"--shard", 0, 0}, "", "\"" + text + "\"", "I/N with I from 1 to N, such as 3/8");
  }
  return share;
}

/// The backend that needs no Workers but Ranks.
constexpr const char* mpi = "mpi";

/// The workers of this process. For MPI, whose ranks the launcher counts, those of one rank.
parallel::Workers workers_of(const SweepOptions& options) {
  if (options.backend == mpi) {
    if (!parallel::have_mpi())
      throw io::InputError({"--backend", 0, 0}, "", "\"mpi\"", "another one: this build has no MPI");
    return {parallel::Backend::threads, std::max(1, options.threads)};
  }
  parallel::Workers workers;
  try {
    workers.backend = parallel::backend_of(options.backend);
  } catch (const std::invalid_argument& error) {
    throw io::InputError({"--backend", 0, 0}, "", error.what(), "one of them, or mpi");
  }
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  workers.count = workers.backend == parallel::Backend::serial ? 1 : options.threads > 0 ? options.threads : cores;
  return workers;
}

void require_sound(const SweepOptions& options, const Sweep& sweep) {
  if (options.output.empty()) throw io::InputError({"nacre sweep", 0, 0}, "-o", "no file", "where the result is to go");
  if (options.resume && options.fresh) {
    throw io::InputError({"nacre sweep", 0, 0}, "", "--resume and --fresh", "one of them");
  }
  std::error_code error;
  for (const auto& [file, what] : {std::pair{options.file, "the sweep file itself"}, {sweep.base_path, "the case"}})
    if (std::filesystem::equivalent(file, options.output, error))
      throw io::InputError({options.output, 0, 0}, "-o", what, "another file for the result");
  const std::filesystem::file_status status = std::filesystem::status(options.output, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw io::InputError({options.output, 0, 0}, "-o",
                         std::filesystem::is_directory(status) ? "a folder" : "a device or pipe", "the name of a file");
  io::require_writable(options.output);
}

bool any_done(const Holdings& holdings, Share share) {
  if (holdings.count == 0) return false;
  for (std::uint64_t id = share.number - 1; id < holdings.done.size(); id += share.of) {
    if (holdings.done[id]) return true;
  }
  return false;
}

/// Opens the folder of shards and takes stock of it; damaged shards are removed, for their points are computed again.
Holdings prepare(const SweepOptions& options, const PlanFile& plan, Share share, const parallel::Stop& stop) {
  const std::string folder = parts_of(options.output);
  const Accept accept = options.any_program ? Accept::any_program : Accept::same;
  if (options.fresh) remove_parts(options.output);
  open_parts(folder, plan, accept);
  Holdings holdings = take_stock(folder, plan.identity, accept, stop);
  if (!options.resume && any_done(holdings, share)) {
    throw io::InputError({folder, 0, 0}, "", "points of this sweep that are computed already",
                         "--resume to go on, or --fresh to begin anew");
  }
  for (std::size_t i = 0; i < holdings.damaged.size(); ++i) {
    complain(holdings.damaged[i] + "; its points are computed again");
    std::error_code ignored;
    std::filesystem::remove(holdings.damaged_paths[i], ignored);
  }
  return holdings;
}

/// On all ranks, the leader first: it makes the folder and clears it up. Ranks wait for one another, so none stops
/// here.
Holdings prepare(const SweepOptions& options, const PlanFile& plan, Share share, const Team& team,
                 const parallel::Stop& stop) {
  if (!team.has_ranks()) return prepare(options, plan, share, stop);
  Holdings holdings;
  if (team.leads()) holdings = prepare(options, plan, share, {});
  team.wait();
  if (!team.leads()) holdings = take_stock(parts_of(options.output), plan.identity, Accept::any_program);
  team.wait();
  return holdings;
}

/// Called by the watching thread when points under way take too long after a signal: what is finished is saved, and the
/// program ends without them.
void save_and_leave(Recorder& recorder, int signal, bool has_ranks) {
  int code = exit_code_of(signal);
  try {
    recorder.save();
    complain("interrupted; what was finished is saved, points under way are lost. Go on with --resume");
  } catch (const std::exception& error) {
    complain(error.what());
    code = exit_code::no_space;
  }
  // The first rank that ends takes the others with it: let them save, too.
  if (has_ranks) std::this_thread::sleep_for(std::chrono::milliseconds(500));
  std::_Exit(code);
}

/// A few failed points are a result; none that came out is none.
int code_of(const Contents& contents) {
  return contents.failed == contents.points ? exit_code::failed : exit_code::done;
}

/// A share never merges, even when no other one is missing any more: others may end at the same time.
int finish(const SweepOptions& options, const Share& share, const parallel::Stop& stop) {
  if (share.of > 1) {
    if (!options.quiet) {
      print("share " + std::to_string(share.number) + "/" + std::to_string(share.of) + " is computed; `nacre merge " +
            options.output + "` when all are\n");
    }
    return exit_code::done;
  }
  const Contents contents = merge(options.output, false, options.any_program, stop);
  if (!options.keep_parts) remove_parts(options.output);
  if (!options.quiet) print(options.output + ": " + contents_text(contents) + "\n");
  return code_of(contents);
}

Shown shown_of(const SweepOptions& options, const Team& team) {
  if (options.quiet || !team.leads()) return Shown::nothing;
  return (team.has_ranks() ? is_seen_through_launcher() : is_seen()) ? Shown::bar : Shown::lines;
}

/// What the leader watches of all processes, and shows.
parallel::Watch watch_of(const Tally& mine, Tally& all) {
  return {[&] {
            return parallel::Counts{static_cast<std::int64_t>(mine.done), static_cast<std::int64_t>(mine.failed)};
          },
          [&](const parallel::Counts& counts) {
            all.to_do = mine.to_do.load();
            all.done = static_cast<std::uint64_t>(counts[0]);
            all.failed = static_cast<std::uint64_t>(counts[1]);
          }};
}

/// Brings what all processes tell to the leader.
void bring_together(const Tally& mine, Tally& all, const Team& team) {
  all.to_do = mine.to_do.load();
  all.done = team.sum(mine.done);
  all.failed = team.sum(mine.failed);
  for (const std::string& lines : team.gather(mine.lines())) all.take(lines);
}

/// Computes what is missing; an exit code, 0 when nothing is missing any more.
int compute(const SweepOptions& options, const Sweep& sweep, const scenarios::DataLibrary& library, const Team& team,
            const Interruption& interruption) {
  const PlanFile plan = plan_of(sweep);
  const Share share = share_of(options);
  const auto interrupted = [&] { return interruption.signal() != 0; };
  const Holdings holdings = prepare(options, plan, share, team, interrupted);
  const auto slots = static_cast<std::size_t>(team.workers());
  Recorder recorder(parts_of(options.output), plan.identity, sweep.layout, slots);
  Tally tally, all;
  double seconds = 0;
  int failure = 0;
  {
    const auto save = [&] {
      try {
        recorder.save();
      } catch (const std::exception&) {  // the points stay, and whoever saves next tells
      }
    };
    const auto give_up = [&] { save_and_leave(recorder, interruption.signal(), team.has_ranks()); };
    const SweepProgress progress(team.has_ranks() ? all : tally, shown_of(options, team), {interrupted, save, give_up});
    const auto points = [&] {
      run_points(team.loop(watch_of(tally, all)), share, holdings, sweep.layout.width(),
                 compute_points(sweep, library, slots), interrupted, recorder, tally);
      return exit_code::done;
    };
    // The first rank that ends takes the others with it: all save before one says what is wrong.
    failure = team.has_ranks() ? told(points) : points();
    seconds = progress.seconds();
  }
  bring_together(tally, all, team);
  if (!options.quiet && team.leads()) print(run_text(sweep, all, holdings, seconds));
  failure = team.agree(failure);
  if (failure != 0 || all.done >= all.to_do) return failure;
  if (team.leads()) complain("interrupted; everything computed is saved. Go on with --resume");
  return exit_code_of(team.agree(interruption.signal()));
}

int run(const SweepOptions& options, const Sweep& sweep, const scenarios::DataLibrary& library, const Team& team,
        const Interruption& interruption) {
  if (team.leads()) require_sound(options, sweep);
  const auto is_complete = [&] {
    return is_merged(options.output, plan_of(sweep).identity, options.any_program ? Accept::any_program : Accept::same);
  };
  if (team.agree(team.leads() && options.resume && is_complete()) != 0) {
    if (!options.quiet && team.leads()) print(options.output + " is complete already\n");
    return code_of(verify(options.output));
  }
  try {
    if (const int code = compute(options, sweep, library, team, interruption)) return code;
    team.wait();
    const auto interrupted = [&] { return interruption.signal() != 0; };
    return team.agree(team.leads() ? finish(options, share_of(options), interrupted) : exit_code::done);
  } catch (const Stopped&) {
    complain("interrupted; everything computed is saved. Go on with --resume");
    return team.agree(exit_code_of(interruption.signal()));
  } catch (const io::NoSpace& full) {
    throw io::NoSpace(std::string(full.what()) + ". Finished shards stay: make room, then go on with --resume");
  } catch (const io::InputError&) {
    std::error_code error;
    if (team.has_ranks() || std::filesystem::exists(parts_of(options.output), error) || !is_complete()) throw;
    complain("another run of this sweep ended first; " + options.output + " is complete");
    return exit_code::done;
  }
}

/// An exception on one rank would leave the others waiting for ever.
int run_on_ranks(const SweepOptions& options, const Sweep& sweep, const scenarios::DataLibrary& library,
                 const Interruption& interruption) {
  const parallel::Ranks ranks;
  bool together = false;
  const int code = told([&] {
    const int agreed = run(options, sweep, library, Team(ranks, std::max(1, options.threads)), interruption);
    together = true;
    return agreed;
  });
  if (!together) ranks.end_all(code);
  return code;
}

}  // namespace

int run_sweep(const Global& global, const SweepOptions& options) {
  workers_of(options);                       // a wrong backend is found before anything is done
  std::optional<Interruption> interruption;  // from the start on: a warning may come at once
  if (!options.dry_run && options.slurm == 0) interruption.emplace(true);
  const scenarios::DataLibrary library(scenarios::data_folders(global.data));
  const Sweep sweep = load_sweep(options.file, library);
  if (options.slurm > 0) {
    if (options.output.empty())
      throw io::InputError({"nacre sweep", 0, 0}, "-o", "no file", "where the result is to go");
    print(slurm_script(global, options));
    return exit_code::done;
  }
  if (options.dry_run) {
    print(dry_run_text(sweep, library, workers_of(options).count, share_of(options)));
    return exit_code::done;
  }
  return options.backend == mpi ? run_on_ranks(options, sweep, library, *interruption)
                                : run(options, sweep, library, Team(workers_of(options)), *interruption);
}

int run_merge(const MergeOptions& options) {
  const Interruption interruption(true);
  try {
    const Contents contents =
        merge(options.output, options.partial, options.any_program, [&] { return interruption.signal() != 0; });
    if (contents.complete() && !options.keep_parts) remove_parts(options.output);
    print(options.output + ": " + contents_text(contents) + "\n");
    return code_of(contents);
  } catch (const Stopped&) {
    complain("interrupted; the shards are as they were");
    return exit_code_of(interruption.signal());
  }
}

int run_verify(const std::vector<std::string>& paths) {
  int worst = exit_code::done;
  for (const std::string& path : paths) {
    const int code = told([&] {
      const Contents contents = verify(path);
      print(path + ": " + contents_text(contents) + "\n");
      for (const std::string& damage : contents.damaged) complain(damage);
      if (!contents.damaged.empty()) return exit_code::wrong_input;
      return contents.complete() ? exit_code::done : exit_code::failed;
    });
    worst = std::max(worst, code);
  }
  return worst;
}

}  // namespace nacre::cli
