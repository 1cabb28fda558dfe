#include "engine/io/hdf5_seal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace nacre::io {
namespace {

constexpr std::string_view label = "\nnacre fnv1a64 ";
constexpr std::size_t length = label.size() + 16 + 1;

std::string line_of(const Checksum& checksum) {
  return std::string(label) + checksum.digits() + "\n";
}

/// Bytes of a file from an offset on, as many as fit into `to`, or fewer at its end.
std::string_view read_at(int file, std::size_t offset, std::string& to) {
  for (;;) {
    const ssize_t count = ::pread(file, to.data(), to.size(), static_cast<off_t>(offset));
    if (count >= 0) return {to.data(), static_cast<std::size_t>(count)};
    if (errno != EINTR) throw std::runtime_error(std::string("reading failed: ") + std::strerror(errno));
  }
}

Checksum checksum_of(int file, std::size_t size) {
  Checksum checksum;
  std::string block(std::size_t{1} << 20, '\0');
  for (std::size_t at = 0; at < size;) {
    const std::string_view bytes = read_at(file, at, block).substr(0, size - at);
    if (bytes.empty()) throw std::runtime_error("reading failed: the file ends too early");
    checksum.add(bytes);
    at += bytes.size();
  }
  return checksum;
}

}  // namespace

/// Fowler, Noll, Vo: offset basis and prime of 64 bits (draft-eastlake-fnv).
void Checksum::add(std::string_view bytes) {
  std::uint64_t hash = hash_;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  hash_ = hash;
}

std::string Checksum::digits() const {
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(hash_ >> shift) & 15U];
  return digits;
}

std::string checksum_of(std::string_view bytes) {
  Checksum checksum;
  checksum.add(bytes);
  return checksum.digits();
}

std::string seal_of(std::string_view image) {
  Checksum checksum;
  checksum.add(image);
  return line_of(checksum);
}

std::string_view sealed_image(std::string_view file) {
  if (file.size() <= length) return {};
  const std::string_view image = file.substr(0, file.size() - length);
  const std::string_view seal = file.substr(image.size());
  return seal.starts_with(label) && seal == seal_of(image) ? image : std::string_view{};
}

std::string seal_of(int file, std::size_t size) {
  return line_of(checksum_of(file, size));
}

std::size_t sealed_size(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0 || status.st_size <= static_cast<off_t>(length)) return 0;
  const std::size_t size = static_cast<std::size_t>(status.st_size) - length;
  std::string seal(length, '\0');
  const std::string_view read = read_at(file, size, seal);
  return read.starts_with(label) && read == seal_of(file, size) ? size : 0;
}

}  // namespace nacre::io
