#pragma once
#include <cstdint>
#include <span>

#include "engine/inference/batch.hpp"

namespace nacre::inference {

/// A candidate with what counts about it: all to be as small as possible.
struct Candidate {
  Point at;
  std::vector<double> objectives;
  double violation = 0;  ///< of the constraints; 0: none. Infinite: could not be computed
};

/// Whether `a` beats `b`: less violation, or with equal violation nowhere worse and somewhere better.
bool dominates(const Candidate& a, const Candidate& b);

/// Indices of those that none of the others beats, without equal ones, ascending in the first objective.
std::vector<std::size_t> pareto_front(std::span<const Candidate> candidates);

/// Area between a front of two objectives and a reference point that all of it beats.
double hypervolume(std::span<const Candidate> front, double first, double second);

struct EvolutionOptions {
  int population = 48;
  int generations = 40;
  std::uint64_t seed = 1;
};

/// Values of candidates from points.
using Judge = std::function<std::vector<Candidate>(const std::vector<Point>&)>;

/// Candidates that none beats, by the elitist sorting algorithm NSGA-II (K. Deb and others, IEEE Trans. Evol. Comput. 6
/// (2002) 182) with simulated binary crossover and polynomial mutation in the unit cube; with one objective the best.
/// `start` takes part. A whole generation is one batch.
std::vector<Candidate> evolve(const Judge& judge, const Point& start, const EvolutionOptions& options);

}  // namespace nacre::inference
