#include "models/confinement/exciton.hpp"

#include <benchmark/benchmark.h>

#include "engine/units/constants.hpp"
#include "models/confinement/sizing.hpp"

namespace {

using namespace nacre::confinement;
namespace constants = nacre::units::constants;

const Bands bands{2.38 * constants::electron_volt, 0.117 * constants::electron_mass, 7.5, 3 * constants::electron_volt,
                  constants::electron_mass};

/// One correlated exciton, level included, at radii of 0.5 to 10 nm. Budget: 60 us.
void one_exciton(benchmark::State& state) {
  double radius = 0.5e-9;
  for (auto _ : state) {
    benchmark::DoNotOptimize(exciton(bands, radius));
    radius = radius < 10e-9 ? radius * 1.01 : 0.5e-9;
  }
}
BENCHMARK(one_exciton)->Unit(benchmark::kMicrosecond);

/// E(D) on 100 nodes from 1 to 20 nm, splined. Budget: 6 ms.
void sizing_curve(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(SizingCurve(bands, Shape::cube, 1e-9, 20e-9));
}
BENCHMARK(sizing_curve)->Unit(benchmark::kMillisecond);

}  // namespace
