#include "scenarios/inference/conditional.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace nacre::scenarios::inference {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t samples_an_entry = 4;

/// The axis on which a number is taken to be normal.
enum class Axis { itself, logarithm, odds };

Axis axis_of(const std::vector<double>& values, bool share) {
  const auto all = [&](auto test) { return std::all_of(values.begin(), values.end(), test); };
  if (share && all([](double value) { return !(value < 0 || value > 1); })) return Axis::odds;
  return all([](double value) { return !(value <= 0); }) ? Axis::logarithm : Axis::itself;
}

double on_axis(double value, Axis axis) {
  constexpr double hardly = 1e-5;  // nothing and all lie this far from the ends
  if (axis == Axis::itself) return value;
  if (axis == Axis::odds) value = std::clamp(value, hardly, 1 - hardly);
  return axis == Axis::logarithm ? std::log(value) : std::log(value / (1 - value));
}

double from_axis(double y, Axis axis) {
  if (axis == Axis::itself) return y;
  return axis == Axis::logarithm ? std::exp(y) : 1 / (1 + std::exp(-y));
}

/// A standard error on the axis: of a share towards the side where there is room.
double width_on_axis(double value, double sigma, Axis axis) {
  const double way = axis == Axis::odds && value > 0.5 ? -sigma : sigma, there = value + way;
  if (axis == Axis::odds && !(there > 0 && there < 1)) return std::log1p(sigma / value);
  return std::abs(on_axis(there, axis) - on_axis(value, axis));
}

/// Whether anything that is sampled acts on an entry.
bool moves(const FittedEntry& entry) {
  return std::any_of(entry.samples.begin(), entry.samples.end(),
                     [&](double value) { return std::abs(value - entry.value) > 1e-9 * std::abs(entry.value); });
}

double quantile(std::vector<std::pair<double, double>> weighed, double share) {
  std::sort(weighed.begin(), weighed.end());
  double all = 0;
  for (const auto& [value, weight] : weighed) all += weight;
  // each sample stands for its weight around its middle; linear in between
  double before = 0, last_at = 0, last = weighed.front().first;
  for (const auto& [value, weight] : weighed) {
    const double at = (before + weight / 2) / all;
    if (at >= share) return at > last_at ? last + (value - last) * (share - last_at) / (at - last_at) : value;
    before += weight, last_at = at, last = value;
  }
  return weighed.back().first;
}

/// The samples as they are, one as good as another.
Interval unconditional(const std::vector<double>& samples) {
  std::vector<std::pair<double, double>> alike;
  for (const double value : samples)
    if (std::isfinite(value)) alike.emplace_back(value, 1);
  return {quantile(alike, 0.1587), quantile(alike, 0.5), quantile(alike, 0.8413), alike.size(), false};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace

Conditional::Conditional(const std::vector<FittedEntry>& entries, std::size_t samples) : weight_(samples, 1) {
  std::vector<double> distance(samples, 0);
  for (const FittedEntry& entry : entries) {
    if (!std::isfinite(entry.value) || !moves(entry)) continue;
    std::vector<double> all = entry.samples;
    all.push_back(entry.value);
    const Axis axis = axis_of(all, entry.share);
    const double width = width_on_axis(entry.value, entry.sigma, axis), centre = on_axis(entry.value, axis);
    std::vector<double> from(samples), to(samples), off;
    for (std::size_t i = 0; i < samples; ++i) {
      const double x = entry.samples[i];
      if (!std::isfinite(x)) weight_[i] = 0;
      from[i] = std::isfinite(x) ? on_axis(x, axis) - centre : 0;
      to[i] = width * entry.noise[i];
      if (std::isfinite(x)) off.push_back(std::abs(from[i]));
    }
    const double scale = std::max(median(off), width);
    for (std::size_t i = 0; i < samples; ++i) distance[i] += scale > 0 ? from[i] * from[i] / (scale * scale) : 0;
    from_.push_back(std::move(from)), to_.push_back(std::move(to));
  }
  if (from_.empty()) return;
  for (std::size_t i = 0; i < samples; ++i)
    weight_[i] /= std::pow(1 + distance[i] / static_cast<double>(from_.size()), 2);
}

Interval Conditional::of(const std::vector<double>& samples, bool share) const {
  std::vector<std::size_t> from;
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (std::isfinite(samples[i]) && weight_[i] > 0) from.push_back(i);
  if (from.size() < samples_an_entry) return {nan, nan, nan, from.size()};
  if (from.size() < samples_an_entry * (from_.size() + 1)) return unconditional(samples);
  std::vector<double> known;
  for (const std::size_t i : from) known.push_back(samples[i]);
  const Axis axis = axis_of(known, share);
  const auto rows = static_cast<Eigen::Index>(from.size()), columns = static_cast<Eigen::Index>(from_.size() + 1);
  Eigen::MatrixXd a(rows, columns);
  Eigen::VectorXd y(rows), b(rows);
  for (Eigen::Index r = 0; r < rows; ++r) {
    const std::size_t i = from[static_cast<std::size_t>(r)];
    const double root = std::sqrt(weight_[i]);
    y[r] = on_axis(samples[i], axis);
    b[r] = root * y[r], a(r, 0) = root;
    for (Eigen::Index k = 1; k < columns; ++k) a(r, k) = root * from_[static_cast<std::size_t>(k - 1)][i];
  }
  const Eigen::VectorXd slope = Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd>(a).solve(b);
  std::vector<std::pair<double, double>> moved;
  for (Eigen::Index r = 0; r < rows; ++r) {
    const std::size_t i = from[static_cast<std::size_t>(r)];
    double value = y[r];
    for (Eigen::Index k = 1; k < columns; ++k) {
      const auto entry = static_cast<std::size_t>(k - 1);
      value += slope[k] * (to_[entry][i] - from_[entry][i]);
    }
    moved.emplace_back(from_axis(value, axis), weight_[i]);
  }
  return {quantile(moved, 0.1587), quantile(moved, 0.5), quantile(moved, 0.8413), from.size()};
}

}  // namespace nacre::scenarios::inference
