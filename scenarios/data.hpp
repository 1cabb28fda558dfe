#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/io/input_error.hpp"
#include "scenarios/datum.hpp"

namespace nacre::scenarios {

/// The folders of data that are searched, in this order: `given` (--data, empty for none), those of the environment
/// variable NACRE_DATA (separated by ':'), the data installed beside the program, those of the installation that the
/// program was configured for, and the source tree. Folders that do not exist are left out, but a `given` one or one of
/// NACRE_DATA that does not is an io::InputError.
std::vector<std::string> data_folders(const std::string& given);

/// The installed folder of "cases" or "targets": beside the program, else of the installation, else of the source tree.
/// Throws io::InputError when there is none.
std::string shared_folder(const std::string& what);

/// Data by kind (folder) and name (file without .toml); what comes first in the search order hides what comes later. A
/// file is read once: a sweep asks for the same ones at every point. Several threads may use one library, and copies
/// share what was read.
class DataLibrary {
 public:
  explicit DataLibrary(std::vector<std::string> folders) : folders_(std::move(folders)) {}

  const std::vector<std::string>& folders() const { return folders_; }
  /// The same library with changed data; what was read is shared.
  DataLibrary with(std::vector<DatumChange> changes) const;
  /// Reads the first file of that kind and name. Throws io::InputError, at `where` and with `key`, when there is none:
  /// with the nearest name that is there and the folders searched.
  DataFile load(const std::string& kind, const std::string& name, const io::Position& where,
                const std::string& key) const;
  /// Path of the first file of that relative path ("cie/cie1931_2deg_5nm.csv"). Throws io::InputError when there is
  /// none.
  std::string path(const std::string& relative) const;
  /// One line for every file that was asked for so far, by load() or path(), with the checksum of its bytes: what
  /// results rest on.
  std::string consulted() const;
  /// Names of a kind, sorted, each once.
  std::vector<std::string> names(const std::string& kind) const;
  /// The kinds that hold files with data (a material, a solvent, ...), sorted.
  std::vector<std::string> kinds() const;

 private:
  struct Read {
    std::mutex lock;
    std::map<std::string, DataFile> files;         // by "kind/name"
    std::map<std::string, std::string> consulted;  // by relative path: where it is
  };
  DataFile load_unchanged(const std::string& kind, const std::string& name, const io::Position& where,
                          const std::string& key) const;
  std::string find(const std::string& relative) const;
  std::vector<std::string> folders_;
  std::vector<DatumChange> changes_;
  std::shared_ptr<Read> read_ = std::make_shared<Read>();
};

}  // namespace nacre::scenarios
