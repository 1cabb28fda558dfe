#include "engine/io/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "engine/io/input_error.hpp"

namespace nacre::io {
namespace {

namespace fs = std::filesystem;

/// An open file, closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  /// Some file systems report a full disk only here.
  bool close() {
    const int number = std::exchange(number_, -1);
    return number < 0 || ::close(number) == 0;
  }

 private:
  int number_;
};

bool means_full(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

[[noreturn]] void fail(const std::string& path, int error, std::size_t need) {
  if (means_full(error)) {
    throw NoSpace(path + ": no space left; " + std::to_string(need) + " bytes are needed (" + std::strerror(error) +
                  ")");
  }
  throw InputError({path, 0, 0}, "", "", std::string("a place that can be written, but: ") + std::strerror(error));
}

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// A name in the same folder, for a rename does not cross file systems; one of each process.
std::string temporary_name(const std::string& path) {
  return path + ".part" + std::to_string(::getpid());
}

int open_new(const std::string& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/// Writes all bytes; 0, else the error. A short write may come without an error: the next one then tells.
int write_all(int file, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

void sync_folder(const std::string& folder) {
  const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.open()) ::fsync(file.number());  // not every file system can; the file itself is safe by now
}

bool is_stream(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

void write_stream(const std::string& path, std::span<const char> bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.open()) fail(path, errno, bytes.size());
  if (const int error = write_all(file.number(), bytes)) fail(path, error, bytes.size());
}

/// The temporary file, complete and on the disk; 0, else the error.
int write_temporary(const std::string& name, std::span<const char> bytes) {
  Descriptor file(open_new(name));
  if (!file.open()) return errno;
  if (const int error = write_all(file.number(), bytes)) return error;
  if (::fsync(file.number()) != 0 && errno != EINVAL) return errno;
  return file.close() ? 0 : errno;
}

}  // namespace

void require_writable(const std::string& path) {
  const Position where{path, 0, 0};
  std::error_code error;
  if (path.empty()) throw InputError({"output", 0, 0}, "", "an empty name", "the name of a file");
  if (fs::is_directory(path, error)) throw InputError(where, "", "a folder", "the name of a file to write");
  const std::string folder = folder_of(path);
  if (!fs::exists(folder, error)) throw InputError(where, "", "", "an existing folder, but there is no " + folder);
  if (!fs::is_directory(folder, error)) throw InputError(where, "", "", "a folder, but " + folder + " is none");
  if (fs::exists(path, error) && ::access(path.c_str(), W_OK) != 0) fail(path, errno, 0);
  if (is_stream(path)) return;
  const std::string name = temporary_name(path);
  const Descriptor file(open_new(name));
  if (!file.open()) fail(path, errno, 0);
  ::unlink(name.c_str());
}

void write_whole(const std::string& path, std::span<const char> bytes) {
  if (is_stream(path)) return write_stream(path, bytes);
  require_writable(path);
  const std::string name = temporary_name(path);
  int error = write_temporary(name, bytes);
  if (error == 0 && ::rename(name.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(name.c_str());
    fail(path, error, bytes.size());
  }
  sync_folder(folder_of(path));
}

std::string read_whole(const std::string& path) {
  const Position where{path, 0, 0};
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw InputError(where, "", "", "a file, but there is none by this name");
  if (!fs::is_regular_file(status))
    throw InputError(where, "", fs::is_directory(status) ? "a folder" : "a device", "a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw InputError(where, "", "", std::string("a readable file, but: ") + std::strerror(errno));
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) throw InputError(where, "", "", "a readable file, but reading it failed");
  return bytes;
}

}  // namespace nacre::io
