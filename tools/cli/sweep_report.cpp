#include "tools/cli/sweep_report.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <set>

#include "scenarios/sweep/run.hpp"
#include "scenarios/words.hpp"
#include "tools/cli/sweep_progress.hpp"

namespace nacre::cli {
namespace {

using namespace scenarios::sweep;

constexpr std::uint64_t shown_points = 5;
constexpr double sample_seconds = 10;  // of a dry run

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string values_text(const Sweep& sweep, std::uint64_t id) {
  const std::vector<double> coordinates = sweep.space.coordinates(id);
  std::string text;
  for (std::size_t a = 0; a < coordinates.size(); ++a) {
    const Axis& axis = sweep.space.axes()[a];
    const io::Entry entry = axis.entry(coordinates[a]);
    const std::string value = axis.holds_words()
                                  ? std::get<std::string>(entry.value)
                                  : short_number(coordinates[a]) + (axis.unit() == "1" ? "" : " " + axis.unit());
    text += (a == 0 ? "" : ", ") + axis.key() + " = " + value;
  }
  return text;
}

std::string size_text(double bytes) {
  char text[32];
  if (bytes < 1e6)
    std::snprintf(text, sizeof text, "%.0f kB", std::max(1.0, bytes / 1e3));
  else if (bytes < 1e9)
    std::snprintf(text, sizeof text, "%.1f MB", bytes / 1e6);
  else
    std::snprintf(text, sizeof text, "%.1f GB", bytes / 1e9);
  return text;
}

/// Seconds a point, from the first, the last and those halfway between, as far as the time goes.
std::string timed_sample(const Sweep& sweep, const scenarios::DataLibrary& library, int workers, std::uint64_t count) {
  const auto compute = compute_points(sweep, library, 1);
  const auto start = std::chrono::steady_clock::now();
  double seconds = 0;
  int computed = 0;
  std::string failures;
  std::set<std::string> warnings;
  const std::uint64_t last = sweep.space.size() - 1;
  for (const std::uint64_t id : std::set<std::uint64_t>{0, last / 4, last / 2, last - last / 4, last}) {
    Record record{id, Status::failed,
                  std::vector<double>(sweep.layout.width(), std::numeric_limits<double>::quiet_NaN()), ""};
    compute(0, record);
    ++computed;
    for (const std::string& warning : record.warnings) warnings.insert(warning);
    if (record.status != Status::ok) failures += "  point " + std::to_string(id) + " fails: " + record.reason + "\n";
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (seconds > sample_seconds) break;
  }
  for (const std::string& warning : warnings) failures += "  warning of some of these: " + warning + "\n";
  const double points = static_cast<double>(count);
  const double each = seconds / computed;
  return "a point takes " + duration_text(each) + " (mean of " + std::to_string(computed) + "), all about " +
         duration_text(each * points / std::min<double>(workers, points)) + " with " + std::to_string(workers) +
         (workers == 1 ? " worker" : " workers") + "\n" + failures;
}

}  // namespace

std::string contents_text(const Contents& contents) {
  if (contents.points == 0) return "intact";
  std::string text = std::to_string(contents.points) + (contents.points == 1 ? " point, " : " points, ") +
                     std::to_string(contents.done - contents.failed) + " ok, " + std::to_string(contents.failed) +
                     " failed";
  if (contents.warned > 0) text += ", " + std::to_string(contents.warned) + " with warnings";
  if (contents.done < contents.points) text += ", " + std::to_string(contents.points - contents.done) + " not computed";
  if (!contents.damaged.empty()) text += ", " + std::to_string(contents.damaged.size()) + " damaged shards";
  return text;
}

std::string run_text(const Sweep& sweep, const Tally& tally, const Holdings& before, double seconds) {
  std::string text = std::to_string(tally.done) + " points computed in " + duration_text(seconds);
  if (before.count > 0) text += "; " + std::to_string(before.count) + " were there";
  if (tally.failed > 0) text += "; " + std::to_string(tally.failed) + " failed";
  text += "\n";
  for (const Remark& slow : tally.slowest()) {
    text += "  slow: " + duration_text(slow.seconds) + ", point " + std::to_string(slow.id) + ": " +
            values_text(sweep, slow.id) + "\n";
  }
  const std::vector<Remark> failures = tally.failures();
  for (const Remark& failure : failures) {
    text += "  failed: point " + std::to_string(failure.id) + ": " + values_text(sweep, failure.id) + ": " +
            failure.reason + "\n";
  }
  for (const auto& [warning, count] : tally.warnings())
    text += "  warning: " + std::to_string(count) + (count == 1 ? " point: " : " points: ") + warning + "\n";
  if (tally.failed > failures.size()) text += "  ... and others; every reason is in the file\n";
  return text;
}

std::string dry_run_text(const Sweep& sweep, const scenarios::DataLibrary& library, int workers, const Share& share) {
  const std::uint64_t points = sweep.space.size();
  std::string text = (sweep.title.empty() ? sweep.path : sweep.title) + "\n" + std::to_string(points) + " points\n";
  for (std::uint64_t id = 0; id < std::min(points, shown_points); ++id) {
    text += "  " + std::to_string(id) + ": " + values_text(sweep, id) + "\n";
  }
  if (points > shown_points) text += "  ...\n";
  const double bytes = static_cast<double>(points) * static_cast<double>((sweep.layout.width() + 2) * sizeof(double));
  text += "kept of each: " + std::to_string(sweep.layout.width()) + " numbers, " + size_text(bytes) + " in all\n";
  const std::uint64_t mine = size_of(share, points);
  if (share.of > 1)
    text += "share " + std::to_string(share.number) + "/" + std::to_string(share.of) + ": " + std::to_string(mine) +
            " of the points\n";
  return text + timed_sample(sweep, library, workers, mine);
}

}  // namespace nacre::cli
