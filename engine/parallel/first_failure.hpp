#pragma once
#include <atomic>
#include <exception>
#include <mutex>

#include "engine/parallel/for_each.hpp"

namespace nacre::parallel {

/// What the workers of one loop share: whether to go on, and the first exception, which none of them may let out of its
/// thread.
class FirstFailure {
 public:
  explicit FirstFailure(const Stop& stop) : stop_(stop) {}

  /// Whether a worker may take another index.
  bool go_on() const { return !failed_.load(std::memory_order_relaxed) && !(stop_ && stop_()); }

  /// Calls body unless the loop is to end; keeps what it throws.
  void call(const Body& body, std::size_t worker, std::size_t index) noexcept {
    try {
      if (go_on()) body(worker, index);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!first_) first_ = std::current_exception();
      failed_.store(true, std::memory_order_relaxed);
    }
  }

  /// For the caller, when all workers are done.
  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  const Stop& stop_;
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr first_;
};

}  // namespace nacre::parallel
