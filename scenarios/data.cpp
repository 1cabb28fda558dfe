#include "scenarios/data.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <utility>

#include "engine/io/hdf5_seal.hpp"
#include "engine/io/input_table.hpp"
#include "engine/io/whole_file.hpp"
#include "scenarios/words.hpp"

namespace nacre::scenarios {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// share/nacre beside the bin/ of the running program; empty when it cannot be told.
fs::path share_beside_program() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path().parent_path() / "share" / "nacre";
}

void add_named(std::vector<std::string>& folders, const std::string& folder, const std::string& from) {
  if (!is_folder(folder)) throw io::InputError({from, 0, 0}, "", "\"" + folder + "\"", "a folder of data");
  folders.push_back(folder);
}

void add_unless_there(std::vector<std::string>& folders, const fs::path& folder) {
  if (folder.empty() || !is_folder(folder)) return;
  if (std::find(folders.begin(), folders.end(), folder.string()) == folders.end()) folders.push_back(folder.string());
}

/// Names are names, never paths.
bool is_name(const std::string& name) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; };
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), fits);
}

}  // namespace

std::vector<std::string> data_folders(const std::string& given) {
  std::vector<std::string> folders;
  if (!given.empty()) add_named(folders, given, "--data");
  if (const char* variable = std::getenv("NACRE_DATA")) {
    const std::string list = variable;
    for (std::size_t start = 0; start <= list.size();) {
      const std::size_t end = std::min(list.find(':', start), list.size());
      if (end > start) add_named(folders, list.substr(start, end - start), "NACRE_DATA");
      start = end + 1;
    }
  }
  if (const fs::path share = share_beside_program(); !share.empty()) add_unless_there(folders, share / "data");
  add_unless_there(folders, fs::path(NACRE_INSTALL_DATADIR) / "data");
  add_unless_there(folders, fs::path(NACRE_SOURCE_DIR) / "models" / "data");
  return folders;
}

std::string shared_folder(const std::string& what) {
  std::vector<std::string> folders;
  if (const fs::path share = share_beside_program(); !share.empty()) add_unless_there(folders, share / what);
  add_unless_there(folders, fs::path(NACRE_INSTALL_DATADIR) / what);
  add_unless_there(folders, fs::path(NACRE_SOURCE_DIR) / "scenarios" / what);
  if (folders.empty())
    throw io::InputError({"share/nacre/" + what, 0, 0}, "", "no such folder", "the installed " + what);
  return folders.front();
}

DataLibrary DataLibrary::with(std::vector<DatumChange> changes) const {
  DataLibrary changed = *this;
  changed.changes_ = std::move(changes);
  return changed;
}

DataFile DataLibrary::load(const std::string& kind, const std::string& name, const io::Position& where,
                           const std::string& key) const {
  DataFile file = load_unchanged(kind, name, where, key);
  apply(changes_, file);
  return file;
}

DataFile DataLibrary::load_unchanged(const std::string& kind, const std::string& name, const io::Position& where,
                                     const std::string& key) const {
  const std::lock_guard lock(read_->lock);
  const std::string short_name = kind + "/" + name;
  if (const auto known = read_->files.find(short_name); known != read_->files.end()) return known->second;
  const std::string found = is_name(name) ? find(short_name + ".toml") : "";
  if (!found.empty()) {
    read_->consulted[short_name + ".toml"] = found;
    return read_->files.emplace(short_name, read_data_file(found, kind, name)).first->second;
  }
  const std::vector<std::string> known = names(kind);
  const std::string near = io::nearest(name, known);
  std::string expected = near.empty() ? "one of " + joined(known) : "perhaps \"" + near + "\"";
  if (known.empty()) expected = "a file " + kind + "/NAME.toml";
  throw io::InputError(where, key, "\"" + name + "\", which is not in the data",
                       expected + " (searched " + kind + "/ in " + joined(folders_) + ")");
}

std::string DataLibrary::path(const std::string& relative) const {
  const std::string found = find(relative);
  if (found.empty()) throw io::InputError({relative, 0, 0}, "", "no such file", "it in one of " + joined(folders_));
  const std::lock_guard lock(read_->lock);
  read_->consulted[relative] = found;
  return found;
}

std::string DataLibrary::consulted() const {
  const std::lock_guard lock(read_->lock);
  std::string lines;
  for (const auto& [relative, found] : read_->consulted)
    lines += relative + " " + io::checksum_of(io::read_whole(found)) + "\n";
  return lines;
}

std::vector<std::string> DataLibrary::names(const std::string& kind) const {
  std::set<std::string> names;
  for (const std::string& folder : folders_) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / kind, error)) {
      if (entry.path().extension() == ".toml") names.insert(entry.path().stem().string());
    }
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> DataLibrary::kinds() const {
  std::set<std::string> kinds;
  for (const std::string& folder : folders_) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      const std::string kind = entry.path().filename().string();
      if (is_folder(entry.path()) && !names(kind).empty()) kinds.insert(kind);
    }
  }
  return {kinds.begin(), kinds.end()};
}

std::string DataLibrary::find(const std::string& relative) const {
  for (const std::string& folder : folders_) {
    const fs::path path = fs::path(folder) / relative;
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path.string();
  }
  return {};
}

}  // namespace nacre::scenarios
