#pragma once
#include <map>
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
  /// Begins a file anew, or with `resume` goes on with it. `fingerprint` says what the numbers depend on. A last record
  /// that was cut short is dropped. Throws io::InputError: a file that cannot be written, the journal of another work.
  Journal(std::string path, const std::string& fingerprint, bool resume);

  /// What is known at a point, or nullptr; failed points are known as empty rows.
  const std::vector<double>* find(const std::vector<double>& point) const;
  void add(const std::vector<double>& point, std::vector<double> values);
  /// Writes what was added since. Throws io::NoSpace or io::InputError.
  void save();
  std::size_t size() const { return known_.size(); }
  /// Removes the file: the work is done.
  void remove();

 private:
  std::string path_;
  std::string unsaved_;
  std::map<std::vector<double>, std::vector<double>> known_;
};

}  // namespace nacre::scenarios::inference
