#pragma once
#include "engine/parallel/ranks.hpp"
#include "scenarios/sweep/run.hpp"

namespace nacre::cli {

/// Who computes a sweep: the workers of one process, or those of all ranks of an MPI job, of which rank 0 leads. What
/// one process can decide alone is trivial without ranks.
class Team {
 public:
  explicit Team(const parallel::Workers& workers) : workers_(workers) {}
  Team(const parallel::Ranks& ranks, int workers) : ranks_(&ranks), workers_{parallel::Backend::threads, workers} {}

  bool has_ranks() const { return ranks_ != nullptr; }
  bool leads() const { return ranks_ == nullptr || ranks_->rank() == 0; }
  int workers() const { return workers_.count; }
  /// The largest of what the processes say, on all of them.
  int agree(int mine) const { return ranks_ == nullptr ? mine : ranks_->largest(mine); }
  std::uint64_t sum(std::uint64_t mine) const {
    return ranks_ == nullptr ? mine : static_cast<std::uint64_t>(ranks_->sum(static_cast<long long>(mine)));
  }
  void wait() const {
    if (ranks_ != nullptr) ranks_->barrier();
  }
  /// The loop over its workers; with ranks, the leader watches all of them.
  scenarios::sweep::Loop loop(const parallel::Watch& watch) const {
    if (ranks_ == nullptr) return scenarios::sweep::loop_of(workers_);
    return [this, watch](std::size_t count, const parallel::Body& body, const parallel::Stop& stop) {
      ranks_->for_each(workers_.count, count, body, stop, watch);
    };
  }
  /// The texts of all processes on the leader.
  std::vector<std::string> gather(const std::string& mine) const {
    return ranks_ == nullptr ? std::vector<std::string>{mine} : ranks_->gather(mine);
  }

 private:
  const parallel::Ranks* ranks_ = nullptr;
  parallel::Workers workers_;
};

}  // namespace nacre::cli
