#include "engine/inference/pareto.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include "engine/math/quasi_random.hpp"

namespace nacre::inference {
namespace {

using Population = std::vector<Candidate>;
using Random = std::mt19937_64;

constexpr double crossover_index = 15, mutation_index = 20;

double uniform(Random& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

/// Rank of each candidate: 0 for the front, 1 for the front of the rest, ...
std::vector<int> ranks_of(const Population& all) {
  std::vector<int> rank(all.size(), -1);
  std::size_t left = all.size();
  for (int r = 0; left > 0; ++r) {
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (rank[i] >= 0) continue;
      bool beaten = false;
      for (std::size_t j = 0; j < all.size() && !beaten; ++j) beaten = rank[j] < 0 && dominates(all[j], all[i]);
      if (!beaten) front.push_back(i);
    }
    for (const std::size_t i : front) rank[i] = r;
    left -= front.size();
  }
  return rank;
}

/// How much room each candidate has among those of its rank.
std::vector<double> crowding_of(const Population& all, const std::vector<int>& rank) {
  std::vector<double> room(all.size(), 0);
  const int last = *std::max_element(rank.begin(), rank.end());
  for (int r = 0; r <= last; ++r) {
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (rank[i] == r && std::isfinite(all[i].violation)) front.push_back(i);
    }
    if (front.empty()) continue;
    for (std::size_t m = 0; m < all[front.front()].objectives.size(); ++m) {
      std::stable_sort(front.begin(), front.end(),
                       [&](std::size_t a, std::size_t b) { return all[a].objectives[m] < all[b].objectives[m]; });
      const double span = all[front.back()].objectives[m] - all[front.front()].objectives[m];
      room[front.front()] = room[front.back()] = std::numeric_limits<double>::infinity();
      for (std::size_t i = 1; i + 1 < front.size() && span > 0; ++i)
        room[front[i]] += (all[front[i + 1]].objectives[m] - all[front[i - 1]].objectives[m]) / span;
    }
  }
  return room;
}

/// The best by rank, then by room.
Population survivors(Population all, std::size_t count) {
  const std::vector<int> rank = ranks_of(all);
  const std::vector<double> room = crowding_of(all, rank);
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return rank[a] != rank[b] ? rank[a] < rank[b] : room[a] > room[b];
  });
  Population kept;
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) kept.push_back(std::move(all[order[i]]));
  return kept;
}

/// Survivors stand in order of merit: of two at random the one in front.
const Point& parent(const Population& all, Random& random) {
  return all[std::min(random() % all.size(), random() % all.size())].at;
}

double crossed(double a, double b, Random& random) {
  const double u = uniform(random);
  const double spread =
      u < 0.5 ? std::pow(2 * u, 1 / (crossover_index + 1)) : std::pow(1 / (2 * (1 - u)), 1 / (crossover_index + 1));
  const double sign = uniform(random) < 0.5 ? 1 : -1;
  return std::clamp(0.5 * (a + b + sign * spread * (a - b)), 0.0, 1.0);
}

double mutated(double x, Random& random) {
  const double u = uniform(random);
  const double shift =
      u < 0.5 ? std::pow(2 * u, 1 / (mutation_index + 1)) - 1 : 1 - std::pow(2 * (1 - u), 1 / (mutation_index + 1));
  return std::clamp(x + shift, 0.0, 1.0);
}

Point child(const Population& all, Random& random) {
  Point point = parent(all, random);
  const Point& other = parent(all, random);
  for (std::size_t k = 0; k < point.size(); ++k) {
    if (uniform(random) < 0.5) point[k] = crossed(point[k], other[k], random);
    if (uniform(random) < 1.0 / static_cast<double>(point.size())) point[k] = mutated(point[k], random);
  }
  return point;
}

std::vector<Point> first_points(const Point& start, const EvolutionOptions& options) {
  const auto count = static_cast<std::uint64_t>(std::max(4, options.population));
  std::vector<Point> points{start};
  for (std::uint64_t i = 0; points.size() < count; ++i) {
    Point point(start.size());
    for (std::size_t k = 0; k < point.size(); ++k)
      point[k] = math::quasi_random(i, count, static_cast<int>(k), options.seed);
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace

bool dominates(const Candidate& a, const Candidate& b) {
  if (a.violation != b.violation) return a.violation < b.violation;
  if (!std::isfinite(a.violation)) return false;
  bool better = false;
  for (std::size_t m = 0; m < a.objectives.size(); ++m) {
    if (a.objectives[m] > b.objectives[m]) return false;
    better = better || a.objectives[m] < b.objectives[m];
  }
  return better;
}

std::vector<std::size_t> pareto_front(std::span<const Candidate> candidates) {
  std::vector<std::size_t> front;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!std::isfinite(candidates[i].violation)) continue;
    bool beaten = false;
    for (std::size_t j = 0; j < candidates.size() && !beaten; ++j) {
      const bool again = j < i && candidates[j].objectives == candidates[i].objectives &&
                         candidates[j].violation == candidates[i].violation;
      beaten = again || dominates(candidates[j], candidates[i]);
    }
    if (!beaten) front.push_back(i);
  }
  std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) {
    return candidates[a].objectives.front() < candidates[b].objectives.front();
  });
  return front;
}

double hypervolume(std::span<const Candidate> front, double first, double second) {
  double area = 0, ceiling = second;
  for (const std::size_t i : pareto_front(front)) {
    const std::vector<double>& at = front[i].objectives;
    if (at[0] >= first || at[1] >= ceiling) continue;
    area += (first - at[0]) * (ceiling - at[1]);
    ceiling = at[1];
  }
  return area;
}

std::vector<Candidate> evolve(const Judge& judge, const Point& start, const EvolutionOptions& options) {
  Random random(options.seed);
  const std::vector<Point> points = first_points(start, options);
  Population all = survivors(judge(points), points.size());
  for (int generation = 0; generation < options.generations; ++generation) {
    std::vector<Point> children;
    for (std::size_t i = 0; i < points.size(); ++i) children.push_back(child(all, random));
    Population both = judge(children);
    both.insert(both.end(), std::make_move_iterator(all.begin()), std::make_move_iterator(all.end()));
    all = survivors(std::move(both), points.size());
  }
  Population front;
  for (const std::size_t i : pareto_front(all)) front.push_back(all[i]);
  return front;
}

}  // namespace nacre::inference
