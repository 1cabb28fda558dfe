#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "engine/fvm/physics.hpp"

namespace nacre::support {

/// The largest error of a physics' derivatives by dual numbers, against differences of fourth order, over its storage,
/// reaction, flux and boundary terms at random unknowns within `spread` of `centre`. Relative to the largest derivative
/// of the same term.
template <fvm::Physics P>
class DerivativeCheck {
 public:
  static constexpr std::size_t M = P::unknowns;
  using Numbers = fvm::Block<double, M>;

  DerivativeCheck(const P& physics, const Numbers& centre, double spread)
      : physics_(physics), centre_(centre), spread_(spread) {}

  double worst(std::size_t regions) {
    double worst = 0;
    for (std::size_t region = 0; region < regions; ++region)
      for (int trial = 0; trial < 20; ++trial) {
        const Numbers a = random(), b = random();
        const fvm::Corner corner{region, 1e-8};
        const fvm::Edge edge{region, 1e-8, 1e-9};
        worst = std::max(
            {worst, error_at([&](const auto& u) { return physics_.storage(u, corner); }, a),
             error_at([&](const auto& u) { return physics_.reaction(u, corner); }, a),
             error_at([&](const auto& u) { return physics_.boundary(u, shifted(u, a, b), fvm::Side::left).value; }, a),
             error_at([&](const auto& u) { return physics_.boundary(u, shifted(u, a, b), fvm::Side::right).value; }, a),
             error_at([&](const auto& u) { return physics_.flux(u, shifted(u, a, b), steps(u, a, b), edge); }, a),
             error_at([&](const auto& v) { return physics_.flux(shifted(v, b, a), v, back(v, a), edge); }, b)});
      }
    return worst;
  }

  /// The largest relative difference between terms in lanes and the same for one place.
  double worst_in_lanes(std::size_t regions) {
    double worst = 0;
    for (std::size_t region = 0; region < regions; ++region)
      for (int trial = 0; trial < 20; ++trial) {
        std::array<Numbers, math::Lanes::width> a, b, step;
        for (std::size_t place = 0; place < a.size(); ++place) {
          a[place] = random(), b[place] = random();
          step[place] = steps(a[place], a[place], b[place]);
        }
        const fvm::CornerOf<math::Lanes> corner{region, 1e-8};
        const fvm::EdgeOf<math::Lanes> edge{region, 1e-8, 1e-9};
        const auto here = fvm::local(physics_, in_lanes(a), corner);
        const auto flux = physics_.flux(in_lanes(a), in_lanes(b), in_lanes(step), edge);
        for (std::size_t place = 0; place < a.size(); ++place) {
          const auto one = fvm::local(physics_, a[place], fvm::Corner{region, 1e-8});
          const auto through = physics_.flux(a[place], b[place], step[place], fvm::Edge{region, 1e-8, 1e-9});
          for (std::size_t k = 0; k < M; ++k)
            worst = std::max({worst, apart(here.storage[k][place], one.storage[k]),
                              apart(here.reaction[k][place], one.reaction[k]), apart(flux[k][place], through[k])});
        }
      }
    return worst;
  }

 private:
  static double apart(double a, double b) { return a == b ? 0 : std::abs(a - b) / std::max(std::abs(a), std::abs(b)); }
  static fvm::Block<math::Lanes, M> in_lanes(const std::array<Numbers, math::Lanes::width>& places) {
    fvm::Block<math::Lanes, M> u;
    for (std::size_t k = 0; k < M; ++k) u[k] = math::Lanes::filled([&](std::size_t place) { return places[place][k]; });
    return u;
  }

  template <class T>
  using Block = fvm::Block<T, M>;

  Numbers random() {
    std::uniform_real_distribution<double> uniform(-spread_, spread_);
    Numbers u = centre_;
    for (double& v : u) v += uniform(random_);
    return u;
  }
  /// The other node's unknowns, constants of the type of u.
  template <class T>
  static Block<T> shifted(const Block<T>&, const Numbers&, const Numbers& other) {
    Block<T> result;
    for (std::size_t k = 0; k < M; ++k) result[k] = T(other[k]);
    return result;
  }
  template <class T>
  static Block<T> steps(const Block<T>& u, const Numbers&, const Numbers& right) {
    Block<T> result;
    for (std::size_t k = 0; k < M; ++k) result[k] = T(right[k]) - u[k];
    return result;
  }
  template <class T>
  static Block<T> back(const Block<T>& u, const Numbers& left) {
    Block<T> result;
    for (std::size_t k = 0; k < M; ++k) result[k] = u[k] - T(left[k]);
    return result;
  }

  template <class F>
  static double error_at(F f, const Numbers& u) {
    Block<math::Dual<M>> dual;
    for (std::size_t k = 0; k < M; ++k) dual[k] = math::Dual<M>::variable(u[k], static_cast<int>(k));
    const auto exact = f(dual);
    double worst = 0;
    for (std::size_t row = 0; row < M; ++row) {
      double top = 1e-300, error = 0;
      for (std::size_t k = 0; k < M; ++k) {
        const auto at = [&](double change) {
          Numbers moved = u;
          moved[k] += change;
          return f(moved)[row];
        };
        constexpr double h = 1e-3;
        const double difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        const double slope = exact[row].slope[static_cast<int>(k)];
        top = std::max(top, std::abs(slope)), error = std::max(error, std::abs(slope - difference));
      }
      worst = std::max(worst, error / std::max(top, std::abs(exact[row].value)));
    }
    return worst;
  }

  const P& physics_;
  Numbers centre_;
  double spread_;
  std::mt19937 random_{11};
};

}  // namespace nacre::support
