#include "tools/cli/search_progress.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <stdexcept>

#include "engine/io/input_error.hpp"
#include "engine/io/whole_file.hpp"
#include "tools/cli/sweep_progress.hpp"
#include "tools/cli/terminal.hpp"

namespace nacre::cli {
namespace {

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

SearchProgress::SearchProgress(const scenarios::inference::Progress& progress, bool quiet)
    : progress_(progress), terminal_(is_seen()) {
  if (!quiet) thread_ = std::jthread([this](const std::stop_token& ended) { watch(ended); });
}

SearchProgress::~SearchProgress() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  if (terminal_) std::fputs("\r\033[K", stderr);
}

void SearchProgress::watch(const std::stop_token& ended) {
  std::mutex mutex;
  std::condition_variable_any wake;
  const double start = now_seconds();
  double last = start;
  while (!ended.stop_requested()) {
    std::unique_lock lock(mutex);
    wake.wait_for(lock, ended, std::chrono::milliseconds(250), [] { return false; });
    const double now = now_seconds();
    if (ended.stop_requested() || (!terminal_ && now - last < 60)) continue;
    last = now;
    std::string line = std::to_string(progress_.evaluations) + " points, " + duration_text(now - start);
    if (progress_.recalled > 0) line += ", " + std::to_string(progress_.recalled) + " known before";
    if (progress_.failed > 0) line += ", " + std::to_string(progress_.failed) + " failed";
    char best[40] = "";
    if (progress_.best >= 0) std::snprintf(best, sizeof best, ", best misfit %.4g", progress_.best.load());
    std::fprintf(stderr, terminal_ ? "\r\033[K%.110s" : "%s\n", (line + best).c_str());
    std::fflush(stderr);
  }
}

parallel::Workers search_workers(const std::string& backend, int threads) {
  parallel::Workers workers;
  try {
    workers.backend = parallel::backend_of(backend);
  } catch (const std::invalid_argument& error) {
    throw io::InputError({"--backend", 0, 0}, "", error.what(), "one of them");
  }
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  workers.count = workers.backend == parallel::Backend::serial ? 1 : threads > 0 ? threads : cores;
  return workers;
}

scenarios::inference::Journal journal_beside(const std::string& output, const std::vector<std::string>& read,
                                             bool resume, const std::string& fingerprint) {
  if (output.empty() && resume)
    throw io::InputError({"--resume", 0, 0}, "", "no -o", "the output whose journal is to be gone on with");
  if (output.empty()) return {};
  std::error_code error;
  for (const std::string& file : read)
    if (std::filesystem::equivalent(file, output, error))
      throw io::InputError({output, 0, 0}, "-o", "a file that is read for it", "another file for the result");
  if (io::is_stream(output))
    throw io::InputError({output, 0, 0}, "-o", "a device or pipe",
                         "a file; without -o, or by --json, the result is printed");
  io::require_writable(output);
  return {output + ".journal", fingerprint, resume};
}

}  // namespace nacre::cli
