#include "tools/cli/terminal.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>

namespace nacre::cli {
namespace {

// A signal handler can reach nothing but a flag, and threads read it.
std::atomic<int> received = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void note_signal(int number) {
  received = number;
  std::signal(number, SIG_DFL);
}

constexpr const char* erase_line = "\r\033[K";

}  // namespace

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void complain(const std::string& text) {
  const std::string line = (isatty(STDERR_FILENO) ? erase_line : "") + text + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
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
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
  if (warnings) std::signal(SIGUSR1, note_signal);
}

Interruption::~Interruption() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
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
