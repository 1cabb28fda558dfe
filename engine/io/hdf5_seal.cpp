#include "engine/io/hdf5_seal.hpp"

#include <cstdint>

namespace nacre::io {
namespace {

constexpr std::string_view label = "\nnacre fnv1a64 ";
constexpr std::size_t length = label.size() + 16 + 1;

/// Fowler, Noll, Vo: offset basis and prime of 64 bits (draft-eastlake-fnv).
std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  return hash;
}

}  // namespace

std::string checksum_of(std::string_view bytes) {
  const std::uint64_t hash = fnv1a(bytes);
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(hash >> shift) & 15U];
  return digits;
}

std::string seal_of(std::string_view image) {
  return std::string(label) + checksum_of(image) + "\n";
}

std::string_view sealed_image(std::string_view file) {
  if (file.size() <= length) return {};
  const std::string_view image = file.substr(0, file.size() - length);
  const std::string_view seal = file.substr(image.size());
  return seal.starts_with(label) && seal == seal_of(image) ? image : std::string_view{};
}

}  // namespace nacre::io
