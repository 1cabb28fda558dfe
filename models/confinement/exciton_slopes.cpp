#include "models/confinement/exciton_slopes.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/math/dual.hpp"
#include "engine/units/constants.hpp"
#include "models/confinement/exciton_pair.hpp"

namespace nacre::confinement {
namespace {

namespace constant = units::constants;
using Number = math::Dual<6>;
constexpr double hbar = constant::reduced_planck;

/// Inputs, in their order of slopes.
struct Inputs {
  Number gap, reduced_mass, permittivity, barrier, outside_mass, radius;
};

Inputs inputs_of(const Bands& b, double radius) {
  return {Number::variable(b.gap, 0),     Number::variable(b.reduced_mass, 1), Number::variable(b.permittivity, 2),
          Number::variable(b.barrier, 3), Number::variable(b.outside_mass, 4), Number::variable(radius, 5)};
}

/// The level with its slopes.
struct LevelSlopes {
  Number energy, wavenumber, decay, mass;
};

Number energy_at(const Inputs& in, const Number& k) {
  const Number parabolic = hbar * hbar * k * k / (4 * in.reduced_mass);
  return 2 * parabolic / (1 + sqrt(1 + 4 * parabolic / in.gap));
}

LevelSlopes level_at(const Inputs& in, const Number& x, bool infinite) {
  LevelSlopes level;
  level.wavenumber = x / in.radius;
  level.energy = energy_at(in, level.wavenumber);
  level.mass = 2 * in.reduced_mass * (1 + level.energy / in.gap);
  level.decay = infinite ? Number(std::numeric_limits<double>::infinity())
                         : sqrt(2 * in.outside_mass * (in.barrier - level.energy)) / hbar;
  return level;
}

/// The matching condition of ground_level() in x = k R.
Number mismatch(const Inputs& in, const Number& x) {
  const LevelSlopes level = level_at(in, x, false);
  return cos(x) - sin(x) / x + level.mass / in.outside_mass * (level.decay * in.radius + 1) * sin(x) / x;
}

/// x with its slopes: dx = -dF/(dF/dx), the slope in x by a variable in place of one that F knows otherwise.
Number root_of(const Inputs& in, double x, bool infinite) {
  if (infinite) return {x};
  const Number by_inputs = mismatch(in, Number(x));
  Inputs plain = in;
  for (Number* each :
       {&plain.gap, &plain.reduced_mass, &plain.permittivity, &plain.barrier, &plain.outside_mass, &plain.radius})
    each->slope.setZero();
  const double by_x = mismatch(plain, Number::variable(x, 0)).slope[0];
  return {x, -by_inputs.slope / by_x};
}

}  // namespace

ExcitonSlopes exciton_slopes(const Bands& bands, double radius) {
  ExcitonSlopes result;
  result.exciton = exciton(bands, radius);
  if (result.exciton.status != Exciton::Status::converged) return result;
  const Level plain = ground_level(bands, radius);
  const Inputs in = inputs_of(bands, radius);
  const bool infinite = std::isinf(bands.barrier);
  const LevelSlopes level = level_at(in, root_of(in, plain.inner_wavenumber * radius, infinite), infinite);
  const double a = result.exciton.a;
  const double bohr = 4 * std::numbers::pi * constant::vacuum_permittivity * bands.permittivity * hbar * hbar /
                      (plain.inner_mass / 2 * constant::elementary_charge * constant::elementary_charge);
  const double largest_a = 1.3 / bohr * std::max(1.0, infinite ? 0 : bands.outside_mass / plain.inner_mass);
  const pair::PairState<Number> state({in.radius, level.wavenumber, level.decay}, largest_a);
  const pair::Integrals<Number> sums = state.integrals(a);
  const Number outside = sums.outside / sums.norm;
  Number curvature = (2 - outside) / level.mass;
  if (!infinite) curvature += outside / in.outside_mass;
  const Number attraction = constant::elementary_charge * constant::elementary_charge /
                            (4 * std::numbers::pi * constant::vacuum_permittivity * in.permittivity);
  const Number energy =
      2 * level.energy - attraction * sums.coulomb / sums.norm + 0.5 * hbar * hbar * a * a * curvature;
  result.gap = energy.slope[0];
  result.reduced_mass = energy.slope[1];
  result.permittivity = energy.slope[2];
  result.barrier = infinite ? 0 : energy.slope[3];
  result.outside_mass = infinite ? 0 : energy.slope[4];
  result.radius = energy.slope[5];
  return result;
}

}  // namespace nacre::confinement
