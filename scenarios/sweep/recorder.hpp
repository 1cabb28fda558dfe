#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/io/whole_file.hpp"
#include "scenarios/sweep/shard.hpp"

namespace nacre::scenarios::sweep {

/// When a shard is full.
struct ShardRule {
  double seconds = 1;                             ///< of work, then it is closed [s]
  std::size_t least = 64;                         ///< but never with fewer points than this,
  std::size_t most_bytes = std::size_t{4} << 20;  ///< and always with as much as this
};

/// Collects the points of all workers, one open shard a worker, and writes each when it is full. Only one is written at
/// a time: HDF5 has one lock anyway. A worker's own members are touched under its lock alone, so that save() may be
/// called while workers are at work. On the disk there is always room kept for what is in memory: where it becomes
/// full, add() throws, and save() still writes every point.
class Recorder {
 public:
  Recorder(std::string folder, Identity identity, Layout layout, std::size_t workers, ShardRule rule = {});

  /// Takes a point of a worker, which took `seconds`. Throws io::NoSpace when no more room can be kept, io::InputError
  /// when a full shard cannot be written; the points stay, for a later save().
  void add(std::size_t worker, Record record, double seconds);
  /// Writes every open shard. Throws the first failure after it tried all of them.
  void save();

 private:
  struct Open {
    std::mutex lock;
    std::vector<Record> records;
    double seconds = 0;
  };
  bool is_full(const Open& open) const;
  void write(Open& open);
  void keep_room(std::size_t more);
  void write_in_kept_room(const Shard& shard);

  std::string folder_;
  Identity identity_;
  Layout layout_;
  ShardRule rule_;
  std::mutex writing_;
  std::mutex keeping_;
  io::Reserve reserve_;
  std::size_t held_ = 0;   // bytes in memory
  bool released_ = false;  // the room is being used
  std::vector<std::unique_ptr<Open>> open_;
};

}  // namespace nacre::scenarios::sweep
