// Known circuits are recovered from their spectra, with noise within their standard errors.
#include "models/device/equivalent_circuit.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace nacre::device;
using Complex = std::complex<double>;

namespace {

std::vector<double> decades(double from, double to, int count) {
  std::vector<double> all;
  for (int i = 0; i < count; ++i) all.push_back(from * std::pow(to / from, i / (count - 1.0)));
  return all;
}

std::vector<Complex> spectrum(const EquivalentCircuit& circuit, const std::vector<double>& frequencies,
                              double noise = 0, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<Complex> all;
  for (const double f : frequencies) {
    const Complex z = circuit.impedance(f);
    all.push_back(z + std::abs(z) * noise * Complex(normal(random), normal(random)));
  }
  return all;
}

/// Of an LED: leads, the layer where carriers recombine, ions.
const EquivalentCircuit led{2e-3, 0, {{0.15, 2e-6}, {0.06, 0.8}}, 0};
const std::vector<double> sixty = decades(1e-2, 1e7, 60);

}  // namespace

TEST_CASE("a resistor and an RC circuit come back to round-off", "[equivalent_circuit]") {
  const EquivalentCircuit resistor{0.3, 0, {}, 0};
  const EquivalentCircuit again = fit_circuit(sixty, spectrum(resistor, sixty));
  CHECK(again.arcs.empty());
  CHECK(again.series == Approx(0.3).epsilon(1e-12));

  const EquivalentCircuit rc{1e-3, 0, {{0.5, 3e-4}}, 0};
  const EquivalentCircuit found = fit_circuit(sixty, spectrum(rc, sixty));
  REQUIRE(found.arcs.size() == 1);
  CHECK(found.series == Approx(1e-3).epsilon(1e-9));
  CHECK(found.arcs[0].resistance == Approx(0.5).epsilon(1e-10));
  CHECK(found.arcs[0].capacitance() == Approx(6e-4).epsilon(1e-10));
  CHECK(found.misfit < 1e-10);
}

TEST_CASE("series resistance, recombination and ionic arc come back", "[equivalent_circuit]") {
  const EquivalentCircuit found = fit_circuit(sixty, spectrum(led, sixty));
  REQUIRE(found.arcs.size() == 2);
  CHECK(found.series == Approx(led.series).epsilon(1e-8));
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(found.arcs[k].resistance == Approx(led.arcs[k].resistance).epsilon(1e-8));
    CHECK(found.arcs[k].time == Approx(led.arcs[k].time).epsilon(1e-8));
    CHECK(found.arcs[k].resolved);
  }
}

TEST_CASE("an inductive loop of late ions is an arc of negative resistance", "[equivalent_circuit]") {
  const EquivalentCircuit loop{2e-3, 0, {{0.15, 2e-6}, {-0.05, 0.8}}, 0};
  const EquivalentCircuit found = fit_circuit(sixty, spectrum(loop, sixty));
  REQUIRE(found.arcs.size() == 2);
  CHECK(found.arcs[1].resistance == Approx(-0.05).epsilon(1e-8));
  CHECK(found.arcs[1].capacitance() == Approx(-16).epsilon(1e-8));
}

TEST_CASE("noise moves the circuit by its standard errors", "[equivalent_circuit]") {
  double squares = 0;
  int count = 0, right = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const EquivalentCircuit found = fit_circuit(sixty, spectrum(led, sixty, 0.01, seed));
    if (found.arcs.size() != 2) continue;
    ++right;
    const auto add = [&](double off, double sigma) { squares += off * off / (sigma * sigma), ++count; };
    add(found.series - led.series, found.series_sigma);
    for (std::size_t k = 0; k < 2; ++k) {
      add(found.arcs[k].resistance - led.arcs[k].resistance, found.arcs[k].resistance_sigma);
      add(std::log(found.arcs[k].time / led.arcs[k].time), found.arcs[k].time_sigma);
      CHECK(found.arcs[k].resistance == Approx(led.arcs[k].resistance).epsilon(0.05));
    }
    CHECK(found.misfit == Approx(0.01 * std::sqrt(2)).epsilon(0.25));
  }
  CHECK(right >= 38);
  CHECK(squares / count == Approx(1).margin(0.35));  // chi square of some 200 deviations
}

TEST_CASE("a distributed process is not taken for the difference of two arcs", "[equivalent_circuit]") {
  std::vector<Complex> all;
  for (const double f : sixty) all.push_back(1e-3 + 0.1 / (1. + std::pow(Complex(0, f / 1e4), 0.8)));
  const EquivalentCircuit found = fit_circuit(sixty, all);
  double sum = found.series;
  for (const Arc& arc : found.arcs) {
    CHECK(std::abs(arc.resistance) < 0.12);
    sum += arc.resistance;
  }
  CHECK(sum == Approx(0.101).epsilon(0.03));  // what slow oscillations meet
  CHECK(found.misfit < 0.05);
}

TEST_CASE("arcs that overlap read as one: its width is their sum, its time their mean", "[equivalent_circuit]") {
  const Arc alone = joined(std::vector<Arc>{{0.15, 2e-6}});
  CHECK(alone.resistance == 0.15);
  CHECK(alone.time == Approx(2e-6).epsilon(1e-9));
  const Arc pair = joined(std::vector<Arc>{{0.1, 1e-5}, {0.1, 4e-5}});  // alike: one top, in the middle
  CHECK(pair.resistance == 0.2);
  CHECK(pair.time == Approx(2e-5).epsilon(1e-12));
  const Arc looped = joined(std::vector<Arc>{{0.1, 1e-5}, {-0.02, 1e-2}});
  CHECK(looped.resistance == Approx(0.08));
  CHECK(looped.time == Approx(1e-5).epsilon(1e-9));
  CHECK(std::isnan(joined({}).resistance));
  CHECK(std::isnan(joined(std::vector<Arc>{{-0.1, 1e-5}}).resistance));
  // A depressed arc is cut into several, none of which is its width.
  std::vector<Complex> all;
  for (const double f : sixty) all.push_back(1e-3 + 0.1 / (1. + std::pow(Complex(0, f / 1e4), 0.7)));
  const EquivalentCircuit cut = fit_circuit(sixty, all);
  double largest = 0;
  for (const Arc& arc : cut.arcs) largest = std::max(largest, arc.resistance);
  CHECK(largest < 0.08);
  const Arc whole = joined(cut.arcs);
  CHECK(whole.resistance == Approx(0.1).epsilon(0.03));
  CHECK(1 / (2 * M_PI * whole.time) == Approx(1e4).epsilon(0.2));
}

TEST_CASE("blocking electrodes: the capacitance is known, the resistance beside it is not", "[equivalent_circuit]") {
  const double ions = 0.2, geometric = 2e-4, layers = 3e-1;
  std::vector<Complex> all;
  for (const double f : sixty) {
    const Complex iw(0, 2 * M_PI * f);
    all.push_back(1. / (1. / ions + iw * geometric) + 1. / (iw * layers));
  }
  const EquivalentCircuit found = fit_circuit(sixty, all);
  REQUIRE(found.arcs.size() == 2);
  CHECK(found.arcs[0].resistance == Approx(ions).epsilon(1e-3));
  CHECK(found.arcs[0].capacitance() == Approx(geometric).epsilon(1e-3));
  CHECK_FALSE(found.arcs[1].resolved);
  CHECK(found.arcs[1].capacitance() == Approx(layers).epsilon(1e-3));
}

TEST_CASE("arcs whose time goes with the ions' mobility are the ions', whatever their resistance does",
          "[equivalent_circuit]") {
  // Ions that move faster by dm shorten tau by ions dm; where they are the resistor themselves, that falls, too.
  const auto slope = [](const Arc& arc, double frequency, double ions, double of_resistance) {
    const Complex x(0, 2 * M_PI * frequency * arc.time);
    return arc.resistance * (of_resistance / (1. + x) + ions * x / ((1. + x) * (1. + x)));
  };
  const EquivalentCircuit three{2e-3, 0, {{0.15, 2e-6}, {0.4, 3e-3}, {-0.06, 0.8}}, 0};
  for (const double mixed : {0., 0.3, 1.}) {
    const std::vector<Complex> impedance = spectrum(three, sixty);
    std::vector<Complex> by_ions;
    for (const double f : sixty)
      by_ions.push_back(slope(three.arcs[0], f, 0, 0) + slope(three.arcs[1], f, mixed, -mixed) +
                        slope(three.arcs[2], f, 1, 0.2));
    EquivalentCircuit found = fit_circuit(sixty, impedance);
    REQUIRE(found.arcs.size() == 3);
    CHECK(std::isnan(found.arcs[0].of_ions));  // nobody asked yet
    tell_ions(sixty, impedance, by_ions, found);
    CHECK(std::abs(found.arcs[0].of_ions) < 1e-6);
    CHECK(found.arcs[1].of_ions == Approx(mixed).margin(1e-6));
    CHECK(found.arcs[2].of_ions == Approx(1).epsilon(1e-6));
  }
  // Beyond the spectrum nothing is said.
  const EquivalentCircuit blocked{2e-3, 0, {{0.15, 2e-6}, {1e7, 1e6}}, 0};
  const std::vector<Complex> impedance = spectrum(blocked, sixty);
  EquivalentCircuit found = fit_circuit(sixty, impedance);
  REQUIRE(found.arcs.size() == 2);
  std::vector<Complex> by_ions;
  for (const double f : sixty) by_ions.push_back(slope(blocked.arcs[0], f, 1, -1));
  tell_ions(sixty, impedance, by_ions, found);
  CHECK(found.arcs[0].of_ions == Approx(1).epsilon(1e-6));
  CHECK(std::isnan(found.arcs[1].of_ions));
}
