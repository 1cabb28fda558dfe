#include "models/confinement/platelet.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "engine/math/minimum.hpp"
#include "engine/math/quadrature.hpp"
#include "engine/math/roots.hpp"
#include "engine/units/constants.hpp"
#include "models/confinement/effective_mass.hpp"
#include "models/confinement/exciton.hpp"

namespace nacre::confinement {
namespace {

namespace constant = units::constants;
using std::numbers::pi;
constexpr double hbar_squared = constant::reduced_planck * constant::reduced_planck;

double inner_wavenumber(const Bands& bands, double energy) {
  return std::sqrt(2 * kane_mass(bands, energy) * energy / hbar_squared);
}

/// Energy of a Kane carrier of a wavenumber.
double energy_of(const Bands& bands, double wavenumber) {
  const double parabolic = hbar_squared * wavenumber * wavenumber / (4 * bands.reduced_mass);
  if (std::isinf(bands.gap)) return parabolic;
  return 0.5 * bands.gap * (std::sqrt(1 + 4 * parabolic / bands.gap) - 1);
}

/// Part of the slab's interaction that its images make, over exp(-q|z - z'|)'s unit; z from the middle.
double image_kernel(double q, double length, double contrast, double z, double z2) {
  const double a = std::exp(-2 * q * length), c = contrast;
  const double sum = std::exp(q * (std::abs(z + z2) - length)) + std::exp(-q * (std::abs(z + z2) + length));
  const double difference =
      std::exp(q * (std::abs(z - z2) - 2 * length)) + std::exp(-q * (std::abs(z - z2) + 2 * length));
  return c / (1 - c * c * a) * (c * difference + sum);
}

/// Means of the interaction over both carriers, at wavenumbers q: with its images, and that of each carrier with its
/// own.
struct Interaction {
  std::vector<double> q, weight;     // of the integral over q
  std::vector<double> pair, itself;  // <G>, <G - direct at z = z'>
};

Interaction slab_interaction(double length, double contrast, double bohr) {
  const math::Rule across = math::gauss_legendre(20), outer = math::gauss_legendre(64);
  const double scale = 1 / std::sqrt(length * bohr);
  Interaction out;
  for (std::size_t i = 0; i < outer.nodes.size(); ++i) {
    // (-1, 1) to (0, infinity) by a square, so that scales far apart and algebraic tails are both met
    const double t = outer.nodes[i], u = (1 + t) / (1 - t), q = scale * u * u;
    out.q.push_back(q);
    out.weight.push_back(outer.weights[i] * scale * 4 * u / ((1 - t) * (1 - t)));
    double pair = 0, itself = 0;
    for (std::size_t a = 0; contrast != 0 && a < across.nodes.size(); ++a) {
      const double z = 0.5 * length * across.nodes[a], cos_a = std::cos(pi * z / length);
      const double w = across.weights[a] * cos_a * cos_a;
      itself += w * image_kernel(q, length, contrast, z, z);
      for (std::size_t b = 0; b < across.nodes.size(); ++b) {
        const double z2 = 0.5 * length * across.nodes[b], cos_b = std::cos(pi * z2 / length);
        pair += w * across.weights[b] * cos_b * cos_b * image_kernel(q, length, contrast, z, z2);
      }
    }
    out.pair.push_back(form_factor(q * length) + pair);
    out.itself.push_back(itself);
  }
  return out;
}

bool valid(const Bands& b, double thickness, double width, double length, double outside) {
  return b.gap > 0 && b.reduced_mass > 0 && b.permittivity > 0 && b.barrier > 0 && b.outside_mass > 0 &&
         thickness > 0 && width > 0 && length > 0 && outside > 0;
}

}  // namespace

double well_level(const Bands& bands, double thickness) {
  if (!(thickness > 0)) return std::numeric_limits<double>::quiet_NaN();
  const double highest = energy_of(bands, pi / thickness);
  if (std::isinf(bands.barrier)) return highest;
  const auto mismatch = [&](double energy) {
    const double k = inner_wavenumber(bands, energy), x = 0.5 * k * thickness;
    const double q =
        std::sqrt(2 * bands.outside_mass * std::max(bands.barrier - energy, 0.0)) / constant::reduced_planck;
    return k * std::sin(x) / kane_mass(bands, energy) - q * std::cos(x) / bands.outside_mass;
  };
  const math::Root root = math::brent_root(mismatch, 1e-12 * highest, std::min(highest, bands.barrier));
  return root.converged() ? root.x : std::numeric_limits<double>::quiet_NaN();
}

double form_factor(double x) {
  if (x < 1e-3) return 1 - x * (1.0 / 3 - 5 / (4 * pi * pi));
  const double y = x * x + 4 * pi * pi;
  return (3 * x + 8 * pi * pi / x + 32 * std::pow(pi, 4) * std::expm1(-x) / (x * x * y)) / y;
}

Platelet platelet(const Bands& bands, double thickness, double width, double length, double outside_permittivity) {
  Platelet out;
  if (!valid(bands, thickness, width, length, outside_permittivity)) return out;
  const double level = well_level(bands, thickness);
  if (!std::isfinite(level)) return out;
  const double effective = pi / inner_wavenumber(bands, level);
  const double heavier = kane_mass(bands, level) / kane_mass(bands, 0);
  const double mass = bands.reduced_mass * heavier;
  const double coulomb = constant::elementary_charge * constant::elementary_charge /
                         (4 * pi * constant::vacuum_permittivity * bands.permittivity);
  const double contrast = (bands.permittivity - outside_permittivity) / (bands.permittivity + outside_permittivity);
  const Interaction slab = slab_interaction(effective, contrast, bohr_radius(bands));
  const auto energy = [&](double log_radius) {
    const double a = std::exp(log_radius);
    double attraction = 0;
    for (std::size_t i = 0; i < slab.q.size(); ++i)
      attraction += slab.weight[i] * slab.pair[i] * std::pow(1 + 0.25 * slab.q[i] * slab.q[i] * a * a, -1.5);
    return hbar_squared / (2 * mass * a * a) - coulomb * attraction;
  };
  const double bohr = std::log(bohr_radius(bands));
  const math::Minimum best = math::brent_minimum(energy, bohr - 4, bohr + 3, bohr - 0.5, 1e-6);
  out.status = best.converged ? Platelet::Status::converged : Platelet::Status::not_converged;
  out.radius = std::exp(best.x);
  out.binding = -best.value;
  out.confinement = 2 * level;
  for (std::size_t i = 0; i < slab.q.size(); ++i) out.polarisation += slab.weight[i] * coulomb * slab.itself[i];
  const double total_mass = 4 * mass;  // two carriers of twice the reduced mass each
  out.lateral = hbar_squared * pi * pi / (2 * total_mass) * (1 / (width * width) + 1 / (length * length));
  out.energy = out.confinement + out.polarisation - out.binding + out.lateral;
  return out;
}

double equivalent_radius_of_cuboid(double x, double y, double z) {
  return 1 / std::sqrt(1 / (x * x) + 1 / (y * y) + 1 / (z * z));
}

}  // namespace nacre::confinement
