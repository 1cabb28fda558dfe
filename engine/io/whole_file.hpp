#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

namespace nacre::io {

/// The disk is full: path and need are in what().
class NoSpace : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Whether a name leads, through links, to a device, a pipe or a socket.
bool is_stream(const std::string& path);

/// Throws when a file at `path` could not be written: InputError naming the path (no such folder, no permission,
/// read-only, a folder by that name, a ring of links, /dev/stdout when that is a file), NoSpace when not even an empty
/// file fits. Call it before a long run; it leaves nothing behind.
void require_writable(const std::string& path);

/// While it lives, a pipe at `path` stays open, so that its reader waits until the result comes. Throws InputError at
/// once when nobody reads it. Does nothing for files.
class StreamHeld {
 public:
  explicit StreamHeld(const std::string& path);
  ~StreamHeld();
  StreamHeld(const StreamHeld&) = delete;
  StreamHeld& operator=(const StreamHeld&) = delete;

 private:
  int file_;
};

/// What follows a file's name, with digits behind, in the name of a draft of it.
inline const std::string draft_mark = ".nacre-draft-";

/// Makes a folder and those above it, each of which survives a power cut. Throws NoSpace, or InputError when it cannot
/// be made.
void make_folder(const std::string& path);

/// Writes a file whole or not at all: under a temporary name in the same folder, fsync, rename, fsync of the folder.
/// What stood at `path` before stays until the rename. A link stays a link: the file that it leads to is replaced, or
/// made. A device or pipe is written to directly; nothing else below /dev (but /dev/shm) or /proc is.
/// Throws NoSpace when the disk or a quota is full, InputError when the place cannot be written.
void write_whole(const std::string& path, std::span<const char> bytes);

/// A file that grows on the disk and appears whole or not at all: written under a temporary name in the folder of its
/// target, which is what a link leads to; removed with its owner unless committed.
class Draft {
 public:
  /// Throws as require_writable does, and for a device or pipe: what grows on the disk cannot be one.
  explicit Draft(const std::string& path);
  ~Draft();
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  /// Open for reading and writing.
  int descriptor() const { return file_; }
  std::string name() const;
  /// Throws for an error of writing: NoSpace naming the target and the `need` in bytes, or InputError.
  [[noreturn]] void fail(int error, std::size_t need) const;
  /// Puts it in its place: fsync, rename, fsync of the folder. Throws as write_whole does.
  void commit(std::size_t size);

 private:
  std::string path_, target_;
  int file_ = -1;
};

/// Space on a disk kept for later, as a file beside `path` that goes with its owner.
class Reserve {
 public:
  explicit Reserve(std::string path) : path_(std::move(path)) {}
  ~Reserve() { release(); }
  Reserve(const Reserve&) = delete;
  Reserve& operator=(const Reserve&) = delete;

  std::size_t size() const { return size_; }
  /// Makes it at least so large. Throws NoSpace, and InputError when there can be no file.
  void grow(std::size_t bytes);
  /// Gives the space back.
  void release();

 private:
  std::string path_;
  int file_ = -1;
  std::size_t size_ = 0;
};

/// Writes all bytes at a place of an open file; 0, else the error. A short write may come without one: the next tells.
int write_at(int file, std::size_t offset, std::span<const char> bytes);

/// Reads a regular file into memory. Throws InputError: missing, a folder, unreadable.
std::string read_whole(const std::string& path);

/// A regular file, open for reading. Throws as read_whole does.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return file_; }

 private:
  int file_;
};

}  // namespace nacre::io
