#include "models/confinement/cascade.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "models/confinement/emitter.hpp"

using namespace nacre::confinement;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double value(const std::vector<Component>& components, double time) {
  double sum = 0;
  for (const Component& c : components) sum += c.amplitude * std::exp(-c.rate * time);
  return sum;
}

double integral(const std::vector<Component>& components) {
  double sum = 0;
  for (const Component& c : components) sum += c.amplitude / c.rate;
  return sum;
}

/// The same master equation by small explicit steps (Runge-Kutta 4), with n and f as indices.
double by_steps(const CascadeRates& r, const std::vector<double>& start, const std::vector<double>& signal,
                double time) {
  const int most = static_cast<int>(start.size()) - 1;
  const auto at = [&](int n, int f) { return static_cast<std::size_t>(n * (most + 1) + f); };
  std::vector<double> p(at(most, most) + 1, 0.0);
  for (int n = 0; n <= most; ++n) p[at(n, 0)] = start[static_cast<std::size_t>(n)];
  const auto slope = [&](const std::vector<double>& y) {
    std::vector<double> d(y.size(), 0.0);
    for (int n = 0; n <= most; ++n) {
      for (int f = 0; f <= most; ++f) {
        const double auger = n < 1       ? 0
                             : r.charged ? charged_auger_rate(r.trion_lifetime, n)
                                         : auger_rate(r.biexciton_lifetime, n);
        const double plain = photon_rate(r, n) + n * r.other + auger;
        const double caught = n * std::max(r.traps - f, 0.0) * r.capture, freed = f * r.release;
        const double here = y[at(n, f)];
        d[at(n, f)] -= (plain + caught + freed) * here;
        if (n > 0) d[at(n - 1, f)] += plain * here;
        if (n > 0 && f < most) d[at(n - 1, f + 1)] += caught * here;
        if (f > 0) d[at(n, f - 1)] += freed * here;
      }
    }
    return d;
  };
  const int steps = 4000;
  const double h = time / steps;
  const auto moved = [](std::vector<double> y, const std::vector<double>& d, double by) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += by * d[i];
    return y;
  };
  for (int i = 0; i < steps; ++i) {
    const auto k1 = slope(p), k2 = slope(moved(p, k1, h / 2)), k3 = slope(moved(p, k2, h / 2)),
               k4 = slope(moved(p, k3, h));
    for (std::size_t j = 0; j < p.size(); ++j) p[j] += h / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
  }
  double sum = 0;
  for (int n = 1; n <= most; ++n)
    for (int f = 0; f <= most; ++f) sum += signal[static_cast<std::size_t>(n)] * p[at(n, f)];
  return sum;
}

}  // namespace

TEST_CASE("One exciton and m traps: a single exponential", "[cascade]") {
  const CascadeRates r{.radiative = 0.06, .other = 0.01, .capture = 0.02, .biexciton_lifetime = 0.02, .traps = 3};
  const auto c = cascade(r, std::vector<double>{0, 1}, std::vector<double>{0, 1});
  REQUIRE(c.size() == 1);
  CHECK(c[0].rate == Approx(0.06 + 0.01 + 3 * 0.02));
  CHECK(c[0].amplitude == Approx(1));
}

TEST_CASE("Independent excitons: with rates in proportion to n the mean falls as one exponential", "[cascade]") {
  // no light and no Auger: n leaves at n x other, so <n> = n_0 exp(-other t) for any start
  const CascadeRates r{.other = 0.3, .biexciton_lifetime = infinite};
  const auto c = cascade(r, std::vector<double>{0, 0.1, 0.2, 0.3, 0.4}, std::vector<double>{0, 1, 2, 3, 4});
  for (const double t : {0.0, 0.4, 3.0, 20.0}) CHECK(value(c, t) == Approx(3.0 * std::exp(-0.3 * t)).epsilon(1e-9));
}

TEST_CASE("A biexciton's photons: two steps of known yield", "[cascade]") {
  const CascadeRates r{.radiative = 0.06, .other = 0.04, .biexciton_lifetime = 0.5};
  const std::vector<double> photons{0, photon_rate(r, 1), photon_rate(r, 2)};
  const double first = photons[2] / (photons[2] + 2 * 0.04 + 2), second = 0.6;
  CHECK(integral(cascade(r, std::vector<double>{0, 0, 1}, photons)) == Approx(first + second));
  CHECK(photons_per_pulse(r, std::vector<double>{0, 0, 1}) == Approx(first + second).epsilon(1e-14));
}

TEST_CASE("Photons counted by states are the integral over time", "[cascade]") {
  for (const bool charged : {false, true}) {
    const CascadeRates r{0.06, 0.01, 0.11, 0.07, 2.0, 8.0, 2.5, charged};
    const std::vector<double> start{0.1, 0.3, 0.3, 0.2, 0.1};
    std::vector<double> photons{0};
    for (int n = 1; n < 5; ++n) photons.push_back(photon_rate(r, n));
    CHECK(photons_per_pulse(r, start) == Approx(integral(cascade(r, start, photons))).epsilon(1e-9));
  }
}

TEST_CASE("Trap filling, emptying and Auger: closed form against small steps", "[cascade]") {
  for (const bool charged : {false, true}) {
    const CascadeRates r{0.06, 0.01, 0.11, 0.07, 2.0, 8.0, 2.5, charged};
    const std::vector<double> start{0.1, 0.3, 0.3, 0.2, 0.1}, signal{0, 1, 4, 9, 16};
    const auto c = cascade(r, start, signal);
    for (const double t : {0.5, 4.0, 25.0}) CHECK(value(c, t) == Approx(by_steps(r, start, signal, t)).epsilon(1e-7));
  }
}

TEST_CASE("States that hardly a pulse visits are left out, within the error that this may cost", "[cascade]") {
  // Auger is far faster than capture: hardly a crystal fills many traps
  const CascadeRates r{.radiative = 0.06, .capture = 0.01, .release = 0.023, .biexciton_lifetime = 0.05, .traps = 6};
  const std::vector<double> start{0, 0.1, 0.1, 0.2, 0.2, 0.2, 0.1, 0.1};
  std::vector<double> photons{0};
  for (int n = 1; n < 8; ++n) photons.push_back(photon_rate(r, n));
  const auto all = cascade(r, start, photons, 0);
  for (const double negligible : {1e-9, 1e-6, 1e-4}) {
    const auto most = cascade(r, start, photons, negligible);
    CHECK(most.size() < all.size());
    const double left_out = static_cast<double>(all.size() - most.size());
    const double error = integral(all) - integral(most);
    CHECK(error >= -1e-12);
    CHECK(error <= 7 * negligible * left_out);
    for (const double t : {0.0, 0.01, 1.0, 20.0})
      CHECK(value(most, t) == Approx(value(all, t)).margin(photons[7] * negligible * left_out));
  }
  CHECK(integral(all) - integral(cascade(r, start, photons, 1e-4)) > 1e-9);  // something was left out
}

TEST_CASE("States that are lost equally fast do not spoil the closed form", "[cascade]") {
  // release = capture: (1, f) leaves at a rate that does not depend on f
  const CascadeRates r{0.06, 0.01, 0.05, 0.05, 2.0, 8.0, 4, false};
  const std::vector<double> start{0, 0, 0, 0, 1}, signal{0, 1, 1, 1, 1};
  const auto c = cascade(r, start, signal);
  for (const double t : {1.0, 10.0, 40.0}) CHECK(value(c, t) == Approx(by_steps(r, start, signal, t)).margin(1e-5));
}

TEST_CASE("Auger rates of carriers: trion and biexciton by their pairs", "[cascade]") {
  CHECK(auger_rate(24e-12, 1) == 0);
  CHECK(auger_rate(24e-12, 2) == Approx(1 / 24e-12));
  CHECK(auger_rate(24e-12, 3) == Approx(4.5 / 24e-12));
  CHECK(charged_auger_rate(96e-12, 1) == Approx(1 / 96e-12));
  // n excitons and one carrier more lie between n and n + 1 excitons when a biexciton has four ways
  for (int n = 1; n < 6; ++n) {
    CHECK(charged_auger_rate(4.0, n) > auger_rate(1.0, n));
    CHECK(charged_auger_rate(4.0, n) < auger_rate(1.0, n + 1));
  }
}
