#include "scenarios/sweep/recorder.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace nacre::scenarios::sweep {

Recorder::Recorder(std::string folder, Identity identity, Layout layout, std::size_t workers, ShardRule rule)
    : folder_(std::move(folder)),
      identity_(std::move(identity)),
      layout_(std::move(layout)),
      rule_(rule),
      reserve_(folder_ + "/reserve") {
  for (std::size_t i = 0; i < workers; ++i) open_.push_back(std::make_unique<Open>());
}

namespace {

/// In memory, and at most on the disk.
std::size_t size_of(const Record& record) {
  return record.values.size() * sizeof(double) + record.reason.size() + sizeof(Record);
}

/// What a shard needs on the disk beside its numbers.
std::size_t frame_of(const Layout& layout) {
  return 16384 + 4096 * (layout.columns.size() + layout.axes.size());
}

}  // namespace

/// With at least as much to spare, for growing at every point would cost.
void Recorder::keep_room(std::size_t more) {
  constexpr std::size_t spare = 65536;
  const std::lock_guard lock(keeping_);
  held_ += more;
  const std::size_t needed = held_ + open_.size() * frame_of(layout_);
  if (released_) throw io::NoSpace(folder_ + ": no space left; " + std::to_string(needed) + " bytes are needed");
  if (needed > reserve_.size()) reserve_.grow(needed + std::max(spare, needed / 2));
}

bool Recorder::is_full(const Open& open) const {
  const std::size_t bytes = open.records.size() * (layout_.width() * sizeof(double) + sizeof(Record));
  return bytes >= rule_.most_bytes || (open.seconds >= rule_.seconds && open.records.size() >= rule_.least);
}

void Recorder::add(std::size_t worker, Record record, double seconds) {
  Open& open = *open_.at(worker);
  const std::lock_guard lock(open.lock);
  const std::size_t size = size_of(record);
  open.records.push_back(std::move(record));
  open.seconds += seconds;
  keep_room(size);
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
    write_in_kept_room(shard);
  } catch (...) {
    open.records = std::move(shard.records);
    throw;
  }
  open.records.clear();
  open.seconds = 0;
  const std::lock_guard lock(keeping_);
  for (const Record& record : shard.records) held_ -= size_of(record);
}

/// Only one shard is written at a time, so that the room for all of them is enough for each.
void Recorder::write_in_kept_room(const Shard& shard) {
  const std::lock_guard lock(writing_);
  try {
    write_shard(folder_, shard);
    return;
  } catch (const io::NoSpace&) {
    const std::lock_guard keeping(keeping_);
    if (reserve_.size() == 0) throw;
    reserve_.release();
    released_ = true;
  }
  write_shard(folder_, shard);
}

}  // namespace nacre::scenarios::sweep
