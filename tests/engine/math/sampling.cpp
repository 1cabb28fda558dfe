#include "engine/math/sampling.hpp"

#include <boost/random/sobol.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

using namespace nacre::math;

TEST_CASE("the Sobol sequence is that of Boost", "[sampling]") {
  for (const int dimensions : {1, 3, 8, sobol_dimensions}) {
    boost::random::sobol_engine<std::uint32_t, 32U> peer(static_cast<std::size_t>(dimensions));
    // Boost leaves out the first point, which is zero.
    for (std::uint64_t index = 1; index < 600; ++index) {
      for (int d = 0; d < dimensions; ++d) {
        const double theirs = static_cast<double>(peer()) * 0x1p-32;
        REQUIRE(sobol(index, d, 0) == theirs);
      }
    }
  }
}

TEST_CASE("every dimension of 2^m Sobol points fills every interval once, shifted or not", "[sampling]") {
  constexpr std::uint64_t count = 256;
  for (const std::uint64_t seed : {0U, 1U, 77U}) {
    for (int d = 0; d < sobol_dimensions; ++d) {
      std::set<int> cells;
      for (std::uint64_t i = 0; i < count; ++i) cells.insert(static_cast<int>(sobol(i, d, seed) * count));
      CHECK(cells.size() == count);
    }
  }
  CHECK(sobol(5, 2, 1) != sobol(5, 2, 2));
}

TEST_CASE("a Latin hypercube fills every interval of every dimension once", "[sampling]") {
  for (const std::uint64_t count : {1U, 2U, 7U, 100U, 1000U}) {
    for (int d = 0; d < 5; ++d) {
      std::set<std::uint64_t> cells;
      for (std::uint64_t i = 0; i < count; ++i) {
        const double x = latin_hypercube(i, count, d, 9);
        REQUIRE((x >= 0 && x < 1));
        cells.insert(static_cast<std::uint64_t>(x * static_cast<double>(count)));
      }
      CHECK(cells.size() == count);
    }
  }
}

TEST_CASE("dimensions and seeds of a Latin hypercube are uncorrelated", "[sampling]") {
  constexpr std::uint64_t count = 4000;
  const auto correlation = [](int first, std::uint64_t first_seed, int second, std::uint64_t second_seed) {
    double sum = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      sum +=
          (latin_hypercube(i, count, first, first_seed) - 0.5) * (latin_hypercube(i, count, second, second_seed) - 0.5);
    }
    return 12 * sum / count;
  };
  CHECK(correlation(0, 1, 0, 1) == Approx(1).epsilon(0.01));
  // Of independent ones the standard deviation is 1/sqrt(4000) = 0.016.
  CHECK(std::abs(correlation(0, 1, 1, 1)) < 0.08);
  CHECK(std::abs(correlation(0, 1, 2, 1)) < 0.08);
  CHECK(std::abs(correlation(0, 1, 0, 2)) < 0.08);
}

TEST_CASE("points that a sequence does not have are refused", "[sampling]") {
  CHECK_THROWS_AS(sobol(0, sobol_dimensions, 0), std::out_of_range);
  CHECK_THROWS_AS(sobol(std::uint64_t{1} << 32, 0, 0), std::out_of_range);
  CHECK_THROWS_AS(latin_hypercube(5, 5, 0, 0), std::out_of_range);
}
