#include "models/confinement/exciton.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/math/minimum.hpp"
#include "engine/math/quadrature.hpp"
#include "engine/units/constants.hpp"

namespace nacre::confinement {
namespace {

namespace constant = units::constants;
constexpr double hbar = constant::reduced_planck;
constexpr std::size_t nodes = 16;        // of one panel
constexpr double followed_outside = 24;  // u^2 is followed outside until it has fallen by exp(-24)
constexpr double growth_of_panel = 10;   // an exponential may change by exp(10) over a panel: error below 1e-8 of it

using Column = std::array<double, nodes>;

/// Gauss-Legendre on one panel with the weights of integrals up to each node (column-major: one column a source node).
struct Reference {
  Column position{}, weight{};
  std::array<Column, nodes> cumulative{};

  Reference() {
    const math::Rule rule = math::gauss_legendre(nodes);
    const std::vector<double> matrix = math::cumulative_matrix(rule);
    for (std::size_t i = 0; i < nodes; ++i) {
      position[i] = rule.nodes[i];
      weight[i] = rule.weights[i];
      for (std::size_t j = 0; j < nodes; ++j) cumulative[j][i] = matrix[i * nodes + j];
    }
  }
};

const Reference& reference() {
  static const Reference rule;
  return rule;
}

/// One piece of the radial axis: f(r)^2 r^2 at its nodes.
struct Panel {
  double start = 0, half = 0;
  Column radius{}, density{};
};

/// Integrals over the ordered triangle r_h < r_e, each over 8 pi^2 and scaled alike.
struct Integrals {
  double norm = 0;     ///< of psi^2
  double coulomb = 0;  ///< of psi^2/s
  double outside = 0;  ///< of psi^2 x (carriers outside, 0 to 2)
};

/// Both carriers in the same level, correlated by exp(-a s), s = |r_e - r_h|.
///
/// With b = 2a the integrals over s from r_e - r_h to r_e + r_h are, for r_h < r_e and y = b r_h,
///     int exp(-b s) ds   = 2 r_h exp(-b r_e) i0(y),
///     int s exp(-b s) ds = 2 r_h exp(-b r_e) [r_e i0(y) - r_h i1(y)],
/// i0 = sinh(y)/y, i1 = i0'. The integrand over r_h knows r_e by a factor only: one pass outwards that carries the
/// integrals up to r_e does the double integral in O(nodes).
class PairState {
 public:
  PairState(const Level& level, double largest_a);
  Integrals integrals(double a) const;
  double charge() const { return charge_; }  ///< int f^2 r^2 dr

 private:
  void add_panels(double from, double to, int count, const Level& level);

  double radius_ = 0;
  double charge_ = 0;
  std::vector<Panel> panels_;
};

PairState::PairState(const Level& level, double largest_a) : radius_(level.radius) {
  const double phase = level.inner_wavenumber * level.radius;
  const double growth = 2 * largest_a;
  add_panels(0, radius_, static_cast<int>(std::ceil(std::max(phase / 3.5, growth * radius_ / growth_of_panel))), level);
  if (std::isinf(level.outer_decay)) return;
  const double fall = 2 * level.outer_decay;
  const double reach = followed_outside / fall;
  // A state that is hardly bound reaches far; beyond 64 panels its energy is that of the barrier anyway.
  const double count = std::min(std::ceil(reach * (fall + growth) / growth_of_panel), 64.0);
  add_panels(radius_, radius_ + reach, static_cast<int>(count), level);
}

void PairState::add_panels(double from, double to, int count, const Level& level) {
  const Reference& rule = reference();
  const double edge_value = std::sin(level.inner_wavenumber * radius_);
  for (int p = 0; p < count; ++p) {
    Panel panel;
    panel.half = 0.5 * (to - from) / count;
    panel.start = from + 2 * panel.half * p;
    for (std::size_t i = 0; i < nodes; ++i) {
      const double r = panel.start + panel.half * (1 + rule.position[i]);
      const double u = from < radius_ ? std::sin(level.inner_wavenumber * r)
                                      : edge_value * std::exp(-level.outer_decay * (r - radius_));
      panel.radius[i] = r;
      panel.density[i] = u * u;
      charge_ += panel.half * rule.weight[i] * u * u;
    }
    panels_.push_back(panel);
  }
}

/// exp(-y) i0(y) and exp(-y) i1(y) from y and e2 = exp(-2y).
struct ScaledBessel {
  double i0, i1;
};
ScaledBessel scaled_bessel(double y, double e2) {
  if (y > 0.1) {
    const double i0 = (1 - e2) / (2 * y);
    return {i0, (0.5 * (1 + e2) - i0) / y};
  }
  const double y2 = y * y;
  const double scale = std::sqrt(e2);
  return {scale * (1 + y2 / 6 * (1 + y2 / 20 * (1 + y2 / 42))),
          scale * y / 3 * (1 + y2 / 10 * (1 + y2 / 28 * (1 + y2 / 54)))};
}

/// Carries the integrals over r_h outwards, panel by panel. They are kept divided by exp(b start of panel), which
/// bounds them for any sphere, however many Bohr radii it measures.
class OutwardPass {
 public:
  OutwardPass(double radius, double b) : radius_(radius), b_(b) {}
  void add(const Panel& panel);
  const Integrals& sum() const { return sum_; }

 private:
  void enter(const Panel& panel);
  Column sources(const Panel& panel);

  double radius_, b_;
  Integrals sum_;
  double inner0_ = 0, inner1_ = 0;       // of u^2 i0 and u^2 r i1 up to the start of the panel
  double surface0_ = 0, surface1_ = 0;   // the same up to the surface
  double start_ = 0, start_factor_ = 1;  // of the panel; exp(-b start)
  Column source0_{}, source1_{};         // integrands over r_h, times the half width of the panel
};

void OutwardPass::enter(const Panel& panel) {
  const double step = std::exp(-b_ * (panel.start - start_));
  for (double* value : {&inner0_, &inner1_, &surface0_, &surface1_, &start_factor_}) *value *= step;
  start_ = panel.start;
  if (start_ >= radius_ && surface0_ == 0) surface0_ = inner0_, surface1_ = inner1_;
}

/// Fills both sources; returns exp(-b (r - start)).
Column OutwardPass::sources(const Panel& panel) {
  Column fall;
  for (std::size_t i = 0; i < nodes; ++i) {
    fall[i] = std::exp(-b_ * (panel.radius[i] - start_));
    const double from_centre = fall[i] * start_factor_;
    const ScaledBessel bessel = scaled_bessel(b_ * panel.radius[i], from_centre * from_centre);
    const double amplitude = panel.half * panel.density[i] / fall[i];
    source0_[i] = amplitude * bessel.i0;
    source1_[i] = amplitude * bessel.i1 * panel.radius[i];
  }
  return fall;
}

void OutwardPass::add(const Panel& panel) {
  const Reference& rule = reference();
  enter(panel);
  const Column fall = sources(panel);
  Column upto0, upto1;
  upto0.fill(inner0_);
  upto1.fill(inner1_);
  for (std::size_t j = 0; j < nodes; ++j) {
    for (std::size_t i = 0; i < nodes; ++i) {
      upto0[i] += rule.cumulative[j][i] * source0_[j];
      upto1[i] += rule.cumulative[j][i] * source1_[j];
    }
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    const double outer = 2 * panel.half * rule.weight[i] * panel.density[i] * fall[i];
    const double inverse = 1 / panel.radius[i];
    const double pair = upto0[i] - upto1[i] * inverse;
    sum_.norm += outer * pair;
    sum_.coulomb += outer * inverse * upto0[i];
    // r_e is outside, and r_h where it is not below the surface
    if (start_ >= radius_) sum_.outside += outer * (2 * pair - (surface0_ - surface1_ * inverse));
    inner0_ += rule.weight[i] * source0_[i];
    inner1_ += rule.weight[i] * source1_[i];
  }
}

Integrals PairState::integrals(double a) const {
  OutwardPass pass(radius_, 2 * a);
  for (const Panel& panel : panels_) pass.add(panel);
  return pass.sum();
}

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
        state_(level, largest_a_) {}

  double inverse_bohr() const { return inverse_bohr_; }
  /// Above the cusp value 1/a_B of the heavier of the two media, which the best a never exceeds.
  double largest_a() const { return largest_a_; }

  Exciton operator()(double a) const {
    const Integrals in = state_.integrals(a);
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
  PairState state_;
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
