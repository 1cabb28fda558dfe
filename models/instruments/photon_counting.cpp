#include "models/instruments/photon_counting.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/math/random.hpp"

namespace nacre::instruments {
namespace {

/// Integral between two samples of a function that is exponential between them, or linear where one is zero.
double between(double a, double b, double length) {
  if (!(a > 0) || !(b > 0)) return 0.5 * (a + b) * length;
  const double log_ratio = std::log(a / b);
  return std::abs(log_ratio) < 1e-6 ? 0.5 * (a + b) * length : (a - b) / log_ratio * length;
}

double interpolated(double a, double b, double share) {
  return a > 0 && b > 0 ? a * std::pow(b / a, share) : a + share * (b - a);
}

}  // namespace

std::vector<double> cumulative(std::span<const double> time, std::span<const double> decay,
                               std::span<const double> until) {
  std::vector<double> result;
  std::size_t i = 0;  // the interval from sample i
  double sum = 0;     // up to time[i]
  for (const double t : until) {
    while (i + 1 < time.size() && time[i + 1] <= t) {
      sum += between(decay[i], decay[i + 1], time[i + 1] - time[i]);
      ++i;
    }
    double part = 0;
    if (i + 1 < time.size() && t > time[i]) {
      const double share = (t - time[i]) / (time[i + 1] - time[i]);
      part = between(decay[i], interpolated(decay[i], decay[i + 1], share), t - time[i]);
    }
    result.push_back(sum + part);
  }
  return result;
}

std::vector<double> response_shares(double full_width, double channel) {
  if (!(full_width > 0)) return {1.0};
  const double sigma = full_width / (2 * std::sqrt(2 * std::numbers::ln2));
  const auto half = static_cast<int>(std::ceil(4 * full_width / channel));
  const auto below = [&](double x) { return 0.5 * std::erfc(-x / (std::numbers::sqrt2 * sigma)); };
  std::vector<double> shares;
  double sum = 0;
  for (int k = -half; k <= half; ++k) {
    shares.push_back(below((k + 0.5) * channel) - below((k - 0.5) * channel));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<double> convolved(std::span<const double> signal, std::span<const double> response, std::size_t most) {
  std::vector<double> result(std::min(most, signal.size() + response.size() - 1), 0.0);
  for (std::size_t i = 0; i < std::min(signal.size(), result.size()); ++i) {
    const std::size_t reach = std::min(response.size(), result.size() - i);
    for (std::size_t k = 0; k < reach; ++k) result[i + k] += signal[i] * response[k];
  }
  return result;
}

Histogram count(const PhotonCounter& counter, std::span<const double> time, std::span<const double> decay) {
  Histogram out;
  const auto channels = static_cast<std::size_t>(counter.channels);
  out.width = counter.window / counter.channels;
  out.response = response_shares(counter.response, out.width);
  out.delay = 0.5 * static_cast<double>(out.response.size() - 1) * out.width;
  std::vector<double> edges, signal;
  for (std::size_t i = 0; i <= channels; ++i) edges.push_back(static_cast<double>(i) * out.width);
  const std::vector<double> area = cumulative(time, decay, edges);
  for (std::size_t i = 0; i < channels; ++i) signal.push_back(area[i + 1] - area[i]);
  out.counts = convolved(signal, out.response, channels);
  const double highest = *std::max_element(out.counts.begin(), out.counts.end());
  const double scale = highest > 0 ? (counter.peak_counts > 0 ? counter.peak_counts : 1) / highest : 0;  // no light
  math::Random random(counter.seed);
  for (std::size_t i = 0; i < channels; ++i) {
    out.time.push_back((static_cast<double>(i) + 0.5) * out.width - out.delay);
    const double expected = out.counts[i] * scale + counter.background;
    out.counts[i] = counter.peak_counts > 0 ? random.poisson(expected) : expected;
  }
  return out;
}

}  // namespace nacre::instruments
