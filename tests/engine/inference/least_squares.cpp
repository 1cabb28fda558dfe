#include "engine/inference/least_squares.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "engine/inference/covariance.hpp"
#include "engine/inference/global_search.hpp"
#include "engine/inference/profile.hpp"

using namespace nacre::inference;

namespace {

/// y = a exp(-b x) at 25 places, a and b from 0 to 4: the residuals against numbers with noise, in sigmas.
struct Decay {
  std::vector<double> measured;
  double sigma = 0.02;

  static double value(double a, double b, std::size_t i) {
    return 4 * a * std::exp(-4 * b * 0.1 * static_cast<double>(i));
  }
  explicit Decay(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> noise(0, sigma);
    for (std::size_t i = 0; i < 25; ++i) measured.push_back(value(0.5, 0.3, i) + noise(random));
  }
  Batch residuals() const {
    return [this](const std::vector<Point>& points) {
      std::vector<std::vector<double>> rows;
      for (const Point& p : points) {
        rows.emplace_back();
        for (std::size_t i = 0; i < measured.size(); ++i)
          rows.back().push_back((value(p[0], p[1], i) - measured[i]) / sigma);
      }
      return rows;
    };
  }
};

/// Residuals of one point as a batch.
template <class Function>
Batch batch(const Function& function) {
  return [function](const std::vector<Point>& points) {
    std::vector<std::vector<double>> rows;
    for (const Point& point : points) rows.push_back(function(point));
    return rows;
  };
}

}  // namespace

TEST_CASE("Known parameters come back from noise, and their errors cover them as often as they should", "[inference]") {
  // Coverage of 200 repetitions scatters by 3.3 % a parameter: 15 series of them hold the average to 1 %.
  constexpr int repetitions = 200, series = 15;
  int covered = 0, first = 0;
  for (int r = 0; r < repetitions * series; ++r) {
    const Decay data(static_cast<std::uint64_t>(r));
    const LeastSquares found = least_squares(data.residuals(), {0.2, 0.6});
    REQUIRE(found.converged);
    const Covariance known = covariance(found.jacobian);
    covered += (std::abs(found.at[0] - 0.5) < known.error[0]) + (std::abs(found.at[1] - 0.3) < known.error[1]);
    if (r + 1 == repetitions) first = covered;
  }
  CHECK(first / (2.0 * repetitions) == Approx(0.6827).margin(0.05));
  CHECK(covered / (2.0 * repetitions * series) == Approx(0.6827).margin(0.02));
}

TEST_CASE("A linear model has the covariance of the normal equations", "[inference]") {
  const auto line = batch([](const Point& p) {
    return std::vector<double>{3 * p[0] - 1, p[0] + 2 * p[1] - 1, p[1] - 0.2};
  });
  const LeastSquares found = least_squares(line, {0.5, 0.5});
  // J = (3 0; 1 2; 0 1), J^T J = (10 2; 2 5), inverse (5 -2; -2 10)/46; the solution of J^T J x = J^T b, b = (1, 1,
  // 0.2)
  const Covariance known = covariance(40 * found.jacobian);
  CHECK(known.matrix(0, 0) == Approx(5.0 / 46 / 1600).epsilon(1e-6));
  CHECK(known.matrix(0, 1) == Approx(-2.0 / 46 / 1600).epsilon(1e-6));
  CHECK(known.alone[0] == Approx(1 / std::sqrt(16000.0)).epsilon(1e-6));
  CHECK(found.at[0] == Approx((5 * 4.0 - 2 * 2.2) / 46).epsilon(1e-7));
  CHECK(found.at[1] == Approx((10 * 2.2 - 2 * 4.0) / 46).epsilon(1e-7));
  CHECK(known.ridges.empty());
}

TEST_CASE("A product that alone is seen is reported as a ridge, with both names", "[inference]") {
  const auto product = batch([](const Point& p) {
    return std::vector<double>{100 * (p[0] * p[1] - 0.25), 50 * (p[0] * p[1] - 0.25), 100 * (p[2] - 0.4)};
  });
  const LeastSquares found = least_squares(product, {0.4, 0.5, 0.5});
  const Covariance known = covariance(found.jacobian);
  REQUIRE(known.ridges.size() == 1);
  const std::string said = sentence(known.ridges.front(), known, {"omega", "n_sites", "gap"});
  CHECK(said.find("omega and n_sites cannot be told apart by these targets") == 0);
  CHECK(said.find("gap") == std::string::npos);
  CHECK(known.error[0] <= std::sqrt(1.0 / 12) + 1e-12);  // never wider than the bounds
  CHECK(known.error[2] == Approx(0.01).epsilon(1e-4));
}

TEST_CASE("A parameter without effect is said to be undetermined", "[inference]") {
  const auto blind = batch([](const Point& p) { return std::vector<double>{100 * (p[0] - 0.5), 100 * (p[0] - 0.5)}; });
  const LeastSquares found = least_squares(blind, {0.3, 0.7});
  const Covariance known = covariance(found.jacobian);
  REQUIRE(known.ridges.size() == 1);
  CHECK(sentence(known.ridges.front(), known, {"a", "b"}).find("b is not determined") == 0);
}

TEST_CASE("Points that cannot be computed do not stop a search", "[inference]") {
  const auto holes = batch([](const Point& p) {
    if (p[0] > 0.45 && p[0] < 0.52 && p[1] > 0.6) return std::vector<double>{};
    return std::vector<double>{10 * (p[0] - 0.4), 10 * (p[1] - 0.55)};
  });
  const LeastSquares found = least_squares(holes, {0.9, 0.9});
  REQUIRE(is_sound(found.residuals));
  CHECK(found.at[0] == Approx(0.4).margin(1e-5));
  CHECK(found.at[1] == Approx(0.55).margin(1e-5));
  const auto nothing = batch([](const Point&) { return std::vector<double>{std::nan("")}; });
  const LeastSquares none = least_squares(nothing, {0.5});
  CHECK_FALSE(none.converged);
  CHECK(none.message == "the start cannot be computed");
}

TEST_CASE("A bound holds, and the optimum on it is found", "[inference]") {
  const auto beyond = batch([](const Point& p) { return std::vector<double>{p[0] - 1.5, p[1] - 0.25}; });
  const LeastSquares found = least_squares(beyond, {0.5, 0.5});
  CHECK(found.at[0] == Approx(1).margin(1e-8));
  CHECK(found.at[1] == Approx(0.25).margin(1e-4));  // the misfit is flat to 1e-9 around it
}

TEST_CASE("All three strategies find the deeper of two valleys, and the starts also the other", "[inference]") {
  // misfit (x^2 - 0.09)^2 with a tilt around the middle: valleys at 0.2 and 0.8 on either side
  const auto valleys = batch([](const Point& p) {
    const double x = p[0] - 0.5;
    return std::vector<double>{20 * (x * x - 0.09), 0.3 * (p[0] - 0.2), 5 * (p[1] - 0.5)};
  });
  for (const Strategy strategy : {Strategy::multi_start, Strategy::crs, Strategy::direct}) {
    GlobalOptions options;
    options.strategy = strategy;
    options.samples = 200;
    const GlobalResult found = global_search(valleys, {0.95, 0.1}, options);
    REQUIRE_FALSE(found.optima.empty());
    CHECK(found.optima.front().at[0] == Approx(0.2).margin(2e-3));
    CHECK(found.optima.front().at[1] == Approx(0.5).margin(1e-4));
    if (strategy == Strategy::multi_start) {
      REQUIRE(found.optima.size() == 2);
      CHECK(found.optima.back().at[0] == Approx(0.8).margin(5e-3));
    }
    const GlobalResult again = global_search(valleys, {0.95, 0.1}, options);
    CHECK(again.optima.front().at == found.optima.front().at);
  }
}

TEST_CASE("The profile of a linear parameter is the parabola of its standard error", "[inference]") {
  const auto line = batch([](const Point& p) {
    return std::vector<double>{50 * (p[0] - 0.5) + 20 * (p[1] - 0.5), 30 * (p[1] - 0.5), 10 * (p[0] - 0.5)};
  });
  SearchOptions options;
  const LeastSquares best = least_squares(line, {0.4, 0.6}, options);
  const Covariance known = covariance(best.jacobian);
  const Profile found = profile(line, best, 0, known.error[0], 1, options);
  REQUIRE((found.low68 && found.high68 && found.low95 && found.high95));
  CHECK(*found.high68 - *found.low68 == Approx(2 * known.error[0]).epsilon(0.02));
  CHECK(*found.high95 - *found.low95 == Approx(2 * 1.96 * known.error[0]).epsilon(0.02));
  const Profile open = profile(line, best, 0, known.error[0], 1e9, options);
  CHECK_FALSE(open.low95);  // the bounds come first
}

TEST_CASE("A profile that is flat and then steep ends where it rises, not a step before", "[inference]") {
  // The second parameter makes good what the first does, until it is at a bound: flat from 0.3 to 0.6.
  const auto flat = batch([](const Point& p) { return std::vector<double>{100 * (p[0] + 0.3 * p[1] - 0.6)}; });
  const LeastSquares best = least_squares(flat, {0.45, 0.5});
  const Profile found = profile(flat, best, 0, 0.3, 1, {});
  REQUIRE((found.low68 && found.high68 && found.low95 && found.high95));
  CHECK(*found.low68 == Approx(0.29).margin(0.002));
  CHECK(*found.high68 == Approx(0.61).margin(0.002));
  CHECK(*found.low95 == Approx(0.3 - 0.0196).margin(0.002));
  CHECK(*found.high95 == Approx(0.6 + 0.0196).margin(0.002));
  for (std::size_t i = 1; i < found.points.size(); ++i) CHECK(found.points[i - 1].at < found.points[i].at);
}

TEST_CASE("A profile whose misfit falls below a limit again tells of the second region", "[inference]") {
  // Two equal valleys at 0.2 and 0.8, with a hill of 2 between them.
  const auto valleys = batch([](const Point& p) {
    const double x = p[0] - 0.5;
    return std::vector<double>{std::sqrt(2.0) / 0.09 * (x * x - 0.09)};
  });
  const Profile told = profile(valleys, least_squares(valleys, {0.9}), 0, 0.02, 1, {});
  REQUIRE((told.low68 && *told.low68 > 0.5));
  REQUIRE(told.again);
  CHECK(told.again->at == Approx(0.2).margin(0.05));
  CHECK(told.again->misfit < 1);
  const auto one = batch([](const Point& p) { return std::vector<double>{20 * (p[0] - 0.5)}; });
  CHECK_FALSE(profile(one, least_squares(one, {0.4}), 0, 0.05, 1, {}).again);
}

TEST_CASE("A profile walks to the bounds however small the error it was told, and tells a deeper valley",
          "[inference]") {
  const auto weak = batch([](const Point& p) { return std::vector<double>{0.1 * p[0], 30 * (p[1] - 0.5)}; });
  const LeastSquares best = least_squares(weak, {0.5, 0.4});
  const Profile found = profile(weak, best, 0, 1e-6, 1, {});
  CHECK(found.points.back().at == 1);
  CHECK_FALSE(found.high68);
  CHECK_FALSE(found.high_cut);
  const auto valleys = batch([](const Point& p) {
    const double x = p[0] - 0.5;
    return std::vector<double>{15 * (x * x - 0.09), 1.5 * (p[0] - 0.2)};
  });
  const Profile told = profile(valleys, least_squares(valleys, {0.9}), 0, 0.1, 1, {});
  REQUIRE(told.deeper);
  CHECK(told.deeper->at < 0.4);
}
