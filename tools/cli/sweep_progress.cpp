#include "tools/cli/sweep_progress.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <utility>

namespace nacre::cli {
namespace {

constexpr double patience = 4;        // for the points under way after a signal [s]
constexpr double between_lines = 60;  // where there is no terminal [s]

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string bar(double share) {
  constexpr std::size_t width = 24;
  const auto full = static_cast<std::size_t>(share * static_cast<double>(width));
  return "[" + std::string(full, '#') + std::string(width - full, '.') + "]";
}

}  // namespace

std::string duration_text(double seconds) {
  char text[32];
  if (seconds < 0.1)
    std::snprintf(text, sizeof text, "%.2g ms", 1e3 * seconds);
  else if (seconds < 10)
    std::snprintf(text, sizeof text, "%.1f s", seconds);
  else if (seconds < 120)
    std::snprintf(text, sizeof text, "%.0f s", seconds);
  else if (seconds < 7200)
    std::snprintf(text, sizeof text, "%.0f min", seconds / 60);
  else
    std::snprintf(text, sizeof text, "%.1f h", seconds / 3600);
  return text;
}

SweepProgress::SweepProgress(const scenarios::sweep::Tally& tally, Shown shown, OnInterruption on_interruption)
    : tally_(tally),
      shown_(shown),
      on_interruption_(std::move(on_interruption)),
      start_(now_seconds()),
      last_line_(start_),
      thread_([this](const std::stop_token& ended) { watch(ended); }) {}

SweepProgress::~SweepProgress() {
  thread_.request_stop();
  thread_.join();
  if (shown_ == Shown::bar) std::fputs("\r\033[K", stderr);
}

double SweepProgress::seconds() const {
  return now_seconds() - start_;
}

void SweepProgress::watch(const std::stop_token& ended) {
  std::mutex mutex;
  std::condition_variable_any wake;
  double interrupted_at = 0;
  while (!ended.stop_requested()) {
    const double now = now_seconds();
    if (on_interruption_.interrupted() && interrupted_at == 0) {
      interrupted_at = now;
      on_interruption_.at_once();
    }
    if (interrupted_at != 0 && now - interrupted_at > patience) on_interruption_.give_up();
    if (shown_ == Shown::bar || (shown_ == Shown::lines && now - last_line_ >= between_lines)) show(now);
    std::unique_lock lock(mutex);
    wake.wait_for(lock, ended, std::chrono::milliseconds(200), [] { return false; });
  }
}

void SweepProgress::show(double now) {
  last_line_ = now;
  const double done = static_cast<double>(tally_.done), all = static_cast<double>(tally_.to_do);
  if (all == 0) return;
  const double rate = done / std::max(now - start_, 1e-3);
  char text[120];
  std::snprintf(text, sizeof text, " %.0f of %.0f, %.3g/s, %s left", done, all, rate,
                done > 0 ? duration_text((all - done) / rate).c_str() : "?");
  std::string line = bar(std::min(1.0, done / all)) + text;
  if (tally_.failed > 0) line += ", " + std::to_string(tally_.failed) + " failed";
  std::fprintf(stderr, shown_ == Shown::bar ? "\r\033[K%.110s" : "%s\n", line.c_str());
  std::fflush(stderr);
}

}  // namespace nacre::cli
