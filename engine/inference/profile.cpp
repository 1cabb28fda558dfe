#include "engine/inference/profile.hpp"

#include <algorithm>

namespace nacre::inference {
namespace {

constexpr double enough = 4;  // beyond the 95 % limit of one parameter, 3.84
constexpr int most_steps = 12;

/// Walks from the optimum to one side.
std::vector<ProfilePoint> walk(const Batch& residuals, const LeastSquares& best, std::size_t k, double step,
                               double scale, const SearchOptions& options) {
  std::vector<ProfilePoint> points;
  std::vector<bool> held(best.at.size(), false);
  held[k] = true;
  Point from = best.at;
  for (int i = 0; i < most_steps; ++i) {
    const double next = std::clamp(from[k] + step, 0.0, 1.0);
    if (next == from[k]) break;
    from[k] = next;
    const LeastSquares found = least_squares(residuals, from, options, held);
    if (!is_sound(found.residuals)) break;
    points.push_back({next, found.misfit / scale});
    from = found.at;
    const double risen = (found.misfit - best.misfit) / scale;
    if (risen > enough) break;
    if (risen < 0.5) step *= 1.5;  // flatter than the linear error says
  }
  return points;
}

/// Where the misfit crosses best + rise, going from the optimum outwards; linear in the root of the rise.
std::optional<double> crossing(const std::vector<ProfilePoint>& outwards, double start, double best, double rise) {
  double at = start, root = 0;
  for (const ProfilePoint& point : outwards) {
    const double next = std::sqrt(std::max(0.0, point.misfit - best));
    if (next >= std::sqrt(rise)) return at + (point.at - at) * (std::sqrt(rise) - root) / (next - root);
    at = point.at;
    root = next;
  }
  return std::nullopt;
}

}  // namespace

Profile profile(const Batch& residuals, const LeastSquares& best, std::size_t k, double error, double scale,
                const SearchOptions& options) {
  const double step = std::clamp(0.5 * error, 1e-4, 0.1);
  const std::vector<ProfilePoint> down = walk(residuals, best, k, -step, scale, options);
  const std::vector<ProfilePoint> up = walk(residuals, best, k, step, scale, options);
  Profile result;
  result.points.assign(down.rbegin(), down.rend());
  result.points.push_back({best.at[k], best.misfit / scale});
  result.points.insert(result.points.end(), up.begin(), up.end());
  const double lowest = best.misfit / scale;
  result.low68 = crossing(down, best.at[k], lowest, 1);
  result.high68 = crossing(up, best.at[k], lowest, 1);
  result.low95 = crossing(down, best.at[k], lowest, 3.841);
  result.high95 = crossing(up, best.at[k], lowest, 3.841);
  return result;
}

}  // namespace nacre::inference
