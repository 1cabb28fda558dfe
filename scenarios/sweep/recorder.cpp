#include "scenarios/sweep/recorder.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace nacre::scenarios::sweep {

Recorder::Recorder(std::string folder, Identity identity, Layout layout, std::size_t workers, ShardRule rule)
    : folder_(std::move(folder)), identity_(std::move(identity)), layout_(std::move(layout)), rule_(rule) {
  for (std::size_t i = 0; i < workers; ++i) open_.push_back(std::make_unique<Open>());
}

bool Recorder::is_full(const Open& open) const {
  const std::size_t bytes = open.records.size() * (layout_.width() * sizeof(double) + sizeof(Record));
  return bytes >= rule_.most_bytes || (open.seconds >= rule_.seconds && open.records.size() >= rule_.least);
}

void Recorder::add(std::size_t worker, Record record, double seconds) {
  Open& open = *open_.at(worker);
  const std::lock_guard lock(open.lock);
  open.records.push_back(std::move(record));
  open.seconds += seconds;
  if (is_full(open)) write(open);
}

void Recorder::save() {
  std::exception_ptr first;
  for (const std::unique_ptr<Open>& open : open_) {
    const std::lock_guard lock(open->lock);
    try {
      write(*open);
    } catch (...) {
      if (!first) first = std::current_exception();
    }
  }
  if (first) std::rethrow_exception(first);
}

/// With the lock of `open` held.
void Recorder::write(Open& open) {
  if (open.records.empty()) return;
  // By id, so that a shard's bytes do not tell in which order its points were done.
  std::sort(open.records.begin(), open.records.end(), [](const Record& a, const Record& b) { return a.id < b.id; });
  Shard shard{identity_, layout_, std::move(open.records)};
  try {
    const std::lock_guard lock(writing_);
    write_shard(folder_, shard);
  } catch (...) {
    open.records = std::move(shard.records);
    throw;
  }
  open.records.clear();
  open.seconds = 0;
}

}  // namespace nacre::scenarios::sweep
