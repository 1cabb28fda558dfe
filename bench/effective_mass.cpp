#include "models/confinement/effective_mass.hpp"

#include <benchmark/benchmark.h>

#include "engine/units/constants.hpp"

namespace {

using namespace nacre::confinement;
namespace constants = nacre::units::constants;

/// One 1s level with Kane mass; the radius changes from call to call so that nothing is predicted. Budget: 2 us.
void level(benchmark::State& state) {
  const Bands bands{2.38 * constants::electron_volt, 0.117 * constants::electron_mass, 7.5,
                    3 * constants::electron_volt, constants::electron_mass};
  double radius = 0.5e-9;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ground_level(bands, radius));
    radius = radius < 10e-9 ? radius * 1.001 : 0.5e-9;
  }
}
BENCHMARK(level)->Unit(benchmark::kMicrosecond);

}  // namespace
