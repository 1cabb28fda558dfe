#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/math/quadrature.hpp"

/// What exciton.cpp and exciton_slopes.cpp share: the integrals of a correlated pair, for plain and for dual numbers.
namespace nacre::confinement::pair {

constexpr std::size_t nodes = 16;        // of one panel
constexpr double followed_outside = 24;  // u^2 is followed outside until it has fallen by exp(-24)
constexpr double growth_of_panel = 10;   // an exponential may change by exp(10) over a panel: error below 1e-8 of it

/// The value of a plain number; of a dual one found beside it.
inline double value(double x) {
  return x;
}

/// What the integrals need to know of a level.
template <class T>
struct LevelOf {
  T radius, inner_wavenumber, outer_decay;
};

template <class T>
using Column = std::array<T, nodes>;

/// Gauss-Legendre on one panel with the weights of integrals up to each node (column-major: one column a source node).
struct Reference {
  Column<double> position{}, weight{};
  std::array<Column<double>, nodes> cumulative{};

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

inline const Reference& reference() {
  static const Reference rule;
  return rule;
}

/// One piece of the radial axis: f(r)^2 r^2 at its nodes.
template <class T>
struct Panel {
  T start = 0, half = 0;
  Column<T> radius{}, density{};
};

/// Integrals over the ordered triangle r_h < r_e, each over 8 pi^2 and scaled alike.
template <class T>
struct Integrals {
  T norm = 0;     ///< of psi^2
  T coulomb = 0;  ///< of psi^2/s
  T outside = 0;  ///< of psi^2 x (carriers outside, 0 to 2)
};

/// Both carriers in the same level, correlated by exp(-a s), s = |r_e - r_h|.
///
/// With b = 2a the integrals over s from r_e - r_h to r_e + r_h are, for r_h < r_e and y = b r_h,
///     int exp(-b s) ds   = 2 r_h exp(-b r_e) i0(y),
///     int s exp(-b s) ds = 2 r_h exp(-b r_e) [r_e i0(y) - r_h i1(y)],
/// i0 = sinh(y)/y, i1 = i0'. The integrand over r_h knows r_e by a factor only: one pass outwards that carries the
/// integrals up to r_e does the double integral in O(nodes).
template <class T>
class PairState {
 public:
  PairState(const LevelOf<T>& level, double largest_a);
  Integrals<T> integrals(double a) const;
  const T& charge() const { return charge_; }  ///< int f^2 r^2 dr

 private:
  void add_panels(const T& from, const T& to, int count, const LevelOf<T>& level);

  T radius_ = 0;
  T charge_ = 0;
  std::vector<Panel<T>> panels_;
};

template <class T>
PairState<T>::PairState(const LevelOf<T>& level, double largest_a) : radius_(level.radius) {
  const double phase = value(level.inner_wavenumber) * value(level.radius);
  const double growth = 2 * largest_a;
  add_panels(0, radius_, static_cast<int>(std::ceil(std::max(phase / 3.5, growth * value(radius_) / growth_of_panel))),
             level);
  if (std::isinf(value(level.outer_decay))) return;
  const T fall = 2 * level.outer_decay;
  const T reach = followed_outside / fall;
  // A state that is hardly bound reaches far; beyond 64 panels its energy is that of the barrier anyway.
  const double count = std::min(std::ceil(value(reach) * (value(fall) + growth) / growth_of_panel), 64.0);
  add_panels(radius_, radius_ + reach, static_cast<int>(count), level);
}

template <class T>
void PairState<T>::add_panels(const T& from, const T& to, int count, const LevelOf<T>& level) {
  using std::exp, std::sin;
  const Reference& rule = reference();
  const T edge_value = sin(level.inner_wavenumber * radius_);
  for (int p = 0; p < count; ++p) {
    Panel<T> panel;
    panel.half = 0.5 * (to - from) / count;
    panel.start = from + 2 * panel.half * p;
    for (std::size_t i = 0; i < nodes; ++i) {
      const T r = panel.start + panel.half * (1 + rule.position[i]);
      const T u = value(from) < value(radius_) ? sin(level.inner_wavenumber * r)
                                               : edge_value * exp(-level.outer_decay * (r - radius_));
      panel.radius[i] = r;
      panel.density[i] = u * u;
      charge_ += panel.half * rule.weight[i] * u * u;
    }
    panels_.push_back(panel);
  }
}

/// exp(-y) i0(y) and exp(-y) i1(y) from y and e2 = exp(-2y).
template <class T>
struct ScaledBessel {
  T i0, i1;
};
template <class T>
ScaledBessel<T> scaled_bessel(const T& y, const T& e2) {
  using std::sqrt;
  if (value(y) > 0.1) {
    const T i0 = (1 - e2) / (2 * y);
    return {i0, (0.5 * (1 + e2) - i0) / y};
  }
  const T y2 = y * y;
  const T scale = sqrt(e2);
  return {scale * (1 + y2 / 6 * (1 + y2 / 20 * (1 + y2 / 42))),
          scale * y / 3 * (1 + y2 / 10 * (1 + y2 / 28 * (1 + y2 / 54)))};
}

/// Carries the integrals over r_h outwards, panel by panel. They are kept divided by exp(b start of panel), which
/// bounds them for any sphere, however many Bohr radii it measures.
template <class T>
class OutwardPass {
 public:
  OutwardPass(const T& radius, double b) : radius_(radius), b_(b) {}
  void add(const Panel<T>& panel);
  const Integrals<T>& sum() const { return sum_; }

 private:
  void enter(const Panel<T>& panel);
  Column<T> sources(const Panel<T>& panel);

  T radius_;
  double b_;
  Integrals<T> sum_;
  T inner0_ = 0, inner1_ = 0;        // of u^2 i0 and u^2 r i1 up to the start of the panel
  T surface0_ = 0, surface1_ = 0;    // the same up to the surface
  T start_ = 0, start_factor_ = 1;   // of the panel; exp(-b start)
  Column<T> source0_{}, source1_{};  // integrands over r_h, times the half width of the panel
};

template <class T>
void OutwardPass<T>::enter(const Panel<T>& panel) {
  using std::exp;
  const T step = exp(-b_ * (panel.start - start_));
  for (T* part : {&inner0_, &inner1_, &surface0_, &surface1_, &start_factor_}) *part *= step;
  start_ = panel.start;
  if (value(start_) >= value(radius_) && value(surface0_) == 0) surface0_ = inner0_, surface1_ = inner1_;
}

/// Fills both sources; returns exp(-b (r - start)).
template <class T>
Column<T> OutwardPass<T>::sources(const Panel<T>& panel) {
  using std::exp;
  Column<T> fall;
  for (std::size_t i = 0; i < nodes; ++i) {
    fall[i] = exp(-b_ * (panel.radius[i] - start_));
    const T from_centre = fall[i] * start_factor_;
    const ScaledBessel<T> bessel = scaled_bessel<T>(b_ * panel.radius[i], from_centre * from_centre);
    const T amplitude = panel.half * panel.density[i] / fall[i];
    source0_[i] = amplitude * bessel.i0;
    source1_[i] = amplitude * bessel.i1 * panel.radius[i];
  }
  return fall;
}

template <class T>
void OutwardPass<T>::add(const Panel<T>& panel) {
  const Reference& rule = reference();
  enter(panel);
  const Column<T> fall = sources(panel);
  Column<T> upto0, upto1;
  upto0.fill(inner0_);
  upto1.fill(inner1_);
  for (std::size_t j = 0; j < nodes; ++j) {
    for (std::size_t i = 0; i < nodes; ++i) {
      upto0[i] += rule.cumulative[j][i] * source0_[j];
      upto1[i] += rule.cumulative[j][i] * source1_[j];
    }
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    const T outer = 2 * panel.half * rule.weight[i] * panel.density[i] * fall[i];
    const T inverse = 1 / panel.radius[i];
    const T pair = upto0[i] - upto1[i] * inverse;
    sum_.norm += outer * pair;
    sum_.coulomb += outer * inverse * upto0[i];
    // r_e is outside, and r_h where it is not below the surface
    if (value(start_) >= value(radius_)) sum_.outside += outer * (2 * pair - (surface0_ - surface1_ * inverse));
    inner0_ += rule.weight[i] * source0_[i];
    inner1_ += rule.weight[i] * source1_[i];
  }
}

template <class T>
Integrals<T> PairState<T>::integrals(double a) const {
  OutwardPass<T> pass(radius_, 2 * a);
  for (const Panel<T>& panel : panels_) pass.add(panel);
  return pass.sum();
}

}  // namespace nacre::confinement::pair
