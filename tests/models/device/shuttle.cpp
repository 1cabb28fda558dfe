#include "models/device/exchange/shuttle.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/units/constants.hpp"

using namespace nacre::device;

namespace {

constexpr double kT = nacre::units::constants::boltzmann * 298.15;

ShuttleLaw law(double loss = 0) {
  return {1e-4, 20600, 0.3, loss, 0.3, 0.4, 0.83 * kT, 298.15};
}

const std::vector<Monolayer> drive{{8e5, 0.1}, {2e5, 0.4}, {5e4, 1.2}, {1e4, 2.0}};

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("The shuttle keeps the sum of iodide, and counts what it loses", "[shuttle]") {
  for (const double loss : {0.0, 0.05}) {
    Shuttle shuttle(law(loss), {0.67, 0.6, 0.7, 0.67});
    REQUIRE(shuttle.advance(600, drive, 0.01).complete);
    CHECK(std::abs(sum(shuttle.iodide()) + shuttle.lost() - 2.64) < 1e-12);
    CHECK((loss == 0 ? shuttle.lost() == 0 : shuttle.lost() > 1e-3));
  }
}

TEST_CASE("It takes iodide from where holes are to where electrons are", "[shuttle]") {
  Shuttle shuttle(law(), std::vector<double>(4, 0.67));
  REQUIRE(shuttle.advance(100, drive, 0.01).complete);
  CHECK(shuttle.iodide().front() < 0.66);
  CHECK(shuttle.iodide().back() > 0.675);
}

TEST_CASE("A mirrored stack has the mirrored course", "[shuttle]") {
  std::vector<Monolayer> mirrored(drive.rbegin(), drive.rend());
  Shuttle one(law(0.01), {0.67, 0.6, 0.7, 0.5}), other(law(0.01), {0.5, 0.7, 0.6, 0.67});
  REQUIRE(one.advance(200, drive, 0.01).complete);
  REQUIRE(other.advance(200, mirrored, 0.01).complete);
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::abs(one.iodide()[i] - other.iodide()[3 - i]) < 1e-12);
}

TEST_CASE("All rates times f are the same course f times as fast", "[shuttle]") {
  std::vector<Monolayer> faster = drive;
  for (Monolayer& m : faster) m.holes *= 8;
  Shuttle one(law(0.01), {0.67, 0.6, 0.7, 0.5}), other(law(0.01), {0.67, 0.6, 0.7, 0.5});
  REQUIRE(one.advance(200, drive, 0.01).complete);
  REQUIRE(other.advance(25, faster, 0.08).complete);
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::abs(one.iodide()[i] - other.iodide()[i]) < 1e-12);
}

TEST_CASE("A stalled shuttle balances return and diffusion on every face", "[shuttle]") {
  const ShuttleLaw one = law();
  Shuttle shuttle(one, std::vector<double>(4, 0.67));
  REQUIRE(shuttle.advance(2e5, drive, 0.01, 1e-13).complete);
  const std::vector<double>& x = shuttle.iodide();
  ShuttleModel model(one, 4);
  const ShuttleRates& rates = model.at(x, drive, 0.01);
  for (std::size_t i = 0; i + 1 < 4; ++i) {
    const double up = rates.anions[i] > 0 ? x[i] : x[i + 1], face = (x[i] + x[i + 1]) / 2;
    const double transported = up / (up + (1 - up) * one.bromide_mobility);
    const double potential = exchange_potential(x[i + 1], 0.83) - exchange_potential(x[i], 0.83);
    CHECK(std::abs(rates.anions[i]) > 1e-5);
    // what is inserted up to a face, all of it iodide, leaves through it: partly as returning anions, partly by
    // diffusion
    CHECK(std::abs(rates.anions[i] * (1 - transported) + 0.01 * face * (1 - face) * potential) < 1e-12);
  }
}

TEST_CASE("No fraction is ever clipped", "[shuttle]") {
  ShuttleLaw fierce = law();
  fierce.yield = 1, fierce.return_limit = 1e6;
  Shuttle shuttle(fierce, {0.02, 0.99, 0.67, 0.98});
  const Shuttled done = shuttle.advance(50, drive, 1e-3);
  REQUIRE(done.complete);
  CHECK(std::abs(sum(shuttle.iodide()) - 2.66) < 1e-12);
  for (const double x : shuttle.iodide()) CHECK((x > 0 && x < 1));
}

TEST_CASE("A single halide is not segregated", "[shuttle]") {
  for (const double x : {0.0, 1.0}) {
    Shuttle shuttle(law(), std::vector<double>(4, x));
    REQUIRE(shuttle.advance(1000, drive, 0.01).complete);
    for (const double now : shuttle.iodide()) CHECK(std::abs(now - x) < 1e-12);
  }
}

TEST_CASE("Vacancies limit the return", "[shuttle]") {
  ShuttleModel model(law(), 4);
  const std::vector<double> x(4, 0.67);
  const double poor = model.at(x, drive, 1e-4).throttle, rich = model.at(x, drive, 10).throttle;
  CHECK(poor < 0.05);
  CHECK(rich > 0.95);
}

TEST_CASE("Excitons hop downhill", "[shuttle]") {
  const std::vector<double> made{1, 0, 0}, gaps{3, 2, 1};
  const std::vector<double> once = after_hops(made, gaps, 1), often = after_hops(made, gaps, 1000);
  CHECK(once[1] == Approx(1. / 6));
  CHECK(often[2] == Approx(1));
  CHECK(after_hops(made, std::vector<double>{1, 2, 3}, 5)[0] == 1);
}

TEST_CASE("A shuttle that cannot be computed says why", "[shuttle]") {
  const std::vector<double> x(4, 0.67);
  CHECK(problem_of(law(), x, drive).empty());
  ShuttleLaw one = law();
  one.reduction = 0;
  CHECK(problem_of(one, x, drive) == "iodine that holes make is neither reduced nor lost");
  CHECK_FALSE(problem_of(law(), std::vector<double>{0.5}, drive).empty());
}
