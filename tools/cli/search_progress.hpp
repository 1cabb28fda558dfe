#pragma once
#include <thread>

#include "scenarios/inference/runner.hpp"

namespace nacre::cli {

/// Shows from a thread of its own how far a fit, a sampling or a design has come: a line on a terminal that is
/// overwritten, else one a minute, on standard error.
class SearchProgress {
 public:
  SearchProgress(const scenarios::inference::Progress& progress, bool quiet);
  ~SearchProgress();
  SearchProgress(const SearchProgress&) = delete;
  SearchProgress& operator=(const SearchProgress&) = delete;

 private:
  void watch(const std::stop_token& ended);

  const scenarios::inference::Progress& progress_;
  bool terminal_;
  std::jthread thread_;  // last: it uses all of the above
};

/// Workers of a backend, as the command line names it, of so many threads; 0: one a core. Throws io::InputError.
parallel::Workers search_workers(const std::string& backend, int threads);

/// The seed or the points of a search must not be lost silently: the journal beside an output. Throws io::InputError:
/// --resume without -o, an output that cannot be written, is no file, or is one of those that are `read`.
scenarios::inference::Journal journal_beside(const std::string& output, const std::vector<std::string>& read,
                                             bool resume, const std::string& fingerprint);

}  // namespace nacre::cli
