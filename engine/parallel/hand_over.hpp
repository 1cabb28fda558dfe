#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "engine/parallel/first_failure.hpp"

namespace nacre::parallel {

/// Indices on their way from the thread that fetches them to the workers of its rank.
class HandOver {
 public:
  /// Waits for an index; none when there will be no more.
  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    wanted_.notify_one();
    given_.wait(lock, [&] { return closed_ || !queue_.empty(); });
    --waiting_;
    if (queue_.empty()) return std::nullopt;
    const std::size_t index = queue_.front();
    queue_.pop_front();
    return index;
  }
  void give(std::size_t index) {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(index);
    }
    given_.notify_one();
  }
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    given_.notify_all();
  }
  /// Waits until a worker waits for which there is no index; for as long as is given, then tells whether one does.
  void wait_until_wanted() {
    std::unique_lock lock(mutex_);
    wanted_.wait(lock, [&] { return waiting_ > queue_.size(); });
  }
  bool wait_until_wanted(std::chrono::microseconds patience) {
    std::unique_lock lock(mutex_);
    return wanted_.wait_for(lock, patience, [&] { return waiting_ > queue_.size(); });
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_, wanted_;
  std::deque<std::size_t> queue_;
  std::size_t waiting_ = 0;
  bool closed_ = false;
};

}  // namespace nacre::parallel
