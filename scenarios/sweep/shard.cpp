#include "scenarios/sweep/shard.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "engine/io/hdf5.hpp"
#include "engine/io/hdf5_seal.hpp"
#include "engine/io/input_error.hpp"
#include "scenarios/sweep/columns.hpp"
#include "scenarios/version.hpp"

namespace nacre::scenarios::sweep {
namespace {

namespace fs = std::filesystem;
using io::InputError;

[[noreturn]] void refuse(const std::string& path, const std::string& read) {
  throw InputError({path, 0, 0}, "", read, "a shard of a sweep as nacre wrote it");
}

/// The checksum that a file carries, and that its name carries.
void require_named_by_checksum(const std::string& path) {
  const std::string bytes = io::read_whole(path);
  const std::string_view image = io::sealed_image(bytes);
  if (image.empty()) refuse(path, "a damaged or truncated file");
  const std::string name = fs::path(path).stem().string();
  if (!name.ends_with("-" + io::checksum_of(image))) refuse(path, "a file with another checksum than in its name");
}

}  // namespace

std::string this_program() {
  return program_version() + " " + git_hash();
}

std::string write_shard(const std::string& folder, const Shard& shard) {
  io::Hdf5Writer writer("shard");
  write_identity(writer, shard.identity);
  write_records(writer, shard.layout, shard.records);
  const std::string bytes = writer.bytes();
  char name[80];
  std::snprintf(name, sizeof name, "%010llu-%s.h5", static_cast<unsigned long long>(shard.records.front().id),
                io::checksum_of(io::sealed_image(bytes)).c_str());
  const std::string path = (fs::path(folder) / name).string();
  io::write_whole(path, bytes);
  return path;
}

Shard read_shard(const std::string& path) {
  require_named_by_checksum(path);
  const io::Hdf5File file = io::Hdf5File::load(path);
  Shard shard;
  shard.identity = read_identity(file, path);
  shard.layout = read_layout(file, path);
  shard.records = read_records(file, shard.layout, path);
  if (shard.records.empty()) refuse(path, "no points");
  std::uint64_t least = 0;
  for (const Record& record : shard.records) {
    if (record.id >= shard.identity.points) refuse(path, "a point that the sweep does not have");
    if (record.id < least) refuse(path, "points in disorder");
    least = record.id + 1;
  }
  return shard;
}

std::vector<std::string> shards_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    // "0000000064-" and a checksum: whatever else lies there is not ours.
    if (entry.path().extension() == ".h5" && name.find_first_not_of("0123456789") == 10 && name[10] == '-')
      paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace nacre::scenarios::sweep
