#include "scenarios/inference/runner.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <regex>
#include <utility>

namespace nacre::scenarios::inference {
namespace {

using Point = nacre::inference::Point;

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void Runner::count(const std::string& reason) {
  const std::string without_numbers = std::regex_replace(reason, std::regex("[0-9][0-9.e+-]*"), "#");
  ++reasons_[told_.try_emplace(without_numbers, reason).first->second];
}

std::vector<std::vector<double>> Runner::rows(const std::vector<Point>& points) {
  std::vector<std::vector<double>> values;
  for (const Point& point : points) {
    std::vector<double> at(point.size());
    for (std::size_t k = 0; k < point.size(); ++k) at[k] = model_.parameters()[k].value(point[k]);
    values.push_back(std::move(at));
  }
  return rows_at(values);
}

std::vector<std::vector<double>> Runner::rows_at(const std::vector<std::vector<double>>& points) {
  std::vector<std::size_t> open;
  std::map<std::vector<double>, std::size_t> asked;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (journal_.find(points[i]))
      ++progress_.recalled;
    else if (asked.emplace(points[i], i).second)
      open.push_back(i);
  }
  const double start = seconds_now();
  const std::size_t scenes = model_.scenes();
  std::vector<std::vector<double>> computed(
      open.size(), std::vector<double>(model_.width(), std::numeric_limits<double>::quiet_NaN()));
  std::vector<std::string> reasons(open.size() * scenes);
  std::vector<char> done(open.size() * scenes, 0);
  parallel::for_each(
      running_.workers, open.size() * scenes,
      [&](std::size_t, std::size_t task) {
        const std::size_t i = task / scenes;
        model_.run(task % scenes, points[open[i]], computed[i], reasons[task]);
        done[task] = 1;
        if (task % scenes == scenes - 1) ++progress_.evaluations;
      },
      running_.stop);
  for (std::size_t i = 0; i < open.size(); ++i) {
    bool whole = true;
    std::string reason;
    for (std::size_t s = 0; s < scenes; ++s) {
      whole = whole && done[i * scenes + s] != 0;
      if (reason.empty()) reason = reasons[i * scenes + s];
    }
    if (!whole) continue;  // stopped before
    model_.finish(computed[i]);
    const bool any = std::any_of(computed[i].begin(), computed[i].end(), [](double x) { return std::isfinite(x); });
    const bool failed = model_.has_gaps() ? !any : !nacre::inference::is_sound(computed[i]);
    if (failed) ++progress_.failed, count(reason);
    journal_.add(points[open[i]], failed ? std::vector<double>{} : std::move(computed[i]));
  }
  seconds_ += seconds_now() - start;
  journal_.save();
  std::vector<std::vector<double>> rows;
  for (const std::vector<double>& point : points) {
    const std::vector<double>* known = journal_.find(point);
    rows.push_back(known ? *known : std::vector<double>{});
  }
  return rows;
}

}  // namespace nacre::scenarios::inference
