#include "models/device/dipole_emission.hpp"

#include <benchmark/benchmark.h>

namespace {

/// Glass, ITO, two transport layers about nanocrystals, aluminium: six layers at one wavelength and depth.
void dipole_emission(benchmark::State& state) {
  const nacre::device::OpticalStack stack{
      1.52,
      {{{1.9, 0.005}, 120e-9}, {{1.5, 0.02}, 40e-9}, {1.7, 30e-9}, {1.9, 20e-9}, {1.7, 40e-9}, {1.39, 1e-9}},
      {0.95, 6.4},
      3,
      1.};
  for (auto _ : state) benchmark::DoNotOptimize(nacre::device::dipole_emission(stack, 10e-9, 530e-9));
}
BENCHMARK(dipole_emission)->Name("device/dipole_emission")->Unit(benchmark::kMicrosecond);

}  // namespace
