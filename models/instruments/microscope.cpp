#include "models/instruments/microscope.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/random.hpp"

namespace nacre::instruments {
namespace {

/// Draws from a distribution given in classes.
class Draw {
 public:
  Draw(std::span<const double> edges, std::span<const double> weights) : edges_(edges) {
    double sum = 0;
    for (const double weight : weights) cumulative_.push_back(sum += weight);
  }
  double operator()(math::Random& random) const {
    const double target = random.uniform() * cumulative_.back();
    const auto it = std::upper_bound(cumulative_.begin(), cumulative_.end(), target);
    const auto i = std::min(static_cast<std::size_t>(it - cumulative_.begin()), edges_.size() - 1);
    const double left = i > 0 ? 0.5 * (edges_[i - 1] + edges_[i]) : edges_[i];
    const double right = i + 1 < edges_.size() ? 0.5 * (edges_[i] + edges_[i + 1]) : edges_[i];
    return left + (right - left) * random.uniform();
  }

 private:
  std::span<const double> edges_;
  std::vector<double> cumulative_;
};

void fill_moments(Micrograph& out) {
  const double n = static_cast<double>(out.size.size());
  for (const double size : out.size) out.mean += size / n;
  double squares = 0;
  for (const double size : out.size) squares += (size - out.mean) * (size - out.mean);
  out.standard_deviation = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
  out.mean_error = out.standard_deviation / std::sqrt(n);
  out.standard_deviation_error = n > 1 ? out.standard_deviation / std::sqrt(2 * (n - 1)) : 0;
}

void fill_histogram(Micrograph& out, int bins) {
  const auto [low, high] = std::minmax_element(out.size.begin(), out.size.end());
  const double first = *low, width = std::max(*high - *low, 1e-12 * *high) / bins;
  out.frequency.assign(static_cast<std::size_t>(bins), 0.0);
  for (int i = 0; i < bins; ++i) out.bin.push_back(first + (i + 0.5) * width);
  for (const double size : out.size) {
    const auto i = std::min(static_cast<std::size_t>((size - first) / width), out.frequency.size() - 1);
    out.frequency[i] += 1.0 / static_cast<double>(out.size.size());
  }
}

}  // namespace

Micrograph photograph(const Microscope& microscope, std::span<const double> edges, std::span<const double> weights) {
  Micrograph out;
  math::Random random(microscope.seed);
  const Draw draw(edges, weights);
  while (out.size.size() < static_cast<std::size_t>(microscope.particles)) {
    const double measured = draw(random) + microscope.error * random.normal();
    if (measured > 0) out.size.push_back(measured);
  }
  fill_moments(out);
  fill_histogram(out, microscope.bins);
  return out;
}

}  // namespace nacre::instruments
