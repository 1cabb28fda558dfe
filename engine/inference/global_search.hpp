#pragma once
#include <cstdint>

#include "engine/inference/least_squares.hpp"

namespace nacre::inference {

/// How the whole unit cube is searched.
enum class Strategy {
  multi_start,  ///< a local search from the best of many quasi-random points that lie apart
  crs,          ///< NLopt's controlled random search with local mutation, then a local search
  direct        ///< NLopt's locally biased dividing rectangles, then a local search
};

struct GlobalOptions {
  Strategy strategy = Strategy::multi_start;
  int samples = 256;       ///< points of the screening, or evaluations of CRS or DIRECT
  int starts = 12;         ///< local searches of multi_start
  std::uint64_t seed = 1;  ///< the same seed gives the same result
  double apart = 0.05;     ///< optima nearer than this are one, as a share of the cube's diagonal [1]
  SearchOptions local;
};

/// All optima that were found, the best first.
struct GlobalResult {
  std::vector<LeastSquares> optima;
  std::vector<int> hits;  ///< how many local searches ended in each
  std::string message;    ///< of an empty list: why
};

/// Smallest sums of squared residuals within the unit cube. `start` takes part as one of the starts. Points that cannot
/// be computed are passed over.
GlobalResult global_search(const Batch& residuals, const Point& start, const GlobalOptions& options);

}  // namespace nacre::inference
