#include "scenarios/sweep/run.hpp"

#include <chrono>
#include <cmath>
#include <exception>
#include <limits>

namespace nacre::scenarios::sweep {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint64_t open_points(Share share, const Holdings& holdings) {
  if (holdings.count == 0) return size_of(share, holdings.done.size());
  std::uint64_t open = 0;
  for (std::uint64_t id = share.number - 1; id < holdings.done.size(); id += share.of)
    open += holdings.done[id] ? 0 : 1;
  return open;
}

}  // namespace

/// The ids number - 1, number - 1 + of, ... below `points`.
std::uint64_t size_of(Share share, std::uint64_t points) {
  const std::uint64_t first = share.number - 1;
  return first >= points ? 0 : (points - first - 1) / share.of + 1;
}

Loop loop_of(const parallel::Workers& workers) {
  return [workers](std::size_t count, const parallel::Body& body, const parallel::Stop& stop) {
    parallel::for_each(workers, count, body, stop);
  };
}

void run_points(const Loop& loop, Share share, const Holdings& holdings, std::size_t width, const Compute& compute,
                const parallel::Stop& stop, Recorder& recorder, Tally& tally) {
  tally.to_do = open_points(share, holdings);
  const auto body = [&](std::size_t worker, std::size_t index) {
    const std::uint64_t id = share.number - 1 + index * share.of;
    if (holdings.done[id]) return;
    const double start = seconds_now();
    Record record{id, Status::failed, std::vector<double>(width, nan), ""};
    compute(worker, record);
    const double seconds = seconds_now() - start;
    const std::string reason = record.reason;
    const std::vector<std::string> warnings = record.warnings;
    const bool failed = record.status != Status::ok;
    recorder.add(worker, std::move(record), seconds);
    tally.note(id, seconds, failed ? &reason : nullptr, warnings);
  };
  std::exception_ptr failure;
  try {
    loop(size_of(share, holdings.done.size()), body, stop);
  } catch (...) {
    failure = std::current_exception();
  }
  try {
    recorder.save();
  } catch (...) {
    if (!failure) failure = std::current_exception();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace nacre::scenarios::sweep
