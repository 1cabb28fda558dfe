#include "models/device/dipole_emission.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "models/device/reabsorption.hpp"

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

/// A line of 20 nm at 520 nm under an edge at 510 nm, on 1401 wavelengths. Floor: an exponential and an exponential
/// integral (some 30 terms) for each of the wavelengths that have light.
void reabsorbed_share(benchmark::State& state) {
  std::vector<double> wavelength, photons, absorption;
  for (int i = 0; i <= 1400; ++i) {
    const double nm = 300 + 0.5 * i, off = (nm - 520) / 8.5;
    wavelength.push_back(nm * 1e-9);
    photons.push_back(std::abs(off) < 6 ? std::exp(-off * off / 2) : 0);
    absorption.push_back(4e6 / (1 + std::exp((nm - 510) / 5)));
  }
  for (auto _ : state)
    benchmark::DoNotOptimize(nacre::device::reabsorbed_share(wavelength, photons, absorption, 40e-9));
}
BENCHMARK(reabsorbed_share)->Name("device/reabsorbed_share")->Unit(benchmark::kMicrosecond);

}  // namespace
