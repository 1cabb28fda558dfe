#include "engine/io/provenance.hpp"

#include <hdf5.h>
#include <sys/utsname.h>

#include <array>
#include <ctime>
#include <fstream>
#include <thread>

namespace nacre::io {
namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  std::array<char, 32> text{};
  if (gmtime_r(&now, &parts) == nullptr) return {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// The name of the first processor, as Linux gives it.
std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return {};
}

std::string compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

std::string hdf5_version() {
  unsigned major = 0, minor = 0, release = 0;
  if (H5get_libversion(&major, &minor, &release) < 0) return {};
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

}  // namespace

std::map<std::string, std::string> collect_provenance() {
  std::map<std::string, std::string> facts{
      {"time", utc_now()},      {"processor", processor()},
      {"compiler", compiler()}, {"processor_cores", std::to_string(std::thread::hardware_concurrency())},
      {"hdf5", hdf5_version()}, {"cxx_standard", std::to_string(__cplusplus)},
  };
  utsname system{};
  if (uname(&system) == 0) {
    facts["host"] = system.nodename;
    facts["operating_system"] = std::string(system.sysname) + " " + system.release + " " + system.machine;
  }
  std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
  return facts;
}

void write_provenance(Hdf5Writer& writer, const std::map<std::string, std::string>& facts) {
  for (const auto& [name, fact] : facts) writer.attribute("/provenance", name, fact);
}

}  // namespace nacre::io
