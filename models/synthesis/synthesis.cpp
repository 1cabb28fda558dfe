#include "models/synthesis/synthesis.hpp"

#include "models/synthesis/comparison.hpp"
#include "models/synthesis/master_equation.hpp"

namespace nacre::synthesis {

History synthesise(const Recipe& recipe, Kind kind, const Options& options) {
  switch (kind) {
    case Kind::classical_nucleation:
      return run_classical_nucleation(recipe, options);
    case Kind::finke_watzky:
      return run_finke_watzky(recipe, options);
    case Kind::becker_doering:
      break;
  }
  return run_master_equation(recipe, options);
}

Sizes final_sizes(const History& history, const Recipe& recipe) {
  Sizes sizes;
  if (history.density.empty()) return sizes;
  const std::vector<double>& density = history.density.back();
  double sum = 0;
  for (std::size_t i = 0; i < density.size(); ++i) {
    const double edge = history.edge[i] - recipe.layer_removed;
    if (history.edge[i] < recipe.counted_from || edge <= 0) continue;
    sizes.edge.push_back(edge);
    sizes.weight.push_back(density[i] * history.width[i]);
    sum += sizes.weight.back();
  }
  if (!(sum > 0)) return {};
  for (double& w : sizes.weight) w /= sum;
  return sizes;
}

}  // namespace nacre::synthesis
