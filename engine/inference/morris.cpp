#include "engine/inference/morris.hpp"

#include <numeric>
#include <random>

namespace nacre::inference {

std::vector<Point> morris_points(std::size_t parameters, std::size_t count, int levels, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const double step = levels / (2.0 * (levels - 1));
  const auto half = static_cast<std::uint64_t>(levels / 2);
  std::vector<std::size_t> order(parameters);
  std::vector<Point> points;
  for (std::size_t t = 0; t < count; ++t) {
    Point at(parameters);
    std::vector<double> towards(parameters);
    for (std::size_t k = 0; k < parameters; ++k) {
      at[k] = static_cast<double>(random() % half) / (levels - 1);
      const bool down = random() % 2 == 1;
      if (down) at[k] += step;
      towards[k] = down ? -step : step;
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t k = parameters; k > 1; --k) std::swap(order[k - 1], order[random() % k]);
    points.push_back(at);
    for (const std::size_t k : order) {
      at[k] += towards[k];
      points.push_back(at);
    }
  }
  return points;
}

std::vector<Effect> morris_effects(std::span<const double> values, const std::vector<Point>& points) {
  const std::size_t parameters = points.empty() ? 0 : points.front().size();
  std::vector<std::vector<double>> effects(parameters);
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (i % (parameters + 1) == 0 || !std::isfinite(values[i]) || !std::isfinite(values[i - 1])) continue;
    for (std::size_t k = 0; k < parameters; ++k) {
      const double moved = points[i][k] - points[i - 1][k];
      if (moved != 0) effects[k].push_back((values[i] - values[i - 1]) / moved);
    }
  }
  std::vector<Effect> result(parameters);
  for (std::size_t k = 0; k < parameters; ++k) {
    const double count = static_cast<double>(effects[k].size());
    for (const double effect : effects[k]) {
      result[k].mean += effect / count;
      result[k].mean_abs += std::abs(effect) / count;
    }
    for (const double effect : effects[k]) result[k].spread += std::pow(effect - result[k].mean, 2);
    result[k].spread = count > 1 ? std::sqrt(result[k].spread / (count - 1)) : 0;
  }
  return result;
}

}  // namespace nacre::inference
