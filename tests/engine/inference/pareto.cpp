#include "engine/inference/pareto.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace nacre::inference;

namespace {

Candidate candidate(double first, double second, double violation = 0) {
  return {{}, {first, second}, violation};
}

/// ZDT1 (Zitzler, Deb, Thiele 2000) with five variables: its front is f2 = 1 - sqrt(f1).
std::vector<Candidate> zdt1(const std::vector<Point>& points) {
  std::vector<Candidate> all;
  for (const Point& p : points) {
    const double g = 1 + 9 * (p[1] + p[2] + p[3] + p[4]) / 4;
    all.push_back({p, {p[0], g * (1 - std::sqrt(p[0] / g))}, 0});
  }
  return all;
}

}  // namespace

TEST_CASE("A front holds what none of the others beats", "[inference]") {
  const std::vector<Candidate> all{candidate(1, 5),
                                   candidate(2, 4),
                                   candidate(2, 5),
                                   candidate(4, 1),
                                   candidate(1, 5),
                                   candidate(0, 0, 1),
                                   candidate(3, std::nan(""), std::numeric_limits<double>::infinity())};
  CHECK(pareto_front(all) == std::vector<std::size_t>{0, 1, 3});
  CHECK(hypervolume(all, 5, 6) == Approx(4 + 3 + 3));
}

TEST_CASE("The known front of ZDT1 is reached", "[inference]") {
  const std::vector<Candidate> front = evolve(zdt1, {0.5, 0.5, 0.5, 0.5, 0.5}, {60, 120, 1});
  CHECK(front.size() > 40);
  for (const Candidate& one : front) CHECK(one.objectives[1] - (1 - std::sqrt(one.objectives[0])) < 0.02);
  // exact: integral of sqrt(f1) against (1, 1) is 2/3
  CHECK(hypervolume(front, 1, 1) == Approx(2.0 / 3).margin(0.02));
  CHECK(front.front().objectives[0] < 0.02);
  CHECK(front.back().objectives[0] > 0.95);
}

TEST_CASE("One objective under a constraint; holes are avoided; the seed decides alone", "[inference]") {
  const Judge judge = [](const std::vector<Point>& points) {
    std::vector<Candidate> all;
    for (const Point& p : points) {
      const double square = std::pow(p[0] - 0.9, 2) + std::pow(p[1] - 0.9, 2);
      const bool hole = p[0] < 0.2;
      all.push_back({p, {square}, hole ? std::numeric_limits<double>::infinity() : std::max(0.0, p[0] + p[1] - 1)});
    }
    return all;
  };
  const std::vector<Candidate> best = evolve(judge, {0.1, 0.1}, {40, 60, 2});
  REQUIRE_FALSE(best.empty());
  CHECK(best.front().violation == 0);
  CHECK(best.front().at[0] == Approx(0.5).margin(0.02));
  CHECK(best.front().at[1] == Approx(0.5).margin(0.02));
  CHECK(evolve(judge, {0.1, 0.1}, {40, 60, 2}).front().at == best.front().at);
}
