#pragma once
#include <signal.h>

#include <string>

namespace nacre::cli {

/// Writes to standard output.
void print(const std::string& text);
/// Writes a line to standard error, over any progress.
void complain(const std::string& text);

/// Whether a person sees standard error: it is a terminal or, where a launcher such as mpirun passes it on through a
/// pipe, the launcher's is.
bool is_seen();
bool is_seen_through_launcher();

/// A line of progress on standard error, overwritten by the next; nothing where that is not a terminal.
class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void show(const std::string& doing);

 private:
  bool terminal_;
};

/// From its construction on, the first SIGINT or SIGTERM (with `warnings` also SIGUSR1, by which a cluster warns) says
/// "stopping..." and raises a flag, so that what is finished can be kept; another one later ends the program at once.
/// One at a time.
class Interruption {
 public:
  explicit Interruption(bool warnings = false);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  /// The signal that came, or 0. Any thread may ask.
  int signal() const;
};

/// While it lives, SIGINT and SIGTERM wait: a file that is being written is finished first.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_;
};

}  // namespace nacre::cli
