#include "engine/inference/profile.hpp"

#include <algorithm>

namespace nacre::inference {
namespace {

constexpr double enough = 4;  // beyond the 95 % limit of one parameter, 3.841
constexpr double limit68 = 1, limit95 = 3.841;
constexpr int most_steps = 60;     // from a ten-thousandth of the range, growing, to the bounds
constexpr int most_halvings = 24;  // of a bracket
constexpr double fine = 0.01;      // of the distance from the optimum: how well a limit is found
constexpr double noticeable = 0.01;

/// The misfit with one parameter held, all others fitted anew.
class Held {
 public:
  Held(const Batch& residuals, std::size_t k, double scale, const SearchOptions& options, std::size_t count)
      : residuals_(residuals), k_(k), scale_(scale), options_(options), held_(count, false) {
    held_[k] = true;
  }
  /// Fitted from a point beside; nothing where that cannot be computed.
  std::optional<ProfilePoint> at(double value, Point from, Point& found) const {
    from[k_] = value;
    const LeastSquares best = least_squares(residuals_, from, options_, held_);
    if (!is_sound(best.residuals)) return std::nullopt;
    found = best.at;
    return ProfilePoint{value, best.misfit / scale_};
  }

 private:
  const Batch& residuals_;
  std::size_t k_;
  double scale_;
  const SearchOptions& options_;
  std::vector<bool> held_;
};

/// A point of the profile with where all parameters are.
struct Step {
  ProfilePoint point;
  Point all;
};

struct Side {
  std::vector<Step> steps;  // outwards, from the optimum on
  bool cut = false;
};

/// Where the others would be at a next value of the parameter, were the line through the last two steps straight: the
/// start of the next search, which on a ridge is nearly its end.
Point along(const std::vector<Step>& steps, std::size_t k, double next) {
  Point there = steps.back().all;
  if (steps.size() < 2) return there;
  const Point& before = steps[steps.size() - 2].all;
  const double share = (next - there[k]) / (there[k] - before[k]);
  for (std::size_t i = 0; i < there.size(); ++i)
    there[i] = std::clamp(there[i] + share * (there[i] - before[i]), 0.0, 1.0);
  return there;
}

/// Walks from the optimum to one side.
Side walk(const Held& held, const Step& optimum, std::size_t k, double step) {
  Side side{{optimum}, false};
  for (int i = 0; i < most_steps; ++i) {
    const Step& last = side.steps.back();
    const double next = std::clamp(last.point.at + step, 0.0, 1.0);
    if (next == last.all[k]) break;
    Step one;
    const std::optional<ProfilePoint> found = held.at(next, along(side.steps, k, next), one.all);
    if (!found) {
      side.cut = true;
      break;
    }
    one.point = *found;
    side.steps.push_back(one);
    const double risen = found->misfit - optimum.point.misfit;
    if (risen > enough) break;
    if (risen < 0.5) step *= 1.5;  // flatter than the linear error says
  }
  return side;
}

/// Where the misfit has risen by a limit, between the last step below and the first above it: the secant on the root of
/// the rise, which is straight for a parabola, safeguarded by halving. New steps join the others.
std::optional<double> crossing(const Held& held, Side& side, double rise) {
  const double best = side.steps.front().point.misfit, start = side.steps.front().point.at;
  const auto root = [&](const Step& s) { return std::sqrt(std::max(0.0, s.point.misfit - best)) - std::sqrt(rise); };
  const auto above =
      std::find_if(side.steps.begin() + 1, side.steps.end(), [&](const Step& s) { return root(s) >= 0; });
  if (above == side.steps.end()) return std::nullopt;
  Step outer = *above, inner = *(above - 1);
  std::vector<Step> found;
  for (int i = 0; i < most_halvings; ++i) {
    const double width = std::abs(outer.point.at - inner.point.at);
    if (width <= fine * std::abs(outer.point.at - start) || width < 1e-9) break;
    const double share = std::clamp(-root(inner) / (root(outer) - root(inner)), 0.0, 1.0);
    // Just beside what the secant says, so that both ends close in.
    const double aside = share < 0.5 ? std::min(0.5, share + 0.3 * fine) : std::max(0.5, share - 0.3 * fine);
    const double next =
        inner.point.at + (i % 3 == 2 ? 0.5 : std::clamp(aside, 0.02, 0.98)) * (outer.point.at - inner.point.at);
    Step one;
    const std::optional<ProfilePoint> point = held.at(next, inner.all, one.all);
    if (!point) break;
    one.point = *point;
    found.push_back(one);
    (root(one) >= 0 ? outer : inner) = one;
  }
  side.steps.insert(side.steps.end(), found.begin(), found.end());
  std::sort(side.steps.begin(), side.steps.end(),
            [&](const Step& a, const Step& b) { return std::abs(a.point.at - start) < std::abs(b.point.at - start); });
  const double share = -root(inner) / std::max(1e-300, root(outer) - root(inner));
  return inner.point.at + std::clamp(share, 0.0, 1.0) * (outer.point.at - inner.point.at);
}

bool is_outside(double at, const std::optional<double>& low, const std::optional<double>& high) {
  return (low && at < *low) || (high && at > *high);
}

/// The lowest point beyond the first crossing of a limit at which the misfit is below that limit again.
std::optional<ProfilePoint> second_region(const Profile& profile, double optimum) {
  std::optional<ProfilePoint> lowest;
  for (const ProfilePoint& point : profile.points) {
    const double rise = point.misfit - optimum;
    const bool again = (rise < limit68 && is_outside(point.at, profile.low68, profile.high68)) ||
                       (rise < limit95 && is_outside(point.at, profile.low95, profile.high95));
    // where a limit was found to a hundredth of the interval, points beside it are on either side of it
    const bool beside = std::min(std::abs(rise - limit68), std::abs(rise - limit95)) < 0.1;
    if (again && !beside && (!lowest || point.misfit < lowest->misfit)) lowest = point;
  }
  return lowest;
}

}  // namespace

Profile profile(const Batch& residuals, const LeastSquares& best, std::size_t k, double error, double scale,
                const SearchOptions& options) {
  const double step = std::clamp(0.5 * error, 1e-4, 0.1);
  const Held held(residuals, k, scale, options, best.at.size());
  const Step optimum{{best.at[k], best.misfit / scale}, best.at};
  Side down = walk(held, optimum, k, -step), up = walk(held, optimum, k, step);
  Profile result;
  result.low68 = crossing(held, down, limit68);
  result.high68 = crossing(held, up, limit68);
  result.low95 = crossing(held, down, limit95);
  result.high95 = crossing(held, up, limit95);
  result.low_cut = down.cut, result.high_cut = up.cut;
  for (auto s = down.steps.rbegin(); s + 1 != down.steps.rend(); ++s) result.points.push_back(s->point);
  for (const Step& s : up.steps) result.points.push_back(s.point);
  for (const ProfilePoint& point : result.points) {
    const double below = optimum.point.misfit - point.misfit;
    if (below > noticeable && (!result.deeper || point.misfit < result.deeper->misfit)) result.deeper = point;
  }
  result.again = second_region(result, optimum.point.misfit);
  return result;
}

}  // namespace nacre::inference
