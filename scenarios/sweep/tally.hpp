#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace nacre::scenarios::sweep {

/// A point to name in a summary.
struct Remark {
  std::uint64_t id = 0;
  double seconds = 0;
  std::string reason;
};

/// How far a run of a sweep is. Its numbers may be read while it goes on.
class Tally {
 public:
  std::atomic<std::uint64_t> to_do{0};   ///< points of this run; set before the first one
  std::atomic<std::uint64_t> done{0};    ///< of these
  std::atomic<std::uint64_t> failed{0};  ///< of these

  /// Notes a finished point. What is kept for the summary does not grow with their number.
  void note(std::uint64_t id, double seconds, const std::string* failure,
            const std::vector<std::string>& warnings = {});
  /// The slowest points, slowest first; the first failures, by id.
  std::vector<Remark> slowest() const;
  std::vector<Remark> failures() const;
  /// Of how many points something lies beyond its data, one entry a warning.
  std::map<std::string, std::uint64_t> warnings() const;
  /// The slowest points, first failures and warnings as lines, for another process to take into its own.
  std::string lines() const;
  void take(const std::string& lines);

 private:
  void keep_slow(std::uint64_t id, double seconds);
  void keep_failure(const Remark& failure);

  mutable std::mutex lock_;
  std::atomic<double> slow_enough_{0};  // what the last of the slowest took, once there are enough
  std::vector<Remark> slowest_, failures_;
  std::map<std::string, std::uint64_t> warnings_;
};

}  // namespace nacre::scenarios::sweep
