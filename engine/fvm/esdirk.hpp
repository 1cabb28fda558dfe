#pragma once
#include <array>
#include <cstddef>
#include <numbers>

namespace nacre::fvm {

/// An implicit Runge-Kutta method whose first stage is explicit and whose others share one diagonal weight; the last
/// stage is the step (stiffly accurate), so that its rates are those of the next step's first stage.
struct Esdirk {
  static constexpr std::size_t most_stages = 6;
  using Row = std::array<double, most_stages>;

  std::size_t stages;
  int order_of_error;                 ///< of the local error estimate: the step's order, the embedded method's plus one
  double diagonal;                    ///< weight of a stage's own rate
  Row time;                           ///< of the stages, as shares of the step
  std::array<Row, most_stages> rate;  ///< weights of the rates of earlier stages [stage][earlier]
  Row error;                          ///< weights of all rates in the step less the embedded method

  /// Weight of a stage's rate in the step.
  constexpr double weight(std::size_t stage) const { return stage + 1 == stages ? diagonal : rate[stages - 1][stage]; }
};

/// TR-BDF2 (Bank et al., IEEE Trans. Electron Devices 32, 1992 (1985)) with the error estimate of Hosea and Shampine,
/// Appl. Numer. Math. 20, 21 (1996): second order, L-stable.
inline constexpr Esdirk tr_bdf2 = [] {
  constexpr double root = std::numbers::sqrt2, d = 1 - root / 2, w = root / 4;
  return Esdirk{.stages = 3,
                .order_of_error = 3,
                .diagonal = d,
                .time = {0, 2 * d, 1},
                .rate = {{{}, {d}, {w, w}}},
                .error = {w - (1 - w) / 3, w - (3 * w + 1) / 3, d - d / 3}};
}();

/// ARK4(3)6L[2]SA, its implicit part (Kennedy, Carpenter, Appl. Numer. Math. 44, 139 (2003)): fourth order, L-stable,
/// stages of second order.
inline constexpr Esdirk kennedy_carpenter = {
    .stages = 6,
    .order_of_error = 4,
    .diagonal = 1. / 4,
    .time = {0, 1. / 2, 83. / 250, 31. / 50, 17. / 20, 1},
    .rate = {{{},
              {1. / 4},
              {8611. / 62500, -1743. / 31250},
              {5012029. / 34652500, -654441. / 2922500, 174375. / 388108},
              {15267082809. / 155376265600, -71443401. / 120774400, 730878875. / 902184768, 2285395. / 8070912},
              {82889. / 524892, 0, 15625. / 83664, 69875. / 102672, -2260. / 8211}}},
    .error = {82889. / 524892 - 4586570599. / 29645900160, 0, 15625. / 83664 - 178811875. / 945068544,
              69875. / 102672 - 814220225. / 1159782912, -2260. / 8211 + 3700637. / 11593932, 1. / 4 - 61727. / 225920},
};

}  // namespace nacre::fvm
