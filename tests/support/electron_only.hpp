#pragma once
#include <catch2/catch.hpp>
#include <cmath>

#include "models/device/current_voltage.hpp"
#include "tests/support/insulator.hpp"

namespace nacre::support {

constexpr double few_temperature = 300;  ///< of the stack below [K]
constexpr double few_barrier = 0.9;      ///< between its metals and its band [eV]

/// 100 nm of an insulator with electrons alone between metals of one work function, 0.9 eV from the band: few enough to
/// leave the field alone.
inline device::Stack electron_only(device::Transport transport = device::Transport::continuum) {
  constexpr double eV = units::constants::electron_volt;
  return {.layers = {insulator(100e-9)},
          .left_work_function = (3 + few_barrier) * eV,
          .right_work_function = (3 + few_barrier) * eV,
          .temperature = few_temperature,
          .carriers = device::Carriers::electrons,
          .transport = transport};
}

/// Current at a bias [A/m2], reached in ten steps from none; requires that all its sums agree.
inline double closed_current(const device::Stack& stack, double bias, const device::MeshOptions& mesh = {}) {
  const auto result = device::current_voltage(stack, steps(bias, 10), mesh);
  REQUIRE(result.message == "");
  const auto& p = result.points.back();
  for (double other : {p.current_left, p.lowest_face, p.highest_face})
    CHECK(other == Approx(p.current).epsilon(1e-9).margin(1e-12));
  CHECK(std::abs(result.points.front().current) < 1e-20);
  return p.current;
}

}  // namespace nacre::support
