#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/math/random.hpp"
#include "engine/units/constants.hpp"
#include "models/instruments/bleach_fit.hpp"
#include "models/instruments/decay_fit.hpp"
#include "models/instruments/quenching_fit.hpp"
#include "tests/models/instruments/pulls.hpp"

using namespace nacre::instruments;

namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// A sampled sum of exponentials on logarithmic times, as the model gives it.
struct Decay {
  std::vector<double> time{0.0}, value{1.0};
};
Decay exponentials(const std::vector<double>& amplitude, const std::vector<double>& lifetime) {
  Decay d;
  for (int i = 0; i <= 400; ++i) {
    const double t = 1e-12 * std::pow(10.0, i / 40.0);
    double value = 0;
    for (std::size_t j = 0; j < amplitude.size(); ++j) value += amplitude[j] * std::exp(-t / lifetime[j]);
    d.time.push_back(t);
    d.value.push_back(value);
  }
  return d;
}

}  // namespace

TEST_CASE("Convolution with the response conserves area", "[instruments]") {
  const std::vector<double> signal{0, 3, 1, 0.5, 7};
  for (const double width : {0.0, 0.4, 2.0, 11.0}) {
    const std::vector<double> response = response_shares(width, 0.7);
    CHECK(sum(response) == Approx(1));
    CHECK(sum(convolved(signal, response)) == Approx(sum(signal)));
  }
}

TEST_CASE("The area of a sampled decay is that of its exponentials", "[instruments]") {
  const Decay d = exponentials({0.3, 0.7}, {2e-9, 15e-9});
  const std::vector<double> until{1e-9, 10e-9, 100e-9, 1e-3};
  const std::vector<double> area = cumulative(d.time, d.value, until);
  for (std::size_t i = 0; i < until.size(); ++i) {
    const double exact = 0.3 * 2e-9 * -std::expm1(-until[i] / 2e-9) + 0.7 * 15e-9 * -std::expm1(-until[i] / 15e-9);
    CHECK(area[i] == Approx(exact).epsilon(1e-3));
  }
}

TEST_CASE("A photon counter keeps all photons of a window that is long enough", "[instruments]") {
  const Decay d = exponentials({1}, {10e-9});
  const PhotonCounter sharp{0, 400e-9, 2000, 0, 0, 1}, blunt{2e-9, 400e-9, 2000, 0, 0, 1};
  const Histogram a = count(sharp, d.time, d.value), b = count(blunt, d.time, d.value);
  CHECK(a.delay == 0);
  CHECK(b.delay > 4e-9);
  CHECK(*std::max_element(b.counts.begin(), b.counts.end()) == Approx(1));
  CHECK(b.counts[600] / b.counts[400] == Approx(std::exp(-200 * 0.2 / 10)).epsilon(1e-3));
}

TEST_CASE("Averages of a multi-exponential are its integrals", "[instruments]") {
  MultiExponential fit;
  fit.amplitude = {0.6, 0.4};
  fit.lifetime = {3, 20};
  CHECK(fit.average(Averaging::amplitude) == Approx(0.6 * 3 + 0.4 * 20));
  // int t I dt/int I dt
  CHECK(fit.average(Averaging::intensity) == Approx((0.6 * 9 + 0.4 * 400) / (0.6 * 3 + 0.4 * 20)));
}

TEST_CASE("A fit recovers one, two and three exponentials through the response", "[instruments]") {
  const std::vector<std::vector<double>> amplitudes{{1}, {0.4, 0.6}, {0.5, 0.3, 0.2}};
  const std::vector<std::vector<double>> lifetimes{{12e-9}, {3e-9, 20e-9}, {1.5e-9, 9e-9, 60e-9}};
  for (std::size_t k = 0; k < 3; ++k) {
    const Decay d = exponentials(amplitudes[k], lifetimes[k]);
    const Histogram h = count({0.3e-9, 400e-9, 4000, 0, 0, 1}, d.time, d.value);
    const MultiExponential fit = fit_decay(h, static_cast<int>(k) + 1, 0);
    REQUIRE(fit.converged);
    for (std::size_t j = 0; j <= k; ++j) {
      CHECK(fit.lifetime[j] == Approx(lifetimes[k][j]).epsilon(5e-3));
      CHECK(fit.amplitude[j] == Approx(amplitudes[k][j]).epsilon(5e-3));
    }
  }
}

TEST_CASE("More exponentials than the decay has leave its mean lifetime as it is", "[instruments]") {
  const Decay d = exponentials({1}, {15.3e-9});
  const Histogram h = count({0.2e-9, 120e-9, 1000, 0, 0, 1}, d.time, d.value);
  for (const int components : {1, 2, 3}) {
    const MultiExponential fit = fit_decay(h, components, 0);
    REQUIRE(fit.converged);
    CHECK(fit.average(Averaging::amplitude) == Approx(15.3e-9).epsilon(1e-3));
    CHECK(fit.average(Averaging::intensity) == Approx(15.3e-9).epsilon(1e-3));
  }
}

TEST_CASE("Counting noise: lifetimes within their errors, chi-square one, the same for a seed", "[instruments]") {
  const Decay d = exponentials({0.4, 0.6}, {3e-9, 20e-9});
  const PhotonCounter counter{0.3e-9, 200e-9, 2000, 1e4, 5, 17};
  const Histogram h = count(counter, d.time, d.value);
  const MultiExponential fit = fit_decay(h, 2, 1e4);
  REQUIRE(fit.converged);
  CHECK(fit.reduced_chi_square == Approx(1).margin(0.15));
  for (std::size_t j = 0; j < 2; ++j) {
    const double exact = j == 0 ? 3e-9 : 20e-9;
    CHECK(fit.lifetime[j] == Approx(exact).margin(4 * fit.lifetime_error[j]));
    CHECK(fit.lifetime_error[j] < 0.05 * exact);
  }
  CHECK(count(counter, d.time, d.value).counts == h.counts);
}

TEST_CASE("Counting noise: mean lifetimes within their standard errors, which a background widens", "[instruments]") {
  const Decay d = exponentials({0.4, 0.6}, {3e-9, 20e-9});
  const double amplitude = 0.4 * 3e-9 + 0.6 * 20e-9, intensity = (0.4 * 9 + 0.6 * 400) * 1e-18 / amplitude;
  Pulls by_amplitude, by_intensity;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const MultiExponential fit = fit_decay(count({0.3e-9, 160e-9, 400, 2e3, 5, seed}, d.time, d.value), 2, 2e3);
    REQUIRE(fit.converged);
    REQUIRE(fit.average_error(Averaging::amplitude) < 0.05 * amplitude);
    by_amplitude.add((fit.average(Averaging::amplitude) - amplitude) / fit.average_error(Averaging::amplitude));
    by_intensity.add((fit.average(Averaging::intensity) - intensity) / fit.average_error(Averaging::intensity));
  }
  by_amplitude.check();
  by_intensity.check();
  const MultiExponential drowned = fit_decay(count({0.3e-9, 160e-9, 400, 1e3, 1e5, 1}, d.time, d.value), 1, 1e3);
  CHECK(drowned.average_error(Averaging::amplitude) > 0.05 * amplitude);
  CHECK(fit_decay(count({0.3e-9, 160e-9, 400, 0, 0, 1}, d.time, d.value), 2, 0).average_error(Averaging::amplitude) ==
        0);
}

TEST_CASE("Few counts leave a lifetime where it is", "[instruments]") {
  const Decay d = exponentials({1}, {12e-9});
  for (const double peak : {30.0, 100.0}) {
    for (const int components : {1, 2}) {
      Pulls pulls;
      double mean = 0;
      for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const MultiExponential fit =
            fit_decay(count({0.2e-9, 100e-9, 500, peak, 0, seed}, d.time, d.value), components, peak);
        REQUIRE(fit.converged);
        mean += fit.average(Averaging::amplitude) / 60;
        pulls.add((fit.average(Averaging::amplitude) - 12e-9) / fit.average_error(Averaging::amplitude));
      }
      INFO(peak << " counts, " << components << " components");
      // a second component that the decay does not have can only shorten the mean, by as much as the noise allows
      CHECK(mean == Approx(12e-9).epsilon(components == 1 ? 0.005 : 0.03));
      pulls.check();
    }
  }
}

TEST_CASE("A convolution of which only the start is wanted is the start of the whole", "[instruments]") {
  const std::vector<double> signal{0, 3, 1, 0.5, 7}, response = response_shares(2.0, 0.7);
  const std::vector<double> whole = convolved(signal, response), start = convolved(signal, response, 5);
  REQUIRE(start.size() == 5);
  for (std::size_t i = 0; i < start.size(); ++i) CHECK(start[i] == whole[i]);
  CHECK(convolved(signal, response, 2).size() == 2);
}

TEST_CASE("The Arrhenius-type fit recovers prefactor and energy", "[instruments]") {
  const double k = nacre::units::constants::boltzmann, energy = 0.15 * nacre::units::constants::electron_volt;
  for (const double prefactor : {3.0, 300.0}) {
    std::vector<double> temperature, intensity;
    for (double t = 80; t <= 300; t += 20) {
      temperature.push_back(t);
      intensity.push_back(7 / (1 + prefactor * std::exp(-energy / (k * t))));
    }
    const QuenchingReading reading = quenching_fit(temperature, intensity);
    REQUIRE(reading.converged);
    CHECK(reading.energy == Approx(energy).epsilon(1e-3));
    CHECK(reading.prefactor == Approx(prefactor).epsilon(2e-2));
    CHECK(reading.intensity == Approx(7).epsilon(1e-4));
  }
}

TEST_CASE("The Arrhenius-type fit recovers them from noisy intensities, within its errors", "[instruments]") {
  const double k = nacre::units::constants::boltzmann, energy = 0.09 * nacre::units::constants::electron_volt;
  const double prefactor = 60;
  for (const double noise : {2e-3, 1e-2}) {
    Pulls of_energy, of_prefactor;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      nacre::math::Random random(seed);
      std::vector<double> temperature, intensity;
      for (double t = 80; t <= 320; t += 10) {
        temperature.push_back(t);
        intensity.push_back(7 / (1 + prefactor * std::exp(-energy / (k * t))) * (1 + noise * random.normal()));
      }
      const QuenchingReading reading = quenching_fit(temperature, intensity);
      REQUIRE(reading.converged);
      REQUIRE(reading.energy_error < 20 * noise * energy);
      of_energy.add((reading.energy - energy) / reading.energy_error);
      of_prefactor.add(std::log(reading.prefactor / prefactor) / (reading.prefactor_error / reading.prefactor));
    }
    of_energy.check();
    of_prefactor.check();
  }
}

TEST_CASE("Subtracting a weak trace leaves the biexciton", "[instruments]") {
  std::vector<double> delay, weak, strong;
  for (int i = 0; i <= 200; ++i) {
    const double t = 2e-12 * i;
    delay.push_back(t);
    weak.push_back(0.05 * std::exp(-t / 15e-9));
    strong.push_back(0.6 * std::exp(-t / 15e-9) + 0.3 * std::exp(-t / 37e-12));
  }
  const BiexcitonReading reading = biexciton_fit(delay, weak, strong, 370e-12);
  REQUIRE(reading.converged);
  CHECK(reading.lifetime == Approx(37e-12).epsilon(1e-3));
  CHECK(reading.share == Approx(0.3 / 0.9).epsilon(1e-3));
}
