#include "engine/inference/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/math/quasi_random.hpp"

namespace nacre::inference {
namespace {

/// The rows of values that can be used: f(A), f(B), f(A with coordinate i of B).
struct Samples {
  std::size_t parameters = 0;
  std::vector<const double*> rows;
};

struct Estimate {
  std::vector<double> first, total;
  double mean = 0, variance = 0;
};

/// Estimates from a choice of rows.
Estimate estimate(const Samples& samples, const std::vector<std::size_t>& chosen) {
  Estimate e{std::vector<double>(samples.parameters), std::vector<double>(samples.parameters)};
  const double count = static_cast<double>(chosen.size());
  for (const std::size_t j : chosen) e.mean += (samples.rows[j][0] + samples.rows[j][1]) / (2 * count);
  for (const std::size_t j : chosen) {
    for (int side = 0; side < 2; ++side) e.variance += std::pow(samples.rows[j][side] - e.mean, 2) / (2 * count);
  }
  for (std::size_t i = 0; i < samples.parameters; ++i) {
    for (const std::size_t j : chosen) {
      const double* f = samples.rows[j];
      e.first[i] += (f[1] - e.mean) * (f[2 + i] - f[0]) / count;
      e.total[i] += (f[0] - f[2 + i]) * (f[0] - f[2 + i]) / (2 * count);
    }
    e.first[i] = e.variance > 0 ? e.first[i] / e.variance : 0;
    e.total[i] = e.variance > 0 ? e.total[i] / e.variance : 0;
  }
  return e;
}

/// What a run of consecutive rows adds to an index: the linearised ratio of its sum to the variance of all.
struct Block {
  std::vector<double> first, total;
};

/// Blocks of consecutive rows, each of which covers the cube evenly. Their scatter holds the gain over random points as
/// far as blocks have it, where resampling single rows would not.
std::vector<Block> blocks_of(const Samples& samples, const Estimate& best, std::size_t count) {
  std::vector<Block> blocks(count, {std::vector<double>(samples.parameters), std::vector<double>(samples.parameters)});
  const std::size_t rows = samples.rows.size();
  for (std::size_t b = 0; b < count; ++b) {
    const std::size_t from = b * rows / count, to = (b + 1) * rows / count;
    const double size = static_cast<double>(to - from);
    for (std::size_t j = from; j < to; ++j) {
      const double* f = samples.rows[j];
      const double spread = (std::pow(f[0] - best.mean, 2) + std::pow(f[1] - best.mean, 2)) / 2;
      for (std::size_t i = 0; i < samples.parameters; ++i) {
        const double first = (f[1] - best.mean) * (f[2 + i] - f[0]), total = std::pow(f[0] - f[2 + i], 2) / 2;
        blocks[b].first[i] += (first - best.first[i] * spread) / (best.variance * size);
        blocks[b].total[i] += (total - best.total[i] * spread) / (best.variance * size);
      }
    }
  }
  return blocks;
}

/// Student's t for 95 % with count - 1 degrees of freedom, for the numbers of blocks that are used.
double student(std::size_t count) {
  return count == 16 ? 2.131 : 2.365;
}

Interval interval_of(double value, const std::vector<Block>& blocks, std::vector<double> Block::*index, std::size_t i) {
  const double count = static_cast<double>(blocks.size());
  double mean = 0, square = 0;
  for (const Block& block : blocks) mean += (block.*index)[i] / count;
  for (const Block& block : blocks) square += std::pow((block.*index)[i] - mean, 2) / (count - 1);
  const double half = student(blocks.size()) * std::sqrt(square / count);
  return {value, value - half, value + half};
}

Interval interval_of(double value, std::vector<double> resampled) {
  std::sort(resampled.begin(), resampled.end());
  const auto at = [&](double share) {
    return resampled[static_cast<std::size_t>(share * static_cast<double>(resampled.size() - 1))];
  };
  return {value, at(0.025), at(0.975)};
}

/// Too few rows for blocks: by resampling single ones.
void bootstrap(const Samples& samples, std::uint64_t seed, int resamples, SobolIndices& result) {
  const std::size_t parameters = samples.parameters;
  std::vector<std::size_t> chosen(samples.rows.size());
  std::vector<std::vector<double>> first(parameters), total(parameters);
  std::mt19937_64 random(seed);
  for (int r = 0; r < resamples; ++r) {
    for (std::size_t& j : chosen) j = random() % samples.rows.size();
    const Estimate again = estimate(samples, chosen);
    for (std::size_t i = 0; i < parameters; ++i) {
      first[i].push_back(again.first[i]);
      total[i].push_back(again.total[i]);
    }
  }
  for (std::size_t i = 0; i < parameters; ++i) {
    result.first[i] = interval_of(result.first[i].value, first[i]);
    result.total[i] = interval_of(result.total[i].value, total[i]);
  }
}

}  // namespace

std::vector<Point> saltelli_points(std::size_t parameters, std::size_t count, std::uint64_t seed) {
  std::vector<Point> points;
  points.reserve(count * (parameters + 2));
  for (std::size_t j = 0; j < count; ++j) {
    Point a(parameters), b(parameters);
    for (std::size_t k = 0; k < parameters; ++k) {
      a[k] = math::quasi_random(j, count, static_cast<int>(k), seed);
      b[k] = math::quasi_random(j, count, static_cast<int>(parameters + k), seed);
    }
    points.push_back(a);
    points.push_back(b);
    for (std::size_t k = 0; k < parameters; ++k) {
      Point mixed = a;
      mixed[k] = b[k];
      points.push_back(std::move(mixed));
    }
  }
  return points;
}

SobolIndices sobol_indices(std::span<const double> values, std::size_t parameters, std::uint64_t seed, int resamples) {
  const std::size_t width = parameters + 2;
  Samples samples{parameters, {}};
  for (std::size_t j = 0; (j + 1) * width <= values.size(); ++j) {
    if (is_sound(values.subspan(j * width, width))) samples.rows.push_back(values.data() + j * width);
  }
  SobolIndices result;
  result.used = samples.rows.size();
  result.first.resize(parameters);
  result.total.resize(parameters);
  if (samples.rows.empty()) return result;
  std::vector<std::size_t> chosen(samples.rows.size());
  for (std::size_t j = 0; j < chosen.size(); ++j) chosen[j] = j;
  const Estimate best = estimate(samples, chosen);
  result.mean = best.mean;
  result.variance = best.variance;
  for (std::size_t i = 0; i < parameters; ++i) {
    result.first[i].value = best.first[i];
    result.total[i].value = best.total[i];
  }
  const std::size_t count = chosen.size() >= 256 ? 16 : chosen.size() >= 64 ? 8 : 0;
  if (count == 0 || !(best.variance > 0)) {
    bootstrap(samples, seed, resamples, result);
    return result;
  }
  const std::vector<Block> blocks = blocks_of(samples, best, count);
  for (std::size_t i = 0; i < parameters; ++i) {
    result.first[i] = interval_of(best.first[i], blocks, &Block::first, i);
    result.total[i] = interval_of(best.total[i], blocks, &Block::total, i);
  }
  return result;
}

}  // namespace nacre::inference
