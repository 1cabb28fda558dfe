#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/units/constants.hpp"
#include "models/confinement/optics.hpp"

namespace {

using namespace nacre::confinement;
namespace constants = nacre::units::constants;
constexpr double electron_volt = constants::electron_volt;

OpticsInput input() {
  OpticsInput in;
  in.bands = {2.38 * electron_volt, 0.117 * constants::electron_mass, 7.5, 3 * electron_volt, constants::electron_mass};
  in.line = {0.03 * electron_volt, 0.06 * electron_volt, 0.015 * electron_volt, 0.05};
  in.absorption_broadening = 0.17 * electron_volt;
  in.stokes = {0.08 * electron_volt, 4e-9, 1.2, 0.1 * electron_volt};
  in.weighting = Weighting::funnelling;
  return in;
}

/// Smooth colour matching functions: the cost does not depend on their values, and a benchmark reads no files.
ColourTable table() {
  ColourTable t;
  for (int i = 0; i < 95; ++i) {
    const double nm = 360 + 5 * i;
    t.wavelength.push_back(nm * 1e-9);
    t.x.push_back(std::exp(-std::pow((nm - 600) / 50, 2)));
    t.y.push_back(std::exp(-std::pow((nm - 555) / 55, 2)));
    t.z.push_back(std::exp(-std::pow((nm - 450) / 35, 2)));
  }
  return t;
}

/// Emission, absorption, peaks, Tauc plot and colour of an ensemble of `range(0)` sizes, curve given. Budget: 0.5 ms.
void ensemble_with_colour(benchmark::State& state) {
  const OpticsInput in = input();
  std::vector<double> edge, number;
  const auto count = static_cast<std::size_t>(state.range(0));
  for (std::size_t i = 0; i < count; ++i) {
    const double t = -4 + 8 * static_cast<double>(i) / static_cast<double>(count - 1);
    edge.push_back((5 + 0.8 * t) * 1e-9);
    number.push_back(std::exp(-t * t / 2));
  }
  const SizingCurve curve(in.bands, in.shape, 1e-9, 20e-9);
  const ColourMatching eye(table());
  for (auto _ : state) {
    const Optics out = spectra(in, curve, edge, number, eye);
    if (!out.complete) state.SkipWithError(out.message.c_str());
    benchmark::DoNotOptimize(out.pl_peak);
  }
}
BENCHMARK(ensemble_with_colour)->Arg(100)->Arg(400)->Arg(1600)->Unit(benchmark::kMicrosecond);

}  // namespace
