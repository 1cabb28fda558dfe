#include "scenarios/inference/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"

namespace nacre::scenarios::inference {
namespace {

namespace fs = std::filesystem;
using io::InputError;

constexpr const char* heading = "nacre journal 1 ";

void append(std::string& bytes, const std::vector<double>& numbers) {
  const auto count = static_cast<std::uint32_t>(numbers.size());
  bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
}

/// The next list of numbers; false at the end, or where the rest is cut short.
bool take(const std::string& bytes, std::size_t& at, std::vector<double>& numbers) {
  std::uint32_t count = 0;
  if (bytes.size() < at + sizeof count) return false;
  std::memcpy(&count, bytes.data() + at, sizeof count);
  if (bytes.size() < at + sizeof count + count * sizeof(double)) return false;
  numbers.resize(count);
  std::memcpy(numbers.data(), bytes.data() + at + sizeof count, count * sizeof(double));
  at += sizeof count + count * sizeof(double);
  return true;
}

[[noreturn]] void cannot_write(const std::string& path) {
  throw InputError({path, 0, 0}, "", "", "a file that can be written, but: " + std::string(std::strerror(errno)));
}

/// Opens a journal and keeps all other programs from it. File systems without locks go without.
std::FILE* open_alone(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) cannot_write(path);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(file);
    throw InputError({path, 0, 0}, "", "the journal of a work that is running", "its end, or another output: -o");
  }
  return ::fdopen(file, "r+b");
}

}  // namespace

Journal::Journal(std::string path, const std::string& fingerprint, bool resume) : path_(std::move(path)) {
  const std::string first = heading + fingerprint + "\n";
  std::error_code error;
  const bool is_there = fs::exists(path_, error) && fs::file_size(path_, error) > 0;
  file_.reset(open_alone(path_));
  if (!file_) cannot_write(path_);
  resume&& is_there ? go_on(first) : begin(first);
}

void Journal::begin(const std::string& first) {
  unsaved_ = first;
  if (::ftruncate(::fileno(file_.get()), 0) != 0) cannot_write(path_);
  save();
}

void Journal::go_on(const std::string& first) {
  const std::string bytes = io::read_whole(path_);
  if (!bytes.starts_with(first)) {
    throw InputError({path_, 0, 0}, "",
                     "the journal of another work, or of a file, case, datum or program that changed",
                     "the same as before, or no --resume to begin anew");
  }
  std::size_t end = first.size();
  std::vector<double> point, values;
  for (std::size_t at = end; take(bytes, at, point) && take(bytes, at, values); end = at) {
    left_failed_ += values.empty();
    known_[point] = values;
  }
  left_ = known_.size();
  if (::ftruncate(::fileno(file_.get()), static_cast<off_t>(end)) != 0) cannot_write(path_);
  std::fseek(file_.get(), 0, SEEK_END);
}

const std::vector<double>* Journal::find(const std::vector<double>& point) const {
  const auto at = known_.find(point);
  return at == known_.end() ? nullptr : &at->second;
}

void Journal::add(const std::vector<double>& point, std::vector<double> values) {
  if (!path_.empty()) {
    append(unsaved_, point);
    append(unsaved_, values);
  }
  known_[point] = std::move(values);
}

void Journal::save() {
  if (path_.empty() || unsaved_.empty()) return;
  const bool written =
      std::fwrite(unsaved_.data(), 1, unsaved_.size(), file_.get()) == unsaved_.size() && std::fflush(file_.get()) == 0;
  if (!written && errno == ENOSPC) throw io::NoSpace(path_ + ": no space left for the journal");
  if (!written) cannot_write(path_);
  unsaved_.clear();
}

void Journal::remove() {
  std::error_code error;
  if (!path_.empty()) fs::remove(path_, error);
}

}  // namespace nacre::scenarios::inference
