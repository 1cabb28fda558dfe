#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "scenarios/sweep/tally.hpp"

namespace nacre::cli {

/// "3.2 ms", "3.0 s", "12 min", "2.5 h".
std::string duration_text(double seconds);

/// How a running sweep is shown on standard error: not at all, a line a minute, or a bar on a terminal.
enum class Shown { nothing, lines, bar };

/// What is to be done once a sweep is interrupted.
struct OnInterruption {
  std::function<bool()> interrupted;
  std::function<void()> at_once;  ///< save what there is: whoever sent the signal may not wait for the points under way
  std::function<void()> give_up;  ///< they have not ended within 4 s: save what there is and end the program
};

/// Watches a running sweep from a thread of its own: shows rate, time left and failures, and acts on an interruption.
class SweepProgress {
 public:
  SweepProgress(const scenarios::sweep::Tally& tally, Shown shown, OnInterruption on_interruption);
  ~SweepProgress();
  SweepProgress(const SweepProgress&) = delete;
  SweepProgress& operator=(const SweepProgress&) = delete;
  /// Since it was made [s].
  double seconds() const;

 private:
  void watch(const std::stop_token& ended);
  void show(double now);

  const scenarios::sweep::Tally& tally_;
  Shown shown_;
  OnInterruption on_interruption_;
  double start_;
  double last_line_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace nacre::cli
