#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "engine/parallel/executors.hpp"

namespace nacre::parallel {

void tbb_loop(int workers, std::size_t count, const Body& body, FirstFailure& shared) {
  // Without it TBB starts no more threads than there are cores, and -j would mean something else than elsewhere.
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(workers));
  tbb::task_arena arena(workers);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          const auto worker = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
          for (std::size_t index = range.begin(); index < range.end(); ++index) shared.call(body, worker, index);
        },
        tbb::simple_partitioner());
  });
}

}  // namespace nacre::parallel
