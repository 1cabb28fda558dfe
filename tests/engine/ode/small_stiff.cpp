#include "engine/ode/small_stiff.hpp"

#include <catch2/catch.hpp>
#include <limits>

using nacre::ode::SmallSystem;

TEST_CASE("Robertson's problem comes out at its published values") {
  SmallSystem robertson;
  robertson.rhs = [](double, const std::vector<double>& y, std::vector<double>& d) {
    d[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
    d[2] = 3e7 * y[1] * y[1];
    d[1] = -d[0] - d[2];
  };
  robertson.jacobian = [](double, const std::vector<double>& y, std::vector<double>& j, std::vector<double>& t) {
    j = {-0.04, 1e4 * y[2], 1e4 * y[1], 0.04, -1e4 * y[2] - 6e7 * y[1], -1e4 * y[1], 0, 6e7 * y[1], 0};
    t.assign(3, 0);
  };
  std::vector<std::vector<double>> states;
  const auto run = nacre::ode::integrate_small(robertson, {1, 0, 0}, 0, {0.4, 40}, 1e-12, 1e-8, states);
  REQUIRE(run.done);
  REQUIRE(states.size() == 2);
  CHECK(states[1][0] == Approx(0.7158).epsilon(1e-4));  // Hindmarsh, LSODE's demonstration
  CHECK(states[1][1] == Approx(9.185e-6).epsilon(1e-3));
  CHECK(states[1][0] + states[1][1] + states[1][2] == Approx(1).margin(1e-10));
}

TEST_CASE("an integration that cannot go on says so and keeps what it has") {
  SmallSystem blow_up;  // y' = y^2 from 1: infinite at t = 1
  blow_up.rhs = [](double, const std::vector<double>& y, std::vector<double>& d) { d[0] = y[0] * y[0]; };
  blow_up.jacobian = [](double, const std::vector<double>& y, std::vector<double>& j, std::vector<double>& t) {
    j = {2 * y[0]};
    t = {0};
  };
  std::vector<std::vector<double>> states;
  const auto run = nacre::ode::integrate_small(blow_up, {1}, 0, {0.5, 2}, 1e-10, 1e-8, states);
  CHECK_FALSE(run.done);
  REQUIRE(states.size() == 1);
  CHECK(states[0][0] == Approx(2).epsilon(1e-6));
}
