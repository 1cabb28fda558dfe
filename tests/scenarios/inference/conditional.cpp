// What samples say once numbers are known to have been fitted, against normal laws in closed form.
#include "scenarios/inference/conditional.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace nacre::scenarios::inference;

namespace {

constexpr std::size_t count = 4000;

/// A constant c and a datum d, both uncertain; c is fitted to what c + 3 d comes to, measured as 2 with an error of
/// 0.1.
struct Pair {
  std::vector<double> fitted, constant, datum;
  FittedEntry entry;

  Pair() {
    std::mt19937 random(7);
    std::normal_distribution<double> normal;
    entry.value = 2, entry.sigma = 0.1;
    for (std::size_t i = 0; i < count; ++i) {
      constant.push_back(-1 + 50 * normal(random)), datum.push_back(1 + normal(random));
      entry.samples.push_back(constant.back() + 3 * datum.back());
      entry.noise.push_back(normal(random));
    }
  }
};

double half(const Interval& interval) {
  return (interval.high - interval.low) / 2;
}

}  // namespace

TEST_CASE("what a fit takes up does not count; the rest does", "[uncertainty]") {
  const Pair pair;
  const Conditional none({}, count), given({pair.entry}, count);
  CHECK(half(none.of(pair.entry.samples)) == Approx(50.1).epsilon(0.05));
  CHECK(half(given.of(pair.entry.samples)) == Approx(0.1).epsilon(0.06));
  // A prediction 2 c + 7 d: with c + 3 d = 2 +- 0.1 it is 4 + d, +- 0.2.
  std::vector<double> other;
  for (std::size_t i = 0; i < count; ++i) other.push_back(2 * pair.constant[i] + 7 * pair.datum[i]);
  const Interval interval = given.of(other);
  CHECK(half(none.of(other)) > 90);
  CHECK(half(interval) == Approx(std::hypot(1, 0.2)).epsilon(0.06));
  CHECK(interval.middle == Approx(5).epsilon(0.03));
  CHECK(half(given.of(pair.datum)) == Approx(1).epsilon(0.06));
}

TEST_CASE("what spreads over decades is taken by its logarithm, and stays positive", "[uncertainty]") {
  Pair pair;
  FittedEntry entry = pair.entry;
  for (double& value : entry.samples) value = std::exp((value - 2) / 10);
  entry.value = 1, entry.sigma = std::expm1(0.01);
  std::vector<double> other;  // exp(c + 4 d): the fitted one to the tenth, times exp(d)
  for (std::size_t i = 0; i < count; ++i) other.push_back(std::exp((pair.constant[i] + 4 * pair.datum[i]) / 10));
  const Interval interval = Conditional({entry}, count).of(other);
  CHECK(interval.low > 0);
  CHECK(std::log(interval.high / interval.low) / 2 == Approx(std::hypot(0.1, 0.01)).epsilon(0.06));
  CHECK(std::log(interval.middle) == Approx(0.3).epsilon(0.03));
}

TEST_CASE("a share stays between nothing and all", "[uncertainty]") {
  Pair pair;
  FittedEntry entry = pair.entry;
  for (double& value : entry.samples) value = 1 / (1 + std::exp(-(value + 2) / 100));
  entry.value = 0.99, entry.sigma = 0.04, entry.share = true;
  const Interval interval = Conditional({entry}, count).of(entry.samples, true);
  CHECK(interval.low == Approx(0.95).epsilon(2e-3));
  CHECK(interval.middle == Approx(0.99).epsilon(1e-3));
  CHECK(interval.high > 0.997);
  CHECK(interval.high < 1);
}

TEST_CASE("samples that could not be computed are left out, and too few of them move nothing", "[uncertainty]") {
  Pair pair;
  std::vector<double> other = pair.datum;
  for (std::size_t i = 0; i < count; i += 3) pair.entry.samples[i] = NAN, other[i + (i + 1 < count)] = NAN;
  const Interval interval = Conditional({pair.entry}, count).of(other);
  CHECK(interval.samples < count / 2);
  CHECK(half(interval) == Approx(1).epsilon(0.1));
  const FittedEntry few{{1, 2, 3, 4, 5}, 3, 0.1, {0, 0, 0, 0, 0}, false};
  CHECK(half(Conditional({few}, 5).of({1, 2, 3, 4, 5})) > 1);
  CHECK_FALSE(Conditional({few}, 5).of({1, 2, 3, 4, 5}).given);
  CHECK(interval.given);
  CHECK(std::isnan(Conditional({}, 3).of({1, 2, 3}).middle));
  const FittedEntry still{
      {3, 3, 3, 3, 3, 3, 3, 3, 3}, 3, 0.1, {0, 0, 0, 0, 0, 0, 0, 0, 0}, false};  // nothing acts on it
  CHECK(half(Conditional({still}, 9).of({1, 2, 3, 4, 5, 6, 7, 8, 9})) > 2);
}
