#include "scenarios/sweep/tally.hpp"

#include <algorithm>

namespace nacre::scenarios::sweep {
namespace {

constexpr std::size_t most_slow = 3;
constexpr std::size_t most_failures = 10;

}  // namespace

void Tally::note(std::uint64_t id, double seconds, const std::string* failure) {
  if (failure == nullptr && seconds <= slow_enough_.load(std::memory_order_relaxed)) {
    ++done;
    return;
  }
  {
    const std::lock_guard guard(lock_);
    if (failure != nullptr && failures_.size() < most_failures) failures_.push_back({id, seconds, *failure});
    slowest_.push_back({id, seconds, ""});
    std::sort(slowest_.begin(), slowest_.end(), [](const Remark& a, const Remark& b) { return a.seconds > b.seconds; });
    if (slowest_.size() > most_slow) slowest_.pop_back();
    if (slowest_.size() == most_slow) slow_enough_ = slowest_.back().seconds;
  }
  if (failure != nullptr) ++failed;
  ++done;
}

std::vector<Remark> Tally::slowest() const {
  const std::lock_guard guard(lock_);
  return slowest_;
}

std::vector<Remark> Tally::failures() const {
  const std::lock_guard guard(lock_);
  std::vector<Remark> sorted = failures_;
  std::sort(sorted.begin(), sorted.end(), [](const Remark& a, const Remark& b) { return a.id < b.id; });
  return sorted;
}

}  // namespace nacre::scenarios::sweep
