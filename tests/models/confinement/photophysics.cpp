#include "models/confinement/photophysics.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/math/quadrature.hpp"
#include "engine/units/constants.hpp"
#include "models/confinement/rate_spectrum.hpp"
#include "models/confinement/trap_statistics.hpp"
#include "tests/models/confinement/samples.hpp"

using namespace nacre::confinement;
using namespace samples;

namespace {

constexpr double ns = 1e-9;

PhotophysicsInput input() {
  PhotophysicsInput in;
  in.emitter = {.radiative_rate = 0.065 / ns,
                .capture_coefficient = 0.5e-27 / ns,
                .trap_release_rate = 0.02 / ns,
                .biexciton_lifetime = 24e-12,
                .biexciton_edge = 4.5e-9,
                .biexciton_exponent = 0.5,
                .trion_ratio = 4};
  in.trap_density = 3e16;
  return in;
}

const std::vector<double> one_size{4.5e-9}, one{1.0};

/// The decay of one size, in closed form.
double closed_form(const PhotophysicsInput& in, double edge, double t) {
  const double traps = in.trap_density * 6 * edge * edge;
  const double capture = capture_rate(in.emitter, edge * edge * edge, in.temperature, in.quenching_energy);
  return std::exp(-(in.emitter.radiative_rate + in.other_loss_rate) * t - traps * -std::expm1(-capture * t));
}

}  // namespace

TEST_CASE("Yield, lifetimes and decay of one size against the closed form", "[photophysics]") {
  PhotophysicsInput in = input();
  in.other_loss_rate = 0.004 / ns;
  const Photophysics light = photophysics(in, one_size, one);
  REQUIRE(light.complete);
  const double traps = 3e16 * 6 * 4.5e-9 * 4.5e-9;
  CHECK(light.traps_per_crystal == Approx(traps));
  CHECK(light.nonradiative_rate == Approx(traps * light.capture_rate + 0.004 / ns));
  const PoissonMeans means = poisson_means(traps, 0.069 / ns, light.capture_rate);
  CHECK(light.plqy == Approx(0.065 / ns * means.time).epsilon(1e-8));
  CHECK(light.lifetime_amplitude == Approx(light.plqy * ns / 0.065).epsilon(1e-8));  // whatever the traps' spread
  CHECK(light.lifetime_intensity == Approx(means.square / means.time).epsilon(1e-8));
  CHECK(light.lifetime_intensity > light.lifetime_amplitude);
  CHECK(closed_form(in, 4.5e-9, light.lifetime_1e) == Approx(std::exp(-1.0)).epsilon(1e-5));
  REQUIRE(light.time.size() == light.decay.size());
  CHECK(light.time.back() == Approx(1e-2));
  for (std::size_t i = 0; i < light.time.size(); ++i)
    CHECK(light.decay[i] == Approx(closed_form(in, 4.5e-9, light.time[i])).margin(1e-6));
}

TEST_CASE("Without traps: yield one, one exponential", "[photophysics]") {
  PhotophysicsInput in = input();
  in.trap_density = 0;
  const Photophysics light = photophysics(in, one_size, one);
  CHECK(light.plqy == Approx(1));
  CHECK(light.lifetime_amplitude == Approx(ns / 0.065));
  CHECK(light.lifetime_intensity == Approx(ns / 0.065));
  CHECK(light.lifetime_1e == Approx(ns / 0.065).epsilon(1e-5));
}

TEST_CASE("An ensemble is the sum over all its sizes, though sizes are gathered", "[photophysics]") {
  const PhotophysicsInput in = input();
  const Sizes sizes = normal_sizes(4.5e-9, 0.6e-9);
  double photons = 0, total = 0;
  for (std::size_t i = 0; i < sizes.edge.size(); ++i) {
    photons += sizes.number[i] * photophysics(in, std::vector{sizes.edge[i]}, one).plqy;
    total += sizes.number[i];
  }
  CHECK(photophysics(in, sizes.edge, sizes.number).plqy == Approx(photons / total).epsilon(2e-4));
}

TEST_CASE("However weak the pulse, it is followed", "[photophysics]") {
  PhotophysicsInput in = input();
  const Photophysics weak = photophysics(in, one_size, one);
  for (const double excitons : {1e-5, 1e-9, 1e-300}) {
    in.excitons = excitons;
    const Photophysics pulse = photophysics(in, one_size, one);
    REQUIRE(pulse.complete);
    CHECK(pulse.plqy == Approx(weak.plqy).epsilon(1e-3));
    CHECK(pulse.lifetime_amplitude == Approx(weak.lifetime_amplitude).epsilon(1e-3));
  }
}

TEST_CASE("A yield is never above one, and one has no traps", "[photophysics]") {
  PhotophysicsInput in = input();
  in.trap_density = 0;
  const Sizes sizes = normal_sizes(4.5e-9, 0.6e-9, 101);
  CHECK(photophysics(in, sizes.edge, sizes.number).plqy <= 1);
  CHECK(trap_density_of_plqy(in, sizes.edge, sizes.number, 1.0) == 0);
}

TEST_CASE("The trap density that a yield has", "[photophysics]") {
  const PhotophysicsInput in = input();
  const Sizes sizes = normal_sizes(4.5e-9, 0.6e-9, 101);
  const double yield = photophysics(in, sizes.edge, sizes.number).plqy;
  CHECK(trap_density_of_plqy(in, sizes.edge, sizes.number, yield) == Approx(3e16).epsilon(1e-4));
  CHECK(trap_density_of_plqy(in, one_size, one, 1.0) == 0);
  PhotophysicsInput lossy = in;
  lossy.other_loss_rate = 0.065 / ns;
  CHECK(std::isnan(trap_density_of_plqy(lossy, one_size, one, 0.6)));
  CHECK(trap_density_of_plqy(lossy, one_size, one, 0.4) > 0);
}

TEST_CASE("A weak pulse is the limit of a strong one, Auger takes light at high excitation", "[photophysics]") {
  const PhotophysicsInput in = input();
  const std::vector<double> excitons{1e-4, 0.1, 1, 3};
  const std::vector<double> yields = yields_at_excitons(in, one_size, one, excitons);
  CHECK(yields[0] == Approx(photophysics(in, one_size, one).plqy).epsilon(1e-3));
  CHECK(yields[1] < yields[0]);
  CHECK(yields[2] < yields[1]);
  CHECK(yields[3] < 0.6 * yields[1]);
}

TEST_CASE("Traps fill: without Auger and release the yield rises with excitation", "[photophysics]") {
  PhotophysicsInput in = input();
  in.emitter.biexciton_lifetime = 1;
  in.emitter.trap_release_rate = 0;
  in.emitter.capture_coefficient *= 200;  // a few strong traps
  in.trap_density = 1e16;
  const std::vector<double> yields = yields_at_excitons(in, one_size, one, std::vector{0.01, 1.0, 4.0});
  CHECK(yields[1] > 1.2 * yields[0]);
  CHECK(yields[2] > 1.2 * yields[1]);
}

TEST_CASE("Charged crystals emit as trions", "[photophysics]") {
  PhotophysicsInput in = input();
  in.trap_density = 0;
  in.charged_share = 1;
  const double radiative = 2 * 0.065 / ns, auger = 1 / (4 * 24e-12);
  const Photophysics light = photophysics(in, one_size, one);
  CHECK(light.trion_lifetime == Approx(96e-12));
  CHECK(light.plqy == Approx(radiative / (radiative + auger)));
  in.charged_share = 0.25;
  CHECK(photophysics(in, one_size, one).plqy == Approx(0.75 + 0.25 * radiative / (radiative + auger)));
}

TEST_CASE("Thermal quenching is Arrhenius's law of one kind of trap", "[photophysics]") {
  PhotophysicsInput in = input();
  in.quenching_energy = 0.1 * electron_volt;
  in.emitter.capture_coefficient /= 1e3;  // so weak that the spread over crystals does not show
  in.trap_density *= 1e3;
  const std::vector<double> temperature{120, 200, 298.15};
  const std::vector<double> yields = yields_at_temperatures(in, one_size, one, temperature);
  const double at_room = 1 / yields[2] - 1;
  for (std::size_t i = 0; i < 2; ++i) {
    const double factor =
        std::exp(-0.1 * electron_volt / nacre::units::constants::boltzmann * (1 / temperature[i] - 1 / 298.15));
    CHECK(1 / yields[i] - 1 == Approx(at_room * factor).epsilon(2e-3).margin(1e-9));
  }
}

TEST_CASE("The biexciton's lifetime grows as a power of the volume", "[photophysics]") {
  const Emitter emitter = input().emitter;
  CHECK(biexciton_lifetime(emitter, std::pow(4.5e-9, 3)) == Approx(24e-12));
  CHECK(biexciton_lifetime(emitter, std::pow(9e-9, 3)) == Approx(24e-12 * std::sqrt(8.0)));
}

TEST_CASE("Surfaces and volumes of the forms", "[photophysics]") {
  CHECK(surface_of({Shape::cube}, 2) == 24);
  CHECK(volume_of({Shape::cube, 0.5}, 2) == 4);
  CHECK(surface_of({Shape::cube, 0.5}, 2) == 16);
  CHECK(volume_of({Shape::platelet, 1, 0.1}, 2) == Approx(0.4));
  CHECK(surface_of({Shape::sphere}, 2) == Approx(12.566370614));
}

TEST_CASE("A spectrum of rates is the sum that went in", "[photophysics]") {
  RateSpectrum spectrum(1, 1e4);
  const std::vector<double> rate{1, 3.3, 47, 512, 1e4}, amplitude{1, 0.3, -0.2, 2, 0.5};
  double integral = 0, moment = 0;
  for (std::size_t j = 0; j < rate.size(); ++j) {
    spectrum.add(rate[j], amplitude[j]);
    integral += amplitude[j] / rate[j];
    moment += amplitude[j] / (rate[j] * rate[j]);
  }
  CHECK(spectrum.integral() == Approx(integral));
  CHECK(spectrum.moment() == Approx(moment));
  for (double t = 1e-6; t < 30; t *= 1.7) {
    double exact = 0;
    for (std::size_t j = 0; j < rate.size(); ++j) exact += amplitude[j] * std::exp(-rate[j] * t);
    CHECK(spectrum.at(t) == Approx(exact).margin(2e-6));
  }
}

TEST_CASE("At even times the table of exponentials gives the same sum, however the two grids lie", "[photophysics]") {
  const std::vector<double> rate{1, 3.3, 47, 512, 1e4}, amplitude{1, 0.3, -0.2, 2, 0.5};
  for (const double step : {0.3, 0.0719557, 0.05, 0.03, 0.004}) {
    RateSpectrum spectrum(1, 1e4, step);
    for (std::size_t j = 0; j < rate.size(); ++j) spectrum.add(rate[j], amplitude[j]);
    const auto count = static_cast<std::size_t>(20 / step);
    const std::vector<double> even = spectrum.at_even(1e-6, count);
    REQUIRE(even.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
      const double time = 1e-6 * std::exp(step * static_cast<double>(i));
      double exact = 0;
      for (std::size_t j = 0; j < rate.size(); ++j) exact += amplitude[j] * std::exp(-rate[j] * time);
      REQUIRE(even[i] == Approx(spectrum.at(time)).margin(1e-12));
      REQUIRE(even[i] == Approx(exact).margin(2e-6));
    }
  }
  RateSpectrum late(1, 2, 0.1);  // all has died away before the first time
  late.add(1.5, 1);
  CHECK(late.at_even(1e3, 3) == std::vector<double>{0, 0, 0});
}

TEST_CASE("What makes no sense comes back as a message", "[photophysics][bad]") {
  const auto complaint = [](auto change) {
    PhotophysicsInput in = input();
    change(in);
    const Photophysics light = photophysics(in, one_size, one);
    CHECK_FALSE(light.complete);
    return light.message;
  };
  using In = PhotophysicsInput;
  CHECK_THAT(complaint([](In& in) { in.emitter.radiative_rate = 0; }), Catch::Contains("radiative rate"));
  CHECK_THAT(complaint([](In& in) { in.trap_density = -1; }), Catch::Contains("trap density"));
  CHECK_THAT(complaint([](In& in) { in.trap_density = 1e30; }), Catch::Contains("more traps than atoms"));
  CHECK_THAT(complaint([](In& in) { in.trap_density = std::nan(""); }), Catch::Contains("trap density"));
  CHECK_THAT(complaint([](In& in) { in.excitons = 50; }), Catch::Contains("excitons"));
  CHECK_THAT(complaint([](In& in) { in.charged_share = 2; }), Catch::Contains("charged"));
  CHECK_FALSE(photophysics(input(), std::vector<double>{}, std::vector<double>{}).complete);
}
