// A build with MPI: CMake takes this file or ranks_none.cpp. The C interface alone.
#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "engine/parallel/hand_over.hpp"
#include "engine/parallel/ranks.hpp"

namespace nacre::parallel {
namespace {

void require(int code, const char* doing) {
  if (code != MPI_SUCCESS) throw std::runtime_error(std::string("MPI failed: ") + doing);
}

/// Numbers on rank 0 that every rank can add to: the next index, and the sums of what the ranks count.
class SharedNumbers {
 public:
  explicit SharedNumbers(int rank) : rank_(rank) {
    const MPI_Aint size = rank == 0 ? 3 * sizeof(std::int64_t) : 0;
    require(MPI_Win_allocate(size, sizeof(std::int64_t), MPI_INFO_NULL, MPI_COMM_WORLD, &memory_, &window_),
            "make a window");
    if (rank == 0) std::fill_n(memory_, 3, 0);
    require(MPI_Barrier(MPI_COMM_WORLD), "wait for the window");
    require(MPI_Win_lock_all(0, window_), "open the window");
    if (rank == 0) MPI_Win_sync(window_);
  }
  ~SharedNumbers() {
    MPI_Win_unlock_all(window_);
    MPI_Win_free(&window_);
  }
  SharedNumbers(const SharedNumbers&) = delete;
  SharedNumbers& operator=(const SharedNumbers&) = delete;

  /// The next index before `step` was added to it.
  std::int64_t fetch_and_add(std::int64_t step) {
    std::int64_t before = 0;
    require(MPI_Fetch_and_op(&step, &before, MPI_INT64_T, 0, 0, MPI_SUM, window_), "fetch an index");
    require(MPI_Win_flush(0, window_), "fetch an index");
    return before;
  }

  /// Brings the sums up to date with what this rank counts.
  void report(const Watch& watch) {
    if (!watch.mine) return;
    const Counts now = watch.mine();
    const Counts more{now[0] - reported_[0], now[1] - reported_[1]};
    if (more == Counts{}) return;
    require(MPI_Accumulate(more.data(), 2, MPI_INT64_T, 0, 1, 2, MPI_INT64_T, MPI_SUM, window_), "report progress");
    require(MPI_Win_flush(0, window_), "report progress");
    reported_ = now;
  }

  /// Lets MPI answer what other ranks ask of this one; on rank 0 also tells the sums.
  void serve(const Watch& watch) {
    int any = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &any, MPI_STATUS_IGNORE);
    if (rank_ != 0 || !watch.all) return;
    MPI_Win_sync(window_);
    watch.all({memory_[1], memory_[2]});
  }

 private:
  int rank_;
  std::int64_t* memory_ = nullptr;
  MPI_Win window_ = MPI_WIN_NULL;
  Counts reported_{};
};

constexpr std::chrono::microseconds between_services{100};

/// A barrier that serves while it waits.
template <class Serve>
void serving_barrier(Serve&& serve) {
  MPI_Request request = MPI_REQUEST_NULL;
  require(MPI_Ibarrier(MPI_COMM_WORLD, &request), "wait for the other ranks");
  for (int done = 0; done == 0;) {
    require(MPI_Test(&request, &done, MPI_STATUS_IGNORE), "wait for the other ranks");
    if (done != 0) return;
    serve();
    std::this_thread::sleep_for(between_services);
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
  serving_barrier([] {});
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

std::vector<std::string> Ranks::gather(const std::string& mine) const {
  const bool leads = rank() == 0;
  const int length = static_cast<int>(mine.size());
  std::vector<int> lengths(static_cast<std::size_t>(size())), starts(lengths.size());
  require(MPI_Gather(&length, 1, MPI_INT, lengths.data(), 1, MPI_INT, 0, MPI_COMM_WORLD), "gather texts");
  std::exclusive_scan(lengths.begin(), lengths.end(), starts.begin(), 0);
  std::string all(leads ? static_cast<std::size_t>(starts.back() + lengths.back()) : 0, '\0');
  require(MPI_Gatherv(mine.data(), length, MPI_CHAR, all.data(), lengths.data(), starts.data(), MPI_CHAR, 0,
                      MPI_COMM_WORLD),
          "gather texts");
  std::vector<std::string> texts;
  for (std::size_t i = 0; leads && i < lengths.size(); ++i)
    texts.push_back(all.substr(static_cast<std::size_t>(starts[i]), static_cast<std::size_t>(lengths[i])));
  return texts;
}

void Ranks::for_each(int workers, std::size_t count, const Body& body, const Stop& stop, const Watch& watch) const {
  if (workers < 1) throw std::invalid_argument("a loop needs at least one worker");
  FirstFailure shared(stop);
  SharedNumbers numbers(rank());
  HandOver hand_over;
  std::atomic<int> at_work{workers};
  const auto work = [&](std::size_t worker) {
    while (const auto index = hand_over.take()) shared.call(body, worker, *index);
    --at_work;
  };
  std::vector<std::jthread> threads;
  for (int worker = 0; worker < workers; ++worker) threads.emplace_back(work, static_cast<std::size_t>(worker));
  // Rank 0 serves while it waits for its workers; the others need not.
  const auto wait_for_workers = [&] {
    if (rank() != 0) return hand_over.wait_until_wanted();
    do numbers.serve(watch);
    while (!hand_over.wait_until_wanted(between_services));
  };
  const auto end = static_cast<std::int64_t>(count);
  for (std::int64_t index = 0; index < end;) {
    wait_for_workers();
    numbers.report(watch);
    // When this rank is to stop, one step beyond the end leaves no index for any rank.
    index = numbers.fetch_and_add(shared.go_on() ? 1 : end);
    if (index < end && shared.go_on()) hand_over.give(static_cast<std::size_t>(index));
  }
  hand_over.close();
  while (at_work > 0) {
    numbers.serve(watch);
    std::this_thread::sleep_for(between_services);
  }
  threads.clear();
  numbers.report(watch);
  serving_barrier([&] { numbers.serve(watch); });
  shared.rethrow();
}

}  // namespace nacre::parallel
