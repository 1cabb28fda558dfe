#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/parallel/for_each.hpp"

namespace nacre::parallel {

/// Whether this build has MPI; without it the constructor of Ranks throws.
bool have_mpi();

/// Two counts that every rank keeps of its own, and that rank 0 wants to know the sum of while a loop goes on.
using Counts = std::array<std::int64_t, 2>;
struct Watch {
  std::function<Counts()> mine;            ///< asked on every rank before it fetches an index, and at the end
  std::function<void(const Counts&)> all;  ///< told on rank 0, by the thread that called for_each
};

/// The processes of an MPI job. One a program; only the thread that made it may use it (MPI_THREAD_FUNNELED): over tcp
/// Open MPI's one-sided part takes nothing more.
class Ranks {
 public:
  /// Starts MPI. Throws std::runtime_error when this build has none, or it cannot be started.
  Ranks();
  /// Ends MPI, when all ranks get here.
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int rank() const;
  int size() const;
  /// Waits for all ranks.
  void barrier() const;
  /// Sum and maximum over all ranks, on all of them.
  long long sum(long long mine) const;
  int largest(int mine) const;
  /// The texts of all ranks by rank on rank 0; nothing on the others.
  std::vector<std::string> gather(const std::string& mine) const;
  /// Ends the program on all ranks, for one that cannot go on.
  [[noreturn]] void end_all(int code) const;

  /// As parallel::for_each, with `workers` threads on every rank: the ranks together call body once for every index,
  /// from one counter that lives on rank 0. The calling thread calls no body: it fetches indices for its workers, and
  /// on rank 0 lets MPI answer the others. stop() on one rank stops all of them. Returns on all ranks together;
  /// rethrows the first exception of this rank's calls.
  void for_each(int workers, std::size_t count, const Body& body, const Stop& stop, const Watch& watch = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nacre::parallel
