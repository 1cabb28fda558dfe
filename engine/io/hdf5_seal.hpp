#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nacre::io {

/// The last line of a result file, after the end of the HDF5 image, where HDF5 does not look: "nacre fnv1a64 " and 16
/// hexadecimal digits of the FNV-1a hash of all bytes before it. HDF5 1.10 checks no data and can crash on a damaged
/// file, so nothing is given to it that does not match. Every change of one byte changes the hash.
std::string seal_of(std::string_view image);

/// The hash of a seal, for bytes that come in parts.
class Checksum {
 public:
  void add(std::string_view bytes);
  /// 16 hexadecimal digits.
  std::string digits() const;

 private:
  std::uint64_t hash_ = 14695981039346656037ULL;
};

/// The 16 hexadecimal digits of a seal: FNV-1a with 64 bits.
std::string checksum_of(std::string_view bytes);

/// The image of a sealed file: empty when there is no seal or it does not match.
std::string_view sealed_image(std::string_view file);

/// The same for an open file that does not fit into memory: the seal of its first `size` bytes, and the size of the
/// image in a sealed file (0 when there is no seal or it does not match). Both throw std::runtime_error when it cannot
/// be read.
std::string seal_of(int file, std::size_t size);
std::size_t sealed_size(int file);

}  // namespace nacre::io
