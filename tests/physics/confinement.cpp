#include <catch2/catch.hpp>
#include <cmath>

#include "models/confinement/exciton.hpp"
#include "models/confinement/optics.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::electron_volt, samples::hc, samples::nanometre;

namespace {

/// Sizes by electron microscopy and emission of eleven samples of MAPbBr3, Commun. Phys. 6 (2023),
/// doi:10.1038/s42005-023-01459-8, table 1.
constexpr struct {
  double diameter, wavelength;  // [nm]
} published[] = {{2.7, 475}, {3.2, 498},    {5.0, 514},    {6.0, 518},    {7.5, 522},   {8.7, 523},
                 {9.9, 524}, {19.5, 525.1}, {22.5, 526.0}, {23.7, 526.2}, {27.5, 527.0}};

/// Root mean square of measured minus computed photon energy for a size ratio and a gap [eV].
double deviation(double size_ratio, double gap) {
  const Bands bands = samples::bands(gap);
  double sum = 0;
  for (const auto& sample : published) {
    const double energy = bands.gap + exciton(bands, size_ratio * sample.diameter / 2 * nanometre).energy;
    sum += std::pow((energy - hc / (sample.wavelength * nanometre)) / electron_volt, 2);
  }
  return std::sqrt(sum / static_cast<double>(std::size(published)));
}

}  // namespace

TEST_CASE("One size ratio and one gap describe eleven published samples of MAPbBr3 to 13 meV", "[confinement]") {
  const double best = deviation(1.879, 2.379);
  CHECK(best == Approx(0.0129).margin(5e-4));
  CHECK(deviation(1.80, 2.379) > best);
  CHECK(deviation(1.96, 2.379) > best);
  CHECK(deviation(1.879, 2.375) > best);
  CHECK(deviation(1.879, 2.383) > best);
  CHECK(deviation(1, 2.379) > 10 * best);  // the size that the microscope shows is not the electrons'
}

TEST_CASE("Brus' formula overestimates where the walls are soft and the bands not parabolic", "[confinement]") {
  const Bands soft = samples::bands();
  Bands brus = soft;
  brus.gap = brus.barrier = samples::infinite;
  for (const double radius : {1.06, 2.2}) {
    const Exciton uncorrelated = exciton_at(brus, radius * nanometre, 0);
    CHECK(uncorrelated.energy > exciton(soft, radius * nanometre).energy);
  }
  const double excess = exciton_at(brus, 1.06 * nanometre, 0).energy - exciton(soft, 1.06 * nanometre).energy;
  CHECK(excess > 1 * electron_volt);
}

TEST_CASE("Colder: a narrower line at the same place", "[confinement]") {
  OpticsInput in;
  in.bands = samples::bands();
  in.line = {0.03 * electron_volt, 0.06 * electron_volt, 0.015 * electron_volt, 0.05};
  const std::vector<double> edge{4 * nanometre}, number{1};
  const Optics warm = compute(in, edge, number, samples::colour_table());
  in.temperature = 80;
  const Optics cold = compute(in, edge, number, samples::colour_table());
  REQUIRE((warm.complete && cold.complete));
  CHECK(cold.pl_peak_energy == Approx(warm.pl_peak_energy).epsilon(1e-6));
  CHECK(cold.pl_fwhm < 0.6 * warm.pl_fwhm);
}
