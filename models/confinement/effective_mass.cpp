#include "models/confinement/effective_mass.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "engine/math/roots.hpp"
#include "engine/units/constants.hpp"

namespace nacre::confinement {
namespace {

constexpr double hbar = units::constants::reduced_planck;
constexpr double pi = std::numbers::pi;

bool valid(const Bands& b) {
  return b.gap > 0 && b.reduced_mass > 0 && b.barrier > 0 && (b.outside_mass > 0 || std::isinf(b.barrier)) &&
         std::isfinite(b.reduced_mass) && !std::isnan(b.outside_mass);
}

/// Energy at which a carrier has wavenumber k: E (1 + E/E_g) = hbar^2 k^2/2 m_0.
double energy_at(const Bands& bands, double k) {
  const double parabolic = hbar * hbar * k * k / (4 * bands.reduced_mass);
  return 2 * parabolic / (1 + std::sqrt(1 + 4 * parabolic / bands.gap));
}

double wavenumber(const Bands& bands, double energy) {
  return std::sqrt(2 * kane_mass(bands, energy) * energy) / hbar;
}

/// The matching condition times m(E)/x in the variable x = k R, and its slope. Falls monotonically through the 1s zero.
class Matching {
 public:
  Matching(const Bands& bands, double radius) : bands_(bands), radius_(radius) {}

  std::pair<double, double> operator()(double x) const {
    const double energy = energy_at(bands_, x / radius_);
    const double mass = kane_mass(bands_, energy);
    // dE/dk = hbar^2 k/(m_0 (1 + 2E/E_g))
    const double speed =
        hbar * hbar * x / (radius_ * radius_ * 2 * bands_.reduced_mass * (1 + 2 * energy / bands_.gap));
    const double mass_slope = 2 * bands_.reduced_mass / bands_.gap * speed;
    const double room = std::max(bands_.barrier - energy, 0.0);
    const double decay = std::sqrt(2 * bands_.outside_mass * room) / hbar * radius_;
    const double decay_slope = decay > 0 ? -bands_.outside_mass * speed * radius_ * radius_ / (hbar * hbar * decay) : 0;
    const double sine = std::sin(x) / x, cosine = std::cos(x);
    const double sine_slope = (cosine - sine) / x;
    const double ratio = mass / bands_.outside_mass;
    return {cosine - sine + ratio * (decay + 1) * sine,
            -std::sin(x) - sine_slope + ratio * (decay + 1) * sine_slope +
                (mass_slope / bands_.outside_mass * (decay + 1) + ratio * decay_slope) * sine};
  }

 private:
  const Bands& bands_;
  double radius_;
};

Level level_at(const Bands& bands, double radius, double k) {
  Level level{Level::Status::bound, radius, energy_at(bands, k), k, 0, 0};
  level.inner_mass = kane_mass(bands, level.energy);
  level.outer_decay = std::sqrt(2 * bands.outside_mass * (bands.barrier - level.energy)) / hbar;
  return level;
}

}  // namespace

double kane_mass(const Bands& bands, double energy) {
  return 2 * bands.reduced_mass * (1 + energy / bands.gap);
}

double equivalent_radius(Shape shape, double size) {
  return shape == Shape::cube ? size / std::numbers::sqrt3 : size / 2;
}

double size_of_radius(Shape shape, double radius) {
  return shape == Shape::cube ? radius * std::numbers::sqrt3 : radius * 2;
}

Level ground_level(const Bands& bands, double radius) {
  if (!valid(bands) || !(radius > 0) || !std::isfinite(radius)) return {};
  if (std::isinf(bands.barrier)) {
    Level level{Level::Status::bound, radius, energy_at(bands, pi / radius), pi / radius, 0, 0};
    level.inner_mass = kane_mass(bands, level.energy);
    level.outer_decay = std::numeric_limits<double>::infinity();
    return level;
  }
  const Matching matching(bands, radius);
  const double highest = std::min(pi, wavenumber(bands, bands.barrier) * radius);
  if (!(matching(highest).first < 0)) return {Level::Status::unbound, radius, 0, 0, 0, 0};
  // For a deep well x is near pi (1 - m_out/(m q R)); start there, the bracket guards the rest.
  const double lowest = 1e-6 * highest;
  const double deep = std::sqrt(2 * bands.outside_mass * bands.barrier) / hbar * radius;
  const double ratio = bands.outside_mass / (2 * bands.reduced_mass);
  const double start = std::min(pi / (1 + ratio / deep), 0.9 * highest);
  const math::Root root = math::newton_root(matching, lowest, highest, start, {.absolute = 0, .relative = 1e-13});
  if (!root.converged()) return {Level::Status::unbound, radius, 0, 0, 0, 0};
  return level_at(bands, radius, root.x / radius);
}

double smallest_bound_radius(const Bands& bands) {
  if (!valid(bands) || std::isinf(bands.barrier)) return 0;
  // At threshold q = 0: x cot x = 1 - m(V)/m_out.
  const double target = 1 - kane_mass(bands, bands.barrier) / bands.outside_mass;
  const math::Root root = math::brent_root([&](double x) { return x * std::cos(x) - target * std::sin(x); }, 1e-9, pi);
  return root.x / wavenumber(bands, bands.barrier);
}

}  // namespace nacre::confinement
