#include "models/confinement/exciton.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/math/minimum.hpp"
#include "engine/units/constants.hpp"
#include "models/confinement/exciton_pair.hpp"

namespace nacre::confinement {
namespace {

namespace constant = units::constants;
constexpr double hbar = constant::reduced_planck;

/// Bohr radius with the mass that the level has.
double local_bohr_radius(const Bands& bands, double reduced_mass) {
  return 4 * std::numbers::pi * constant::vacuum_permittivity * bands.permittivity * hbar * hbar /
         (reduced_mass * constant::elementary_charge * constant::elementary_charge);
}

/// E(a) of one sphere.
class Functional {
 public:
  Functional(const Bands& bands, const Level& level)
      : level_(level),
        outside_mass_(bands.outside_mass),
        inverse_bohr_(1 / local_bohr_radius(bands, level.inner_mass / 2)),
        attraction_(hbar * hbar * inverse_bohr_ / (level.inner_mass / 2)),
        largest_a_(1.3 * inverse_bohr_ *
                   std::max(1.0, std::isinf(level.outer_decay) ? 0 : outside_mass_ / level.inner_mass)),
        state_({level.radius, level.inner_wavenumber, level.outer_decay}, largest_a_) {}

  double inverse_bohr() const { return inverse_bohr_; }
  /// Above the cusp value 1/a_B of the heavier of the two media, which the best a never exceeds.
  double largest_a() const { return largest_a_; }

  Exciton operator()(double a) const {
    const pair::Integrals<double> in = state_.integrals(a);
    const double outside = in.outside / in.norm;
    const double curvature = (2 - outside) / level_.inner_mass + (outside > 0 ? outside / outside_mass_ : 0);
    Exciton x;
    x.status = Exciton::Status::converged;
    x.confinement = 2 * level_.energy;
    x.binding = attraction_ * in.coulomb / in.norm - 0.5 * hbar * hbar * curvature * a * a;
    x.energy = x.confinement - x.binding;
    x.a = a;
    x.strength = state_.charge() * state_.charge() / in.norm;
    return x;
  }

 private:
  Level level_;
  double outside_mass_;
  double inverse_bohr_;  // 1/a_B with the mass of the level
  double attraction_;    // e^2/(4 pi eps_0 eps) = hbar^2/(mu a_B)
  double largest_a_;
  pair::PairState<double> state_;
};

Exciton refused(const Bands& bands, const Level& level) {
  Exciton x;
  if (level.status == Level::Status::unbound && bands.permittivity > 0) x.status = Exciton::Status::unbound;
  return x;
}

}  // namespace

double bohr_radius(const Bands& bands) {
  return local_bohr_radius(bands, bands.reduced_mass);
}

double rydberg(const Bands& bands) {
  const double a = bohr_radius(bands);
  return hbar * hbar / (2 * bands.reduced_mass * a * a);
}

Exciton exciton_at(const Bands& bands, double radius, double a) {
  const Level level = ground_level(bands, radius);
  if (level.status != Level::Status::bound || !(bands.permittivity > 0) || !(a >= 0)) return refused(bands, level);
  return Functional(bands, level)(a);
}

Exciton exciton(const Bands& bands, double radius) {
  const Level level = ground_level(bands, radius);
  if (level.status != Level::Status::bound || !(bands.permittivity > 0)) return refused(bands, level);
  const Functional functional(bands, level);
  const double unit = functional.inverse_bohr();
  Exciton best;
  double lowest = 0;
  const auto energy = [&](double a) {
    const Exciton x = functional(a);
    if (best.status == Exciton::Status::invalid || x.energy < lowest) best = x, lowest = x.energy;
    return x.energy;
  };
  const math::Minimum found = math::brent_minimum(energy, 0, functional.largest_a(), 0.6 * unit, 2e-5 * unit);
  if (!found.converged || !std::isfinite(best.energy)) best.status = Exciton::Status::not_converged;
  return best;
}

}  // namespace nacre::confinement
