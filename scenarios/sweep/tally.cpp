#include "scenarios/sweep/tally.hpp"

#include <algorithm>
#include <sstream>

namespace nacre::scenarios::sweep {
namespace {

constexpr std::size_t most_slow = 3;
constexpr std::size_t most_failures = 10;
constexpr char warned = '!';  // begins the line of a warning

}  // namespace

void Tally::note(std::uint64_t id, double seconds, const std::string* failure,
                 const std::vector<std::string>& warnings) {
  if (!warnings.empty()) {
    const std::lock_guard guard(lock_);
    for (const std::string& warning : warnings) ++warnings_[warning];
  }
  if (failure == nullptr && seconds <= slow_enough_.load(std::memory_order_relaxed)) {
    ++done;
    return;
  }
  {
    const std::lock_guard guard(lock_);
    if (failure != nullptr) keep_failure({id, seconds, *failure});
    keep_slow(id, seconds);
  }
  if (failure != nullptr) ++failed;
  ++done;
}

/// With the lock held, as the next.
void Tally::keep_slow(std::uint64_t id, double seconds) {
  slowest_.push_back({id, seconds, ""});
  std::sort(slowest_.begin(), slowest_.end(), [](const Remark& a, const Remark& b) { return a.seconds > b.seconds; });
  if (slowest_.size() > most_slow) slowest_.pop_back();
  if (slowest_.size() == most_slow) slow_enough_ = slowest_.back().seconds;
}

void Tally::keep_failure(const Remark& failure) {
  if (failures_.size() < most_failures) failures_.push_back(failure);
}

std::string Tally::lines() const {
  std::string text;
  for (const Remark& slow : slowest()) text += std::to_string(slow.id) + " " + std::to_string(slow.seconds) + "\n";
  for (Remark failure : failures()) {
    std::replace(failure.reason.begin(), failure.reason.end(), '\n', ' ');
    text += std::to_string(failure.id) + " " + std::to_string(failure.seconds) + " " + failure.reason + "\n";
  }
  for (const auto& [warning, count] : warnings()) text += warned + std::to_string(count) + " " + warning + "\n";
  return text;
}

void Tally::take(const std::string& lines) {
  const std::lock_guard guard(lock_);
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) {
    const bool is_warning = line.front() == warned;
    std::istringstream parts(is_warning ? line.substr(1) : line);
    if (is_warning) {
      std::uint64_t count = 0;
      std::string warning;
      parts >> count;
      std::getline(parts >> std::ws, warning);
      warnings_[warning] += count;
      continue;
    }
    Remark remark;
    parts >> remark.id >> remark.seconds;
    std::getline(parts >> std::ws, remark.reason);
    remark.reason.empty() ? keep_slow(remark.id, remark.seconds) : keep_failure(remark);
  }
}

std::map<std::string, std::uint64_t> Tally::warnings() const {
  const std::lock_guard guard(lock_);
  return warnings_;
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
