#pragma once
#include <span>
#include <stdexcept>
#include <string>

namespace nacre::io {

/// The disk is full: path and need are in what().
class NoSpace : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws when a file at `path` could not be written: InputError naming the path (no such folder, no permission,
/// read-only, a folder by that name), NoSpace when not even an empty file fits. Call it before a long run; it leaves
/// nothing behind.
void require_writable(const std::string& path);

/// Writes a file whole or not at all: under a temporary name in the same folder, fsync, rename, fsync of the folder.
/// What stood at `path` before stays until the rename. A device or pipe at `path` is written to directly.
/// Throws NoSpace when the disk or a quota is full, InputError when the place cannot be written.
void write_whole(const std::string& path, std::span<const char> bytes);

/// Reads a regular file into memory. Throws InputError: missing, a folder, unreadable.
std::string read_whole(const std::string& path);

}  // namespace nacre::io
