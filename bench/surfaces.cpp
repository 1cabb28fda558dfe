// A surface from birth through every kind of treatment, on a distribution of 200 sizes. Floor: two moments of the
// sizes, 200 cubes and squares each, and the search for the root of the halide exchange: about a microsecond.
#include <benchmark/benchmark.h>

#include "models/synthesis/treatment.hpp"

namespace {

using namespace nacre::synthesis;

double area_per_volume(const std::vector<double>& edges, const std::vector<double>& weights) {
  double area = 0, volume = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    area += 6 * weights[i] * edges[i] * edges[i];
    volume += weights[i] * edges[i] * edges[i] * edges[i];
  }
  return area / volume;
}

void recipe_of_treatments(benchmark::State& state) {
  const SurfaceChemistry chemistry{1, 1.1e-20, 1};
  const auto composition = nacre::materials::parse_formula("CsPbBr3");
  const std::vector<Treatment> steps{{HalideExchange{0.457, 0.48}, 27},
                                     {Antisolvent{{0.41, 5.3}, 0.9, 0.6}, 0.3},
                                     {Salt{0.1, 0.35, 1e6, 0.02}, 0.1},
                                     {AcidCleaning{1, 0.3, 0.3}, 1},
                                     {LigandExchange{2.7, 0.8}, 1},
                                     {Rinse{0.3}, 1},
                                     {Overlayer{0.74, 2}, 1}};
  std::vector<double> edges, weights;
  for (int i = 0; i < 200; ++i) {
    edges.push_back((6 + 0.02 * i) * 1e-9);
    weights.push_back(1);
  }
  for (auto _ : state) {
    const double sites = sites_per_unit(chemistry, area_per_volume(edges, weights), 0.59e-9);
    const Surface surface = treated(born(chemistry, {.temperature = 453}, composition, sites, 0.59e-9), steps);
    benchmark::DoNotOptimize(trap_density(surface));
  }
}
BENCHMARK(recipe_of_treatments);

}  // namespace
