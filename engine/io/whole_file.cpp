#include "engine/io/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
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
    const std::string what = need == 0 ? "not even an empty file fits" : std::to_string(need) + " bytes are needed";
    throw NoSpace(path + ": no space left; " + what + " (" + std::strerror(error) + ")");
  }
  throw InputError({path, 0, 0}, "", "", std::string("a place that can be written, but: ") + std::strerror(error));
}

/// Where a name leads.
struct Place {
  std::string path;     ///< of the file itself, behind all links; its folder may not exist
  bool device = false;  ///< below /dev or /proc: the system's own, never renamed over
  bool stream = false;  ///< a device, pipe or socket: written to directly
};

bool is_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// Below /dev or /proc; /dev/shm is an ordinary folder for files.
bool is_device(const fs::path& path) {
  return is_below(path, "/proc") || (is_below(path, "/dev") && !is_below(path, "/dev/shm"));
}

/// The same file behind links among its folders.
fs::path in_real_folder(const fs::path& path) {
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const fs::path real = fs::weakly_canonical(folder, error);
  return (error ? folder : real) / path.filename();
}

/// Follows a chain of links, also one that ends at nothing yet.
Place place_of(const std::string& given) {
  constexpr int most_links = 40;  // as the kernel
  std::error_code error;
  fs::path path = in_real_folder(given);
  for (int links = 0; !is_device(path) && fs::is_symlink(path, error); ++links) {
    if (links == most_links) throw InputError({given, 0, 0}, "", "a ring of links", "the name of a file to write");
    path = in_real_folder(path.parent_path() / fs::read_symlink(path, error));
  }
  const fs::file_status status = fs::status(path, error);
  const bool stream = fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
  return {path.string(), is_device(path), stream};
}

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// A name in the same folder, for a rename does not cross file systems; one of each process, on whatever machine.
std::string temporary_name(const std::string& path) {
  static const std::string mark = [] {
    std::random_device random;
    return draft_mark + std::to_string((std::uint64_t{random()} << 32) | random());
  }();
  return path + mark;
}

int open_new(const std::string& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/// Writes all bytes; 0, else the error.
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

/// Opens a device or pipe without waiting for who reads it; from then on it is written to in the ordinary way.
int open_stream(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (file < 0 && errno == ENXIO)
    throw InputError({path, 0, 0}, "", "a pipe that nobody reads", "a reader that is there before, or a file");
  if (file < 0) fail(path, errno, 0);
  ::fcntl(file, F_SETFL, ::fcntl(file, F_GETFL) & ~O_NONBLOCK);
  return file;
}

void write_stream(const std::string& path, std::span<const char> bytes) {
  const Descriptor file(open_stream(path));
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

void require_regular(const std::string& path) {
  const Position where{path, 0, 0};
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw InputError(where, "", "", "a file, but there is none by this name");
  if (!fs::is_regular_file(status))
    throw InputError(where, "", fs::is_directory(status) ? "a folder" : "a device", "a file");
}

[[noreturn]] void refuse_reading(const std::string& path, int error) {
  throw InputError({path, 0, 0}, "", "", std::string("a readable file, but: ") + std::strerror(error));
}

}  // namespace

bool is_stream(const std::string& path) {
  return place_of(path).stream;
}

void require_writable(const std::string& path) {
  const Position where{path, 0, 0};
  std::error_code error;
  if (path.empty()) throw InputError({"output", 0, 0}, "", "an empty name", "the name of a file");
  const Place place = place_of(path);
  if (fs::is_directory(place.path, error)) throw InputError(where, "", "a folder", "the name of a file to write");
  if (place.device && !place.stream)
    throw InputError(where, "", fs::exists(place.path, error) ? "another name for a file that is open" : "no device",
                     "the name of the file itself, or of a device or pipe");
  const std::string folder = folder_of(place.path);
  if (!fs::exists(folder, error)) throw InputError(where, "", "", "an existing folder, but there is no " + folder);
  if (!fs::is_directory(folder, error)) throw InputError(where, "", "", "a folder, but " + folder + " is none");
  if (fs::exists(place.path, error) && ::access(place.path.c_str(), W_OK) != 0) fail(path, errno, 0);
  if (place.stream) return;
  const std::string name = temporary_name(place.path);
  const Descriptor file(open_new(name));
  if (!file.open()) fail(path, errno, 0);
  ::unlink(name.c_str());
}

int write_at(int file, std::size_t offset, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return written < 0 ? errno : ENOSPC;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::size_t>(written);
  }
  return 0;
}

StreamHeld::StreamHeld(const std::string& path) : file_(is_stream(path) ? open_stream(path) : -1) {}

StreamHeld::~StreamHeld() {
  if (file_ >= 0) ::close(file_);
}

void make_folder(const std::string& path) {
  std::error_code error;
  fs::path absolute = fs::absolute(path, error);
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  if (fs::is_directory(absolute, error)) return;
  if (absolute.parent_path() != absolute) make_folder(absolute.parent_path().string());
  if (::mkdir(absolute.c_str(), 0777) != 0 && errno != EEXIST) {
    if (means_full(errno)) fail(path, errno, 0);
    throw InputError({path, 0, 0}, "", "", std::string("a folder that can be made, but: ") + std::strerror(errno));
  }
  sync_folder(absolute.parent_path().string());
}

void write_whole(const std::string& path, std::span<const char> bytes) {
  if (is_stream(path)) return write_stream(path, bytes);
  require_writable(path);
  const std::string target = place_of(path).path;
  const std::string name = temporary_name(target);
  int error = write_temporary(name, bytes);
  if (error == 0 && ::rename(name.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(name.c_str());
    fail(path, error, bytes.size());
  }
  sync_folder(folder_of(target));
}

Draft::Draft(const std::string& path) : path_(path) {
  require_writable(path);
  const Place place = place_of(path);
  if (place.stream) throw InputError({path, 0, 0}, "", "a device or pipe", "the name of a file to write");
  target_ = place.path;
  file_ = ::open(name().c_str(), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (file_ < 0) io::fail(path, errno, 0);
}

Draft::~Draft() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(name().c_str());
}

std::string Draft::name() const {
  return temporary_name(target_);
}

void Draft::fail(int error, std::size_t need) const {
  io::fail(path_, error, need);
}

void Draft::commit(std::size_t size) {
  if (::fsync(file_) != 0 && errno != EINVAL) fail(errno, size);
  if (::rename(name().c_str(), target_.c_str()) != 0) fail(errno, size);
  const Descriptor file(std::exchange(file_, -1));
  sync_folder(folder_of(target_));
}

void Reserve::grow(std::size_t bytes) {
  if (bytes <= size_) return;
  const std::string name = temporary_name(path_);
  if (file_ < 0) file_ = open_new(name);
  if (file_ < 0) fail(path_, errno, bytes);
  int error = EINTR;
  while (error == EINTR) error = ::posix_fallocate(file_, 0, static_cast<off_t>(bytes));
  if (error != 0) fail(path_, error, bytes);
  size_ = bytes;
}

void Reserve::release() {
  if (file_ < 0) return;
  ::close(std::exchange(file_, -1));
  ::unlink(temporary_name(path_).c_str());
  size_ = 0;
}

std::string read_whole(const std::string& path) {
  require_regular(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse_reading(path, errno);
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  std::string bytes(unknown ? 0 : static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (file) bytes.append(std::istreambuf_iterator<char>(file), {});  // what has no size, or has grown
  if (file.bad()) throw InputError({path, 0, 0}, "", "", "a readable file, but reading it failed");
  return bytes;
}

OpenFile::OpenFile(const std::string& path) : file_(-1) {
  require_regular(path);
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) refuse_reading(path, errno);
}

OpenFile::~OpenFile() {
  ::close(file_);
}

}  // namespace nacre::io
