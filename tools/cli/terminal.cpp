#include "tools/cli/terminal.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <system_error>

namespace nacre::cli {
namespace {

// A signal handler can reach nothing but flags that are free of locks; threads read them, too.
std::atomic<int> received = 0;
std::atomic<int> on_terminal = 0;
std::atomic<std::int64_t> first_at = 0;  // [ms]
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

constexpr const char* erase_line = "\r\033[K";
/// `timeout` and some shells send one signal twice, to the program and to its group.
constexpr std::int64_t same_signal = 300;  // [ms]

std::int64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1000000;
}

void say_stopping() {
  static constexpr char notice[] = "\r\033[Kstopping...\n";
  const std::size_t skipped = on_terminal ? 0 : 4;
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, notice + skipped, sizeof notice - 1 - skipped);
}

/// Does only what POSIX allows in a handler.
void note_signal(int number) {
  const int before = errno;
  if (received == 0) {
    first_at = now();
    received = number;
    say_stopping();
  } else if (number == SIGINT && now() - first_at > same_signal) {  // a person who does not want to wait
    std::signal(number, SIG_DFL);
    std::raise(number);  // comes when this handler is left
  }
  errno = before;
}

}  // namespace

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void complain(const std::string& text) {
  const std::string line = (isatty(STDERR_FILENO) ? erase_line : "") + text + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

bool is_seen() {
  return isatty(STDERR_FILENO) != 0;
}

bool is_seen_through_launcher() {
  std::error_code error;
  const std::filesystem::path process = "/proc/" + std::to_string(getppid());
  const std::filesystem::path goes_to = std::filesystem::read_symlink(process / "fd/2", error);
  return is_seen() || (!error && goes_to.string().starts_with("/dev/pts/"));
}

Progress::Progress() : terminal_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (terminal_) std::fputs(erase_line, stderr);
}

void Progress::show(const std::string& doing) {
  if (!terminal_) return;
  std::fprintf(stderr, "%s%.100s", erase_line, doing.c_str());
  std::fflush(stderr);
}

Interruption::Interruption(bool warnings) {
  received = 0;
  on_terminal = isatty(STDERR_FILENO);
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
  std::signal(SIGHUP, note_signal);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of writing, not an end
  if (warnings) std::signal(SIGUSR1, note_signal);
}

Interruption::~Interruption() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGHUP, SIG_DFL);
  std::signal(SIGUSR1, SIG_DFL);
}

int Interruption::signal() const {
  return received;
}

SignalsHeld::SignalsHeld() {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  sigaddset(&held, SIGTERM);
  sigprocmask(SIG_BLOCK, &held, &before_);
}

SignalsHeld::~SignalsHeld() {
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace nacre::cli
