#pragma once
#include <unistd.h>

#include <filesystem>
#include <iterator>
#include <string>

namespace nacre::io::test {

/// A folder for one test case of one process, removed at the end: tests of two builds may run at once.
class Scratch {
 public:
  Scratch() : path_(std::filesystem::temp_directory_path() / ("nacre-test-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator());
  }

 private:
  std::filesystem::path path_;
};

}  // namespace nacre::io::test
