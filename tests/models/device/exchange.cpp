#include "models/device/exchange/ensemble.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/math/random.hpp"
#include "engine/math/roots.hpp"
#include "engine/units/constants.hpp"
#include "models/device/exchange/composition_grid.hpp"

using namespace nacre;
using namespace nacre::device;

namespace {

constexpr double eV = units::constants::electron_volt;
constexpr double kT = units::constants::boltzmann * 298.15;
constexpr double k = 0.0119;  // [1/s]

ExchangeLaw mixed_law() {
  return {{1.75 * eV, 2.39 * eV, 0.08 * eV}, 84, 0.83 * kT, 0.5, {{0, 2}, {0.08 * eV, 6}}, 298.15};
}

/// A normal distribution of confinement energies.
std::vector<SizeClass> sizes(int count, double spread = 0.012 * eV) {
  std::vector<double> energy, weight;
  for (int i = -60; i <= 60; ++i) {
    energy.push_back(0.03 * eV + spread * i / 12.0);
    weight.push_back(std::exp(-i * i / 288.0));
  }
  return size_classes(energy, weight, count);
}

Ensemble ensemble(int cells = 60, int classes = 3, std::vector<double> depths = {}) {
  return Ensemble(mixed_law(), sizes(classes), 0.67, cells, depths);
}

/// [nm]
double wavelength(const Ensemble& e) {
  return 1e9 * units::constants::planck * units::constants::speed_of_light / e.carrier_gap(0);
}

double driven(Ensemble e, double occupancy, double rate, double time, double tolerance) {
  const std::vector<Drive> drive{{occupancy, rate}};
  REQUIRE(e.advance(time, drive, {}, {tolerance}).complete);
  return wavelength(e);
}

/// The grand-canonical distribution of one depth at a mean iodide fraction and occupancy, by nested bisections.
struct GrandCanonical {
  ExchangeLaw law;
  std::vector<SizeClass> classes;
  CompositionGrid grid;
  std::vector<std::vector<double>> p;

  double carriers(std::size_t s, double x, double zeta) const {
    double sum = 0;
    for (const CarrierLevel& l : law.levels)
      sum += l.states / (1 + std::exp((law.gap.at(x) + classes[s].confinement + l.energy) / kT - zeta));
    return sum;
  }
  double weight(std::size_t s, double x, double mu, double zeta) const {
    double u = law.sites * (mixing_energy(x, law.interaction / kT) - mu * (x - 0.67));
    for (const CarrierLevel& l : law.levels)
      u -= l.states * std::log1p(std::exp(zeta - (law.gap.at(x) + classes[s].confinement + l.energy) / kT));
    return std::exp(-u);
  }
  std::size_t cells() const { return grid.centre.size(); }
  void fill(double mu, double zeta) {
    p.assign(classes.size(), std::vector<double>(cells()));
    for (std::size_t s = 0; s < classes.size(); ++s) {
      for (std::size_t i = 0; i < cells(); ++i) p[s][i] = grid.width[i] * weight(s, grid.centre[i], mu, zeta);
      const double sum = std::accumulate(p[s].begin(), p[s].end(), 0.0);
      for (double& value : p[s]) value *= classes[s].weight / sum;
    }
  }
  double mean_iodide() const {
    double sum = 0;
    for (const auto& row : p)
      for (std::size_t i = 0; i < cells(); ++i) sum += row[i] * grid.centre[i];
    return sum;
  }
  double mean_carriers(double zeta) const {
    double sum = 0;
    for (std::size_t s = 0; s < classes.size(); ++s)
      for (std::size_t i = 0; i < cells(); ++i) sum += p[s][i] * carriers(s, grid.centre[i], zeta);
    return sum;
  }
  void solve(double iodide, double occupancy) {
    const auto at_zeta = [&](double zeta) {
      const auto at_mu = [&](double mu) {
        fill(mu, zeta);
        return mean_iodide() - iodide;
      };
      fill(math::brent_root(at_mu, -3, 3).x, zeta);
      return mean_carriers(zeta) - occupancy;
    };
    at_zeta(math::brent_root(at_zeta, 50, 110).x);
  }
};

}  // namespace

TEST_CASE("size classes are the Gauss quadrature of their distribution", "[exchange]") {
  std::vector<double> energy, weight;
  for (int i = 0; i < 40; ++i) {
    energy.push_back((0.02 + 0.001 * i + 1e-5 * i * i) * eV);
    weight.push_back(1 + i % 7);
  }
  const std::vector<SizeClass> classes = size_classes(energy, weight, 4);
  REQUIRE(classes.size() == 4);
  for (int power = 0; power <= 7; ++power) {
    double all = 0, exact = 0, total = 0;
    for (const SizeClass& c : classes) all += c.weight * std::pow(c.confinement / eV, power);
    for (std::size_t i = 0; i < energy.size(); ++i)
      exact += weight[i] * std::pow(energy[i] / eV, power), total += weight[i];
    CHECK(all == Approx(exact / total).epsilon(1e-12));
  }
  const std::vector<SizeClass> weighed = size_classes(energy, weight, 4, kT);
  double shares = 0, first = 0, exact_first = 0, none = 0, exact_none = 0;
  for (const SizeClass& c : weighed) {
    shares += c.weight;
    none += c.weight * std::exp(-c.confinement / kT), first += c.weight * std::exp(-c.confinement / kT) * c.confinement;
  }
  for (std::size_t i = 0; i < energy.size(); ++i) {
    exact_none += weight[i] * std::exp(-energy[i] / kT);
    exact_first += weight[i] * std::exp(-energy[i] / kT) * energy[i];
  }
  CHECK(shares == Approx(1).epsilon(1e-14));
  CHECK(first / none == Approx(exact_first / exact_none).epsilon(1e-12));
  CHECK(weighed.front().confinement < classes.front().confinement);  // nearer to where carriers are
  CHECK(size_classes(std::vector<double>{1 * eV}, std::vector<double>{3}, 5).size() == 1);
  CHECK(size_classes(std::vector<double>{1 * eV, 2 * eV}, std::vector<double>{1, 1}, 5).size() == 2);
}

namespace {

/// Crystals of a normal distribution of edges around 11.4 or 5 nm, with a relative spread, between 1.5 and twice the
/// edge; their energies go as the inverse square.
struct Crystals {
  std::vector<double> energy, share;

  Crystals(double edge, double spread) {
    double all = 0;
    for (int i = -160; i <= 160; ++i) {
      const double z = i / 40.0, size = edge * (1 + spread * z);
      if (size < 1.5) continue;
      energy.push_back(3 * eV / (size * size));
      share.push_back(std::exp(-z * z / 2));
      all += share.back();
    }
    for (double& one : share) one /= all;
  }
  /// Of the energy above the lowest, over the range, as carriers see it.
  double seen(const std::vector<double>& at, const std::vector<double>& weight, int power) const {
    const double lowest = energy.back(), range = energy.front() - lowest;
    double sum = 0;
    for (std::size_t i = 0; i < at.size(); ++i)
      sum += weight[i] * std::exp((lowest - at[i]) / kT) * std::pow((at[i] - lowest) / range, power);
    return sum;
  }
  double mean(const std::vector<double>& at, const std::vector<double>& weight) const {
    return std::inner_product(at.begin(), at.end(), weight.begin(), 0.0);
  }
};

}  // namespace

TEST_CASE("Size classes have what carriers see, and all crystals, at any spread and number", "[exchange]") {
  for (const double edge : {11.4, 5.0})
    for (const double spread : {0.05, 0.1, 0.15, 0.2, 0.2232, 0.24, 0.27, 0.3})
      for (const int count : {3, 9, 15, 27, 45, 60}) {
        const Crystals all(edge, spread);
        std::vector<double> energy, share;
        for (const SizeClass& one : size_classes(all.energy, all.share, count, kT))
          energy.push_back(one.confinement), share.push_back(one.weight);
        CAPTURE(edge, spread, count);
        CHECK(std::is_sorted(energy.begin(), energy.end()));
        CHECK(*std::min_element(share.begin(), share.end()) > 0);
        CHECK(std::accumulate(share.begin(), share.end(), 0.0) == Approx(1).epsilon(1e-14));
        CHECK(all.mean(energy, share) == Approx(all.mean(all.energy, all.share)).epsilon(3e-4));
        // three classes: what is left of the crystals holds 1e-5 of the carriers
        const double least = count == 3 ? 2e-5 : 2e-8, seen = all.seen(all.energy, all.share, 0);
        for (int power = 0; power < 2 * count; ++power)
          CHECK(std::abs(all.seen(energy, share, power) - all.seen(all.energy, all.share, power)) < least * seen);
      }
}

TEST_CASE("Cells of composition share the whole range, finest where rich domains end", "[exchange]") {
  for (const double iodide : {0.02, 0.3, 0.67, 0.98}) {
    const CompositionGrid grid = composition_grid(iodide, 100, 60);
    CHECK(grid.face.front() == 0);
    CHECK(grid.face.back() == Approx(1).epsilon(1e-14));
    CHECK(std::accumulate(grid.width.begin(), grid.width.end(), 0.0) == Approx(1).epsilon(1e-14));
    for (std::size_t i = 0; i < 60; ++i) {
      CHECK(grid.face[i] < grid.centre[i]);
      CHECK(grid.centre[i] < grid.face[i + 1]);
    }
    CHECK(grid.width.back() < 1. / 60);
  }
  // smooth: half the width, a quarter of what it changes by from cell to cell
  const CompositionGrid coarse = composition_grid(0.67, 100, 60), fine = composition_grid(0.67, 100, 120);
  const double change = coarse.width[21] - coarse.width[20], half = fine.width[42] - fine.width[41];
  CHECK(half == Approx(change / 4).epsilon(0.1));
}

TEST_CASE("Any number of cells can be made to hold any iodide fraction", "[exchange]") {
  for (const double iodide : {1e-6, 1e-3, 0.004, 0.67, 0.999, 1 - 1e-6})
    for (const std::size_t cells : {std::size_t{10}, std::size_t{60}, std::size_t{480}}) {
      const CompositionGrid regular = composition_grid(iodide, 58, cells), grid = narrowed_to(regular, iodide);
      CAPTURE(iodide, cells);
      CHECK(holds(grid, iodide));
      CHECK((holds(regular, iodide) ? grid.face == regular.face : grid.face != regular.face));
      CHECK(grid.face.front() == 0);
      CHECK(grid.face.back() == Approx(1).epsilon(1e-14));
      CHECK(*std::min_element(grid.width.begin(), grid.width.end()) > 0);
      for (std::size_t i = 0; i < cells; ++i)
        CHECK((grid.face[i] < grid.centre[i] && grid.centre[i] < grid.face[i + 1]));
      CHECK(Ensemble(mixed_law(), sizes(3), iodide, static_cast<int>(cells)).iodide() == Approx(iodide).epsilon(1e-9));
    }
}

TEST_CASE("The share of rich domains does not jump where a cell begins", "[exchange]") {
  Ensemble coarse = ensemble(60), fine = ensemble(480);
  const std::vector<Drive> drive{{0.9, k}};
  REQUIRE(coarse.advance(180, drive).complete);
  REQUIRE(fine.advance(180, drive).complete);
  double before = 1;
  for (double fraction = 0; fraction < 1; fraction += 0.003) {
    const double rich = coarse.richer_than(fraction);
    CHECK(rich <= before + 1e-12);
    CHECK(before - rich < 0.02);  // a cell around the mean has 0.1 of the domains
    CHECK(std::abs(rich - fine.richer_than(fraction)) < 4e-3);
    before = rich;
  }
  CHECK(coarse.richer_than(0) == Approx(1).epsilon(1e-12));
  CHECK(coarse.richer_than(1) == Approx(0).margin(1e-12));
}

TEST_CASE("The free energy never rises at fixed occupancy, whatever the step", "[exchange]") {
  for (const double tolerance : {1e-3, 1e-2, 1e9}) {
    Ensemble e = ensemble();
    const std::vector<Drive> drive{{1.5, k}};
    e.occupy(drive);
    double before = e.free_energy(), start = before;
    for (int i = 0; i < 40; ++i) {
      REQUIRE(e.advance(0.2 * std::pow(1.4, i), drive, {}, {tolerance}).complete);
      const double now = e.free_energy();
      CHECK(now <= before + 1e-12 * std::abs(before));
      before = now;
    }
    CHECK(before < start - 0.1);
  }
}

TEST_CASE("Iodide is conserved and no share is negative", "[exchange]") {
  Ensemble e = ensemble(60, 3, {0.3, 0.7});
  std::vector<double> transport{0.002};
  for (const double occupancy : {0.0, 0.2, 2.5, 7.5, 0.01, 0.0, 1.0, 1e-12}) {
    const std::vector<Drive> drive{{occupancy, k}, {0.1 * occupancy, 3 * k}};
    REQUIRE(e.advance(60, drive, transport).complete);
    CHECK(std::abs(e.iodide() - 0.67) < 1e-12);
    double least = 1, sum = 0;
    for (std::size_t i = 0; i < e.cells(); ++i)
      for (std::size_t s = 0; s < e.classes(); ++s) {
        least = std::min(least, e.share(0, s, i));
        sum += e.share(0, s, i);
      }
    CHECK(least >= 0);
    CHECK(sum == Approx(1).epsilon(1e-12));
    double carriers = 0;
    for (std::size_t i = 0; i < e.cells(); ++i)
      for (std::size_t s = 0; s < e.classes(); ++s) carriers += e.share(1, s, i) * e.carriers(1, s, i);
    if (occupancy > 0) CHECK(carriers == Approx(0.1 * occupancy).epsilon(1e-10));
  }
}

TEST_CASE("Carriers may come at once, up to nearly all that find a place", "[exchange]") {
  for (const double occupancy : {4.8, 6.5, 7.9, 7.9999}) {
    Ensemble e = ensemble();
    const std::vector<Drive> drive{{occupancy, k}};
    const Exchanged done = e.advance(180, drive);
    REQUIRE(done.complete);
    CHECK(done.steps + done.rejected < 200);
    CHECK(std::abs(e.iodide() - 0.67) < 1e-12);
  }
}

TEST_CASE("What it comes to is the grand-canonical distribution", "[exchange]") {
  for (const double occupancy : {0.05, 0.9, 4.0}) {
    Ensemble e = ensemble(60);
    const std::vector<Drive> drive{{occupancy, k}};
    REQUIRE(e.advance(1e8, drive).complete);
    GrandCanonical exact{mixed_law(), sizes(3), composition_grid(0.67, mixed_law().sites, 60), {}};
    exact.solve(0.67, occupancy);
    double worst = 0;
    for (std::size_t i = 0; i < e.cells(); ++i)
      for (std::size_t s = 0; s < e.classes(); ++s) worst = std::max(worst, std::abs(e.share(0, s, i) - exact.p[s][i]));
    CHECK(worst < 1e-8);
  }
}

TEST_CASE("Depths that exchange iodide come to one chemical potential", "[exchange]") {
  Ensemble e = ensemble(60, 3, {0.25, 0.75});
  const std::vector<Drive> drive{{1.5, k}, {0, k}};
  const std::vector<double> transport{0.01};
  REQUIRE(e.advance(3600, drive, transport).complete);
  CHECK(e.iodide(0) > 0.68);  // carriers draw it
  double before = e.free_energy();
  REQUIRE(e.advance(1e9, drive, transport).complete);
  CHECK(e.free_energy() <= before + 1e-11);
  CHECK(e.iodide_potential(0) == Approx(e.iodide_potential(1)).epsilon(1e-8));
  CHECK(std::abs(e.iodide() - 0.67) < 1e-12);
}

TEST_CASE("Each depth exchanges at its own rate", "[exchange]") {
  const auto richer = [](double first, double second, double time) {
    Ensemble e = ensemble(60, 3, {0.5, 0.5});
    const std::vector<Drive> drive{{0.9, first}, {0.9, second}};
    REQUIRE(e.advance(time, drive).complete);
    return std::pair{e.carrier_gap(0), e.carrier_gap(1)};
  };
  const auto [slow, fast] = richer(k, 3 * k, 60);
  CHECK(slow == Approx(richer(k, k, 60).first).epsilon(1e-5));
  CHECK(fast == Approx(richer(k, k, 180).second).epsilon(1e-5));
  CHECK(slow - fast > 5e-3 * eV);
}

TEST_CASE("The drift does not depend on grid, classes of sizes or time step", "[exchange]") {
  const double shift = driven(ensemble(), 0.9, k, 180, 1e-2);
  CHECK(std::abs(driven(ensemble(120), 0.9, k, 180, 1e-2) - shift) < 0.3);
  CHECK(std::abs(driven(ensemble(60, 9), 0.9, k, 180, 1e-2) - shift) < 0.5);
  CHECK(std::abs(driven(ensemble(), 0.9, k, 180, 1e-5) - shift) < 0.05);
  CHECK(shift > wavelength(ensemble()) + 5);  // and there is one
}

TEST_CASE("There are cells and steps enough where iodide is poor", "[exchange]") {
  const auto course = [](double iodide, int cells, double tolerance = 1e-2) {
    Ensemble e(mixed_law(), sizes(3), iodide, cells);
    std::vector<double> peaks;
    const std::vector<Drive> on{{0.9, k}}, off{{0, k}};
    REQUIRE(e.advance(300, on, {}, {tolerance}).complete);
    peaks.push_back(wavelength(e));
    for (const double time : {1., 10., 30., 60., 100., 300.}) {
      REQUIRE(e.advance(time, off, {}, {tolerance}).complete);
      peaks.push_back(wavelength(e));
    }
    return peaks;
  };
  const auto apart = [&](double iodide, int cells, double tolerance = 0) {
    const std::vector<double> one = course(iodide, cells);
    const std::vector<double> other = tolerance > 0 ? course(iodide, cells, tolerance) : course(iodide, 2 * cells);
    double most = 0;
    for (std::size_t i = 0; i < one.size(); ++i) most = std::max(most, std::abs(one[i] - other[i]));
    return most;
  };
  for (const double iodide : {0.15, 0.2, 0.3, 0.4, 0.5, 0.67, 0.9}) {
    const int enough = enough_cells(mixed_law(), iodide);
    CAPTURE(iodide, enough);
    CHECK(enough >= 120);
    CHECK(apart(iodide, enough) < 0.3);
    CHECK(apart(iodide, enough, 3e-4) < 0.3);  // a weak probe sees the few rich domains that are left
    CHECK(coarseness(mixed_law(), iodide, enough) < 1.02);
  }
  CHECK(enough_cells(mixed_law(), 0.9) == 120);
  CHECK(apart(0.2, 60) > 1);  // and some need them
  ExchangeLaw large = mixed_law();
  large.sites = 500;
  CHECK(enough_cells(large, 0.3) > 2 * enough_cells(mixed_law(), 0.3));
}

TEST_CASE("Steps are short enough for the few richest domains, which a weak probe sees", "[exchange]") {
  const auto course = [](double iodide, double occupancy, double tolerance) {
    Ensemble e(mixed_law(), sizes(3), iodide, 120);
    std::vector<double> seen;
    const std::vector<Drive> on{{occupancy, k}}, off{{0, k}};
    REQUIRE(e.advance(300, on, {}, {tolerance}).complete);
    for (const double time : {1., 10., 30., 100.}) {
      seen.push_back(wavelength(e));
      REQUIRE(e.advance(time, off, {}, {tolerance}).complete);
    }
    return seen;
  };
  for (const double iodide : {0.05, 0.1})
    for (const double occupancy : {0.3, 0.9}) {
      const std::vector<double> one = course(iodide, occupancy, 1e-2), exact = course(iodide, occupancy, 3e-4);
      CAPTURE(iodide, occupancy);
      for (std::size_t i = 0; i < one.size(); ++i) CHECK(std::abs(one[i] - exact[i]) < 0.2);
    }
}

TEST_CASE("The step is of second order", "[exchange]") {
  const double exact = driven(ensemble(30), 0.9, k, 180, 1e-7);
  const double coarse = driven(ensemble(30), 0.9, k, 180, 1e-3) - exact;
  const double fine = driven(ensemble(30), 0.9, k, 180, 1e-5) - exact;
  // ten times shorter steps
  CHECK(std::abs(fine) < 0.04 * std::abs(coarse));
}

TEST_CASE("One halide has nothing to exchange", "[exchange]") {
  for (const double iodide : {0.0, 1.0}) {
    Ensemble e(mixed_law(), sizes(3), iodide, 60);
    const std::vector<Drive> weak{{1e-9, k}}, strong{{0.5, k}};
    e.occupy(strong);
    const double before = wavelength(e);
    REQUIRE(e.advance(1e4, strong).complete);
    CHECK(wavelength(e) == before);
    CHECK(e.iodide() == Approx(iodide).margin(1e-15));
  }
}

TEST_CASE("Rates scale with the vacancies", "[exchange]") {
  CHECK(driven(ensemble(), 0.9, k, 180, 1e-2) == Approx(driven(ensemble(), 0.9, 3 * k, 60, 1e-2)).epsilon(1e-12));
  CHECK(activated(0.3 * eV, 298.15) == 1);
  CHECK(std::log(activated(0.3 * eV, 320)) ==
        Approx(0.3 * eV / units::constants::boltzmann * (1 / 298.15 - 1 / 320.0)).epsilon(1e-12));
}

TEST_CASE("Iodide that others bring is there, and what they take is gone", "[exchange]") {
  Ensemble e = ensemble(60, 3, {0.5, 0.5});
  const std::vector<Drive> drive{{0.3, k, -1e-3}, {0.3, k, 1e-3}};
  REQUIRE(e.advance(50, drive).complete);
  CHECK(e.iodide(0) == Approx(0.62).epsilon(1e-12));
  CHECK(e.iodide(1) == Approx(0.72).epsilon(1e-12));
}

TEST_CASE("A source may turn at once, however far potentials have to go", "[exchange]") {
  for (const int cells : {200, 400}) {
    Ensemble e(mixed_law(), sizes(1), 0.02, cells, std::vector<double>{0.5, 0.5});
    const std::vector<double> transport{1.09e-4};
    const std::vector<Drive> away{{3.1, k, -1.79e-3}, {0, k, 1.79e-3}}, back{{3.1, k, 1.65e-3}, {0, k, -1.65e-3}};
    for (const auto& drive : {away, back, away, back}) {
      const Exchanged done = e.advance(70, drive, transport);
      CAPTURE(cells, done.message);
      REQUIRE(done.complete);
      CHECK(done.steps + done.rejected < 200);
      CHECK(std::abs(e.iodide() - 0.02) < 1e-12);
    }
  }
}

TEST_CASE("Sources that go with the composition have the exact course, to second order", "[exchange]") {
  // the first depth loses what it has at a rate a, and the second gains it: x_0 exp(-a t), whatever the domains do
  constexpr double a = 0.01, time = 100;
  const auto wrong = [&](double tolerance) {
    Ensemble e(mixed_law(), sizes(1), 0.3, 60, std::vector<double>{0.5, 0.5});
    ExchangeOptions options{tolerance};
    options.sources = [&](std::span<const double> iodide, std::span<double> rate) {
      rate[0] = -a * iodide[0], rate[1] = a * iodide[0];
    };
    const std::vector<Drive> drive{{0.5, k}, {0, 3 * k}};
    REQUIRE(e.advance(time, drive, {}, options).complete);
    CHECK(std::abs(e.iodide() - 0.3) < 1e-12);
    return std::abs(e.iodide(0) - 0.3 * std::exp(-a * time));
  };
  const double coarse = wrong(1e-2), fine = wrong(1e-4);  // ten times shorter steps
  CHECK(coarse < 1e-3);
  CHECK(fine < 0.04 * coarse);
}

TEST_CASE("Sources much faster than the exchange come to their balance with it, in few steps", "[exchange]") {
  Ensemble e(mixed_law(), sizes(1), 0.02, 120, std::vector<double>{0.5, 0.5});
  ExchangeOptions options;
  options.sources = [&](std::span<const double> iodide, std::span<double> rate) {
    rate[0] = -0.1 * iodide[0], rate[1] = 0.1 * iodide[0];
  };
  const std::vector<Drive> drive{{3.1, k}, {0, k}};
  const std::vector<double> transport{1.09e-4};
  const Exchanged done = e.advance(1e6, drive, transport, options);
  REQUIRE(done.complete);
  CHECK(done.steps + done.rejected < 200);
  // what the source takes comes back by the difference of the potentials
  CHECK(0.1 * e.iodide(0) == Approx(1.09e-4 / 0.5 * (e.iodide_potential(1) - e.iodide_potential(0))).epsilon(1e-6));
  CHECK(std::abs(e.iodide() - 0.02) < 1e-12);
}

TEST_CASE("Iodide below the lowest cell, or above the highest, is an error before it is reached", "[exchange]") {
  const auto stopped = [](std::vector<Drive> drive, std::vector<double> transport, double iodide, double time) {
    Ensemble e(mixed_law(), sizes(3), iodide, 60,
               drive.size() == 1 ? std::vector<double>{}
                                 : std::vector<double>(drive.size(), 1 / static_cast<double>(drive.size())));
    const Exchanged done = e.advance(time, drive, transport);
    CHECK_FALSE(done.complete);
    CHECK(done.steps + done.rejected < 400);
    for (const char* part : {"cannot be conserved on 60 cells", "take more cells", "stopped after"})
      CHECK_THAT(done.message, Catch::Matchers::Contains(part));
    double least = 1;
    for (std::size_t d = 0; d < e.depths(); ++d)
      for (std::size_t i = 0; i < e.cells(); ++i)
        for (std::size_t s = 0; s < e.classes(); ++s) least = std::min(least, e.share(d, s, i));
    CHECK(least >= 0);  // and what it has is a distribution
    return e.iodide();
  };
  CHECK(stopped({{0.01, k, -1e-4}}, {}, 0.02, 1e4) < 0.02);
  CHECK(stopped({{0.5, k, -1e-3}}, {}, 0.3, 1e4) < 0.05);
  CHECK(stopped({{0.5, k, 1e-4}}, {}, 0.9, 1e4) > 0.95);
  // depths: one that nothing refills, one that its neighbour refills for a while, and both together
  stopped({{0.1, k, -1e-3}, {0.1, k, 1e-3}}, {0}, 0.3, 1e4);
  stopped({{0.1, k, -1e-3}, {0.1, k, 1e-3}}, {1e-4}, 0.3, 1e4);
  CHECK(stopped({{0.1, k, -1e-3}, {0.1, k, -1e-3}}, {1e-2}, 0.3, 1e4) < 0.05);
  // what a source takes and another brings again is no error
  Ensemble e(mixed_law(), sizes(3), 0.3, 60);
  const std::vector<Drive> less{{0.5, k, -1e-3}}, more{{0.5, k, 1e-3}};
  REQUIRE(e.advance(250, less).complete);
  REQUIRE(e.advance(250, more).complete);
  CHECK(e.iodide() == Approx(0.3).epsilon(1e-11));
}

TEST_CASE("An interrupted exchange stops at its next step", "[exchange]") {
  Ensemble e = ensemble();
  const std::vector<Drive> drive{{0.9, k}};
  ExchangeOptions options;
  int asked = 0;
  options.interrupted = [&] { return ++asked > 3; };
  const Exchanged done = e.advance(180, drive, {}, options);
  CHECK_FALSE(done.complete);
  CHECK(done.interrupted);
  CHECK(done.steps + done.rejected == 3);
  CHECK_THAT(done.message, Catch::Matchers::Contains("interrupted"));
  CHECK(std::abs(e.iodide() - 0.67) < 1e-12);
}

TEST_CASE("At rest in the dark the ensemble goes back to its start", "[exchange]") {
  Ensemble e = ensemble();
  const double start = wavelength(e);
  const std::vector<Drive> on{{1.2, k}}, off{{0, k}};
  REQUIRE(e.advance(300, on).complete);
  REQUIRE(e.advance(0.01, off).complete);
  CHECK(wavelength(e) > start + 5);
  REQUIRE(e.advance(1e7, off).complete);
  CHECK(wavelength(e) == Approx(start).epsilon(1e-8));
}

TEST_CASE("What cannot be computed says why", "[exchange]") {
  const auto contains = [](const std::string& part) { return Catch::Matchers::Contains(part); };
  const std::vector<SizeClass> classes = sizes(3);
  CHECK(problem_of(mixed_law(), classes, 0.67, 60).empty());
  CHECK_THAT(problem_of(mixed_law(), classes, 0.999, 60), contains("cannot be conserved"));
  CHECK(problem_of(mixed_law(), classes, 0.999, 60, false).empty());  // at rest
  CHECK(problem_of(mixed_law(), classes, 1, 60).empty());
  CHECK_THAT(problem_of(mixed_law(), classes, 1.2, 60), contains("none"));
  CHECK_THAT(problem_of(mixed_law(), std::vector<SizeClass>{{1, -1.8 * eV}}, 0.67, 60), contains("no gap"));
  CHECK_THAT(problem_of(mixed_law(), classes, 0.67, 2), contains("cells"));
  ExchangeLaw law = mixed_law();
  law.levels.clear();
  CHECK_THAT(problem_of(law, classes, 0.67, 60), contains("states"));
}

TEST_CASE("A Langevin ensemble of many domains agrees within its noise", "[exchange][slow]") {
  // dx = [-D U' + D'] dt + sqrt(2 D) dW (Ito), D = k m/N, reflected at the ends; mu from sum dx = 0.
  const ExchangeLaw law = mixed_law();
  const double omega = law.interaction / kT, occupancy = 0.9, time = 60, dt = 0.05;
  Ensemble e(law, std::vector<SizeClass>{{1, 0.03 * eV}}, 0.67, 60);
  constexpr std::size_t domains = 4000;
  math::Random random(7);
  std::vector<double> x;
  for (std::size_t n = 0; n < domains; ++n) {  // from the start of the ensemble
    double left = random.uniform();
    std::size_t i = 0;
    while (i + 1 < e.cells() && left > e.share(0, 0, i)) left -= e.share(0, 0, i++);
    x.push_back(e.composition(i) + e.width(i) * (random.uniform() - 0.5));
  }
  const auto gap = [&](double y) { return (law.gap.at(y) + 0.03 * eV) / kT; };
  const auto gap_slope = [&](double y) {
    return (law.gap.iodide - law.gap.bromide - law.gap.bowing * (1 - 2 * y)) / kT;
  };
  double zeta = gap(0.8);
  const auto carriers = [&](double y) {
    double sum = 0;
    for (const CarrierLevel& l : law.levels) sum += l.states / (1 + std::exp(gap(y) + l.energy / kT - zeta));
    return sum;
  };
  const auto mobility = [&](double y) { return k * interdiffusion(y, law.bromide_mobility) / law.sites; };
  for (double t = 0; t < time - 1e-9; t += dt) {
    for (int newton = 0; newton < 4; ++newton) {
      double sum = 0, slope = 0;
      for (const double y : x)
        for (const CarrierLevel& l : law.levels) {
          const double full = 1 / (1 + std::exp(gap(y) + l.energy / kT - zeta));
          sum += l.states * full, slope += l.states * full * (1 - full);
        }
      zeta -= (sum - occupancy * domains) / slope;
    }
    double drift = 0, answer = 0;
    std::vector<double> own(domains);
    for (std::size_t n = 0; n < domains; ++n) {
      const double d = mobility(x[n]), h = 1e-5;
      const double force =
          law.sites * nacre::device::exchange_potential(x[n], omega) + carriers(x[n]) * gap_slope(x[n]);
      own[n] = -d * force + (mobility(x[n] + h) - mobility(x[n] - h)) / (2 * h);
      drift += own[n];
      answer += d * law.sites;
    }
    const double mu = -drift / answer;
    for (std::size_t n = 0; n < domains; ++n) {
      const double d = mobility(x[n]);
      x[n] += (own[n] + d * law.sites * mu) * dt + std::sqrt(2 * d * dt) * random.normal();
      x[n] = std::clamp(x[n], 1e-4, 1 - 1e-4);
    }
  }
  double mean = 0, square = 0, occupied = 0, lower = 0;
  for (const double y : x) {
    mean += y / domains, square += y * y / domains;
    occupied += carriers(y), lower += carriers(y) * gap(y);
  }
  const std::vector<Drive> drive{{occupancy, k}};
  REQUIRE(e.advance(time, drive, {}, {1e-4}).complete);
  double spread = 0;
  for (std::size_t i = 0; i < e.cells(); ++i) spread += e.share(0, 0, i) * std::pow(e.composition(i) - e.iodide(), 2);
  const double noise = 1 / std::sqrt(static_cast<double>(domains));
  CHECK(square - mean * mean == Approx(spread).epsilon(3 * 1.5 * noise));
  // carriers sit in about a fifth of the domains: 3 standard errors of their gap
  CHECK(std::abs(lower / occupied - e.carrier_gap(0) / kT) < 3 * 2.3 * noise * std::sqrt(spread) * 0.65 * eV / kT);
}
