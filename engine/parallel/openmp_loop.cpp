#include <omp.h>

#include "engine/parallel/executors.hpp"

namespace nacre::parallel {

void openmp_loop(int workers, std::size_t count, const Body& body, FirstFailure& shared) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(workers)
  for (std::size_t index = 0; index < count; ++index) {
    shared.call(body, static_cast<std::size_t>(omp_get_thread_num()), index);
  }
}

}  // namespace nacre::parallel
