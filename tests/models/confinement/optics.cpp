#include "models/confinement/optics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/confinement/exciton.hpp"
#include "models/confinement/spectrum.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using samples::electron_volt, samples::hc, samples::nanometre;

namespace {

OpticsInput input() {
  OpticsInput in;
  in.bands = samples::bands();
  in.shape = Shape::sphere;
  in.size_ratio = 1.5;
  in.line = {0.03 * electron_volt, 0.06 * electron_volt, 0.015 * electron_volt, 0.05};
  in.absorption_broadening = 0.15 * electron_volt;
  in.stokes = {0.08 * electron_volt, 4 * nanometre, 1.2, 0.1 * electron_volt};
  return in;
}

Optics of(const OpticsInput& in, const samples::Sizes& sizes) {
  return compute(in, sizes.edge, sizes.number, samples::colour_table());
}

const samples::Sizes single{{4 * nanometre}, {7}};

}  // namespace

TEST_CASE("One size: the emission is its line, where the exciton says", "[optics]") {
  const OpticsInput in = input();
  const Optics o = of(in, single);
  REQUIRE(o.complete);
  const double energy = in.bands.gap + exciton(in.bands, 3 * nanometre).energy;
  CHECK(o.pl_peak_energy == Approx(energy).epsilon(1e-6));
  CHECK(full_width_half_maximum(o.photon_energy, o.photoluminescence) ==
        Approx(line_width(in.line, in.temperature)).epsilon(1e-4));
  CHECK(o.line_width == line_width(in.line, in.temperature));
  CHECK(o.exciton_binding == Approx(exciton(in.bands, 3 * nanometre).binding).epsilon(1e-5));
  CHECK(o.mean_edge == Approx(4 * nanometre));
  CHECK(o.sd_edge == 0);
  CHECK(o.abs_peak_energy == Approx(energy + 0.08 * electron_volt).margin(0.01 * electron_volt));
  CHECK(o.abs_peak * o.abs_peak_energy == Approx(hc));
  CHECK(o.stokes == Approx(o.abs_peak_energy - o.pl_peak_energy));
  CHECK(o.tauc_gap < o.abs_peak_energy);
}

TEST_CASE("Spectra: unit areas, paired axes, no negative values", "[optics]") {
  const Optics o = of(input(), samples::normal_sizes(4 * nanometre, 0.6 * nanometre));
  REQUIRE(o.complete);
  CHECK(trapezoid(o.photon_energy, o.photoluminescence) == Approx(1).epsilon(1e-12));
  CHECK(trapezoid(o.wavelength, o.photoluminescence_wavelength) == Approx(1).epsilon(1e-12));
  for (std::size_t i = 0; i < o.photon_energy.size(); ++i) {
    CHECK(o.photon_energy[i] * o.wavelength[i] == Approx(hc).epsilon(1e-14));
    CHECK(o.photoluminescence[i] >= 0);
    CHECK(o.absorption[i] >= 0);
    CHECK(o.absorption[i] <= 1);
  }
  CHECK(o.curve_size.size() == 100);
  CHECK(o.curve_size.front() < 4 * nanometre);
  CHECK(o.curve_energy.front() > o.curve_energy.back());
}

TEST_CASE("A narrow ensemble: its width is the line and dE/dD times the spread, in quadrature", "[optics]") {
  OpticsInput in = input();
  in.line.lorentz_share = 0;  // Gaussians add in quadrature
  const double spread = 0.12 * nanometre;
  const Optics o = of(in, samples::normal_sizes(5 * nanometre, spread, 801));
  const SizingCurve curve(in.bands, in.shape, 5 * nanometre, 10 * nanometre);
  const double from_sizes = 2 * std::sqrt(2 * std::log(2.0)) * std::abs(curve.slope(7.5 * nanometre)) * 1.5 * spread;
  CHECK(full_width_half_maximum(o.photon_energy, o.photoluminescence) ==
        Approx(std::hypot(from_sizes, line_width(in.line, in.temperature))).epsilon(3e-3));
}

TEST_CASE("The histogram gives what summing every line over every energy gives", "[optics]") {
  const OpticsInput in = input();
  const auto sizes = samples::normal_sizes(4 * nanometre, 0.5 * nanometre, 60);
  const Optics o = of(in, sizes);
  const SizingCurve curve(in.bands, in.shape, 2 * nanometre, 12 * nanometre);
  std::vector<double> direct(o.photon_energy.size(), 0.0);
  for (std::size_t k = 0; k < sizes.edge.size(); ++k)
    for (std::size_t i = 0; i < direct.size(); ++i)
      direct[i] += sizes.number[k] * line_profile(o.photon_energy[i] - curve.energy(1.5 * sizes.edge[k]), o.line_width,
                                                  in.line.lorentz_share);
  const double area = trapezoid(o.photon_energy, direct);
  const double height = highest_peak(o.photon_energy, o.photoluminescence).height;
  for (std::size_t i = 0; i < direct.size(); ++i)
    CHECK(o.photoluminescence[i] == Approx(direct[i] / area).margin(1e-5 * height));
}

TEST_CASE("Larger crystals weigh more: number, volume, funnelling shift to the red in this order", "[optics]") {
  OpticsInput in = input();
  const auto sizes = samples::normal_sizes(4 * nanometre, 0.6 * nanometre);
  const double number = of(in, sizes).pl_peak;
  in.weighting = Weighting::volume;
  const double volume = of(in, sizes).pl_peak;
  in.weighting = Weighting::funnelling;
  const double funnelled = of(in, sizes).pl_peak;
  CHECK(number < volume);
  CHECK(volume < funnelled);
}

TEST_CASE("The unresolved spread narrows the line; both spreads are reported", "[optics]") {
  OpticsInput in = input();
  const auto sizes = samples::normal_sizes(4 * nanometre, 0.5 * nanometre);
  const Optics all = of(in, sizes);
  in.unresolved_spread = 0.4 * nanometre;
  const Optics resolved = of(in, sizes);
  CHECK(resolved.pl_fwhm < all.pl_fwhm);
  CHECK(resolved.sd_edge == all.sd_edge);
  CHECK(resolved.optical_sd ==
        Approx(std::sqrt(std::pow(all.sd_edge, 2) - std::pow(0.4 * nanometre, 2))).epsilon(1e-10));
}

TEST_CASE("Failures are named, and what was computed is kept", "[optics]") {
  const Optics tiny = of(input(), {{0.1 * nanometre}, {1}});
  CHECK_FALSE(tiny.complete);
  CHECK_THAT(tiny.message, Catch::Contains("too small to bind a state"));
  CHECK(tiny.unbound_share == 1);
  CHECK(tiny.mean_edge == Approx(0.1 * nanometre));
  const Optics few = of(input(), {{0.1 * nanometre, 4 * nanometre}, {0.005, 0.995}});
  CHECK(few.complete);
  CHECK(few.unbound_share == Approx(0.005));
  OpticsInput infrared = input();
  infrared.bands.gap = 0.5 * electron_volt;
  infrared.size_ratio = 8;
  const Optics dark = of(infrared, single);
  CHECK(dark.complete);  // all but its colour, which nobody sees
  CHECK(std::isnan(dark.cie_x));
  CHECK(std::isnan(dark.cie_y));
  CHECK(dark.pl_peak > 800 * nanometre);
}

TEST_CASE("Inputs that make no sense are refused with a reason", "[optics]") {
  const auto message = [](const OpticsInput& in, const samples::Sizes& sizes) {
    const Optics o = of(in, sizes);
    CHECK_FALSE(o.complete);
    return o.message;
  };
  CHECK_THAT(message(input(), {{}, {}}), Catch::Contains("0 edges"));
  CHECK_THAT(message(input(), {{1e-9, std::nan("")}, {1, 1}}), Catch::Contains("edge"));
  CHECK_THAT(message(input(), {{1e-9}, {0}}), Catch::Contains("weights"));
  OpticsInput in = input();
  in.bands.permittivity = std::nan("");
  CHECK_THAT(message(in, single), Catch::Contains("permittivity"));
  in = input();
  in.line = {};
  CHECK_THAT(message(in, single), Catch::Contains("line width"));
  in = input();
  in.stokes.reference_edge = 0;
  CHECK_THAT(message(in, single), Catch::Contains("Stokes"));
  in = input();
  in.size_ratio = -1;
  CHECK_THAT(message(in, single), Catch::Contains("size ratio"));
}
