#include <thread>

#include "engine/parallel/executors.hpp"

namespace nacre::parallel {

void serial_loop(std::size_t count, const Body& body, FirstFailure& shared) {
  for (std::size_t index = 0; index < count && shared.go_on(); ++index) shared.call(body, 0, index);
}

void thread_loop(int workers, std::size_t count, const Body& body, FirstFailure& shared) {
  std::atomic<std::size_t> next{0};
  const auto work = [&](std::size_t worker) {
    while (shared.go_on()) {
      const std::size_t index = next.fetch_add(1, std::memory_order_relaxed);
      if (index >= count) return;
      shared.call(body, worker, index);
    }
  };
  std::vector<std::jthread> threads;  // joined at the end of the scope, also when one of them could not be started
  for (int worker = 1; worker < workers; ++worker) threads.emplace_back(work, static_cast<std::size_t>(worker));
  work(0);
}

}  // namespace nacre::parallel
