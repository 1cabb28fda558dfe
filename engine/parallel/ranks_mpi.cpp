// A build with MPI: CMake takes this file or ranks_none.cpp. The C interface alone.
#include <mpi.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <thread>

#include "engine/parallel/hand_over.hpp"
#include "engine/parallel/ranks.hpp"

namespace nacre::parallel {
namespace {

void require(int code, const char* doing) {
  if (code != MPI_SUCCESS) throw std::runtime_error(std::string("MPI failed: ") + doing);
}

/// A number on rank 0 that every rank can fetch and add to.
class SharedCounter {
 public:
  explicit SharedCounter(int rank) {
    const MPI_Aint size = rank == 0 ? sizeof(std::int64_t) : 0;
    std::int64_t* memory = nullptr;
    require(MPI_Win_allocate(size, sizeof(std::int64_t), MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &window_),
            "make a window");
    if (rank == 0) *memory = 0;
    require(MPI_Barrier(MPI_COMM_WORLD), "wait for the window");
    require(MPI_Win_lock_all(0, window_), "open the window");
    if (rank == 0) MPI_Win_sync(window_);
  }
  ~SharedCounter() {
    MPI_Win_unlock_all(window_);
    MPI_Win_free(&window_);
  }
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;

  /// What it was before `step` was added.
  std::int64_t fetch_and_add(std::int64_t step) {
    std::int64_t before = 0;
    require(MPI_Fetch_and_op(&step, &before, MPI_INT64_T, 0, 0, MPI_SUM, window_), "fetch an index");
    require(MPI_Win_flush(0, window_), "fetch an index");
    return before;
  }

 private:
  MPI_Win window_ = MPI_WIN_NULL;
};

/// Lets MPI answer what other ranks ask of this one.
void serve() {
  int any = 0;
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &any, MPI_STATUS_IGNORE);
}

void serve_a_while() {
  serve();
  ::usleep(100);
}

/// Until a worker of this rank wants an index. Rank 0 serves meanwhile; the others need not.
void wait_for(HandOver& hand_over, int rank) {
  if (rank != 0) return hand_over.wait_until_wanted();
  while (!hand_over.is_wanted()) serve_a_while();
}

/// A barrier that serves while it waits.
void serving_barrier() {
  MPI_Request request = MPI_REQUEST_NULL;
  require(MPI_Ibarrier(MPI_COMM_WORLD, &request), "wait for the other ranks");
  for (int done = 0; done == 0;) {
    require(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "wait for the other ranks");
    if (done == 0) ::usleep(100);
  }
}

}  // namespace

struct Ranks::State {
  int rank = 0;
  int size = 1;
};

bool have_mpi() {
  return true;
}

Ranks::Ranks() : state_(std::make_unique<State>()) {
  int provided = 0;
  require(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided), "start");
  if (provided < MPI_THREAD_FUNNELED) throw std::runtime_error("MPI failed: it takes no threads");
  MPI_Comm_rank(MPI_COMM_WORLD, &state_->rank);
  MPI_Comm_size(MPI_COMM_WORLD, &state_->size);
}

Ranks::~Ranks() {
  MPI_Finalize();
}

int Ranks::rank() const {
  return state_->rank;
}

int Ranks::size() const {
  return state_->size;
}

void Ranks::barrier() const {
  serving_barrier();
}

long long Ranks::sum(long long mine) const {
  long long all = 0;
  require(MPI_Allreduce(&mine, &all, 1, MPI_LONG_LONG, MPI_SUM, MPI_COMM_WORLD), "sum");
  return all;
}

int Ranks::largest(int mine) const {
  int all = 0;
  require(MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD), "compare");
  return all;
}

void Ranks::end_all(int code) const {
  MPI_Abort(MPI_COMM_WORLD, code);
  throw std::runtime_error("MPI failed: end all ranks");
}

void Ranks::for_each(int workers, std::size_t count, const Body& body, const Stop& stop) const {
  if (workers < 1) throw std::invalid_argument("a loop needs at least one worker");
  FirstFailure shared(stop);
  SharedCounter counter(rank());
  HandOver hand_over;
  std::atomic<int> at_work{workers};
  const auto work = [&](std::size_t worker) {
    while (const auto index = hand_over.take()) shared.call(body, worker, *index);
    --at_work;
  };
  std::vector<std::jthread> threads;
  for (int worker = 0; worker < workers; ++worker) threads.emplace_back(work, static_cast<std::size_t>(worker));
  const auto end = static_cast<std::int64_t>(count);
  for (std::int64_t index = 0; index < end;) {
    wait_for(hand_over, rank());
    // When this rank is to stop, one step beyond the end leaves no index for any rank.
    index = counter.fetch_and_add(shared.go_on() ? 1 : end);
    if (index < end && shared.go_on()) hand_over.give(static_cast<std::size_t>(index));
  }
  hand_over.close();
  while (at_work > 0) serve_a_while();
  threads.clear();
  serving_barrier();
  shared.rethrow();
}

}  // namespace nacre::parallel
