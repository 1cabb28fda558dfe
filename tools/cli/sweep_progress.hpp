#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "scenarios/sweep/tally.hpp"

namespace nacre::cli {

/// "3.2 ms", "3.0 s", "12 min", "2.5 h".
std::string duration_text(double seconds);

/// Watches a running sweep from a thread of its own: on a terminal a bar with rate, time left and failures, elsewhere a
/// line a minute, with `quiet` nothing. Once `interrupted` holds and the points under way have not ended within 4 s, it
/// calls `give_up`, which is to save what there is and end the program.
class SweepProgress {
 public:
  SweepProgress(const scenarios::sweep::Tally& tally, bool quiet, std::function<bool()> interrupted,
                std::function<void()> give_up);
  ~SweepProgress();
  SweepProgress(const SweepProgress&) = delete;
  SweepProgress& operator=(const SweepProgress&) = delete;
  /// Since it was made [s].
  double seconds() const;

 private:
  void watch(const std::stop_token& ended);
  void show(double now, bool terminal);

  const scenarios::sweep::Tally& tally_;
  bool quiet_;
  std::function<bool()> interrupted_;
  std::function<void()> give_up_;
  double start_;
  double last_line_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace nacre::cli
