#pragma once
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nacre::scenarios::inference {

/// Points that were computed, in memory and, when it has a file, on disk after every batch. Searches are deterministic:
/// one that starts again with its journal walks the same way, through what is known, to where it was stopped.
class Journal {
 public:
  /// In memory alone.
  Journal() = default;
  /// Begins a file anew, or with `resume` goes on with it, and keeps all others from it while it lives. `fingerprint`
  /// says what the numbers depend on. A last record that was cut short is dropped. Throws io::InputError: a file that
  /// cannot be written, or that another work writes to just now, the journal of another work.
  Journal(std::string path, const std::string& fingerprint, bool resume);

  /// What is known at a point, or nullptr; failed points are known as empty rows.
  const std::vector<double>* find(const std::vector<double>& point) const;
  void add(const std::vector<double>& point, std::vector<double> values);
  /// Writes what was added since. Throws io::NoSpace or io::InputError.
  void save();
  std::size_t size() const { return known_.size(); }
  /// How many points an interrupted work left, and how many of them failed.
  std::size_t left() const { return left_; }
  std::size_t left_failed() const { return left_failed_; }
  /// Removes the file: the work is done.
  void remove();

 private:
  void begin(const std::string& first);
  void go_on(const std::string& first);

  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{nullptr, std::fclose};
  std::string unsaved_;
  std::size_t left_ = 0, left_failed_ = 0;
  std::map<std::vector<double>, std::vector<double>> known_;
};

}  // namespace nacre::scenarios::inference
