#include "engine/math/degeneracy.hpp"

#include <algorithm>
#include <numbers>

namespace nacre::math {
namespace {

/// 1/(1 + e^x), (its negative derivative) f (1 - f) and its second derivative f (1 - f)(1 - 2 f), without overflow.
Occupation fermi(double x) {
  const double e = std::exp(-std::abs(x)), f = x > 0 ? e / (1 + e) : 1 / (1 + e), g = e / ((1 + e) * (1 + e));
  return {f, g, g * (1 - 2 * f)};
}

}  // namespace

Occupation fermi_dirac_half(double eta) {
  // x = t^2: the poles of the Fermi function lie pi/(2 sqrt(eta)) from the axis of t.
  const double last = std::sqrt(std::max(eta, 0.) + 45), h = 0.35 / std::sqrt(std::max(eta, 0.) + 16);
  const double weight = 4 / std::sqrt(std::numbers::pi) * h;
  Occupation sum{};
  for (double t = h; t < last; t += h) {
    const Occupation f = fermi(t * t - eta);
    sum.value += weight * t * t * f.value;
    sum.slope += weight * t * t * f.slope;
    sum.curvature += weight * t * t * f.curvature;
  }
  return sum;
}

Occupation gauss_fermi(double eta, double width) {
  const double h = std::min(0.2, 0.5 / std::max(width, 1e-3)), weight = h / std::sqrt(2 * std::numbers::pi);
  Occupation sum{};
  for (double y = -width - 9; y < 9 + width; y += h) {
    const Occupation f = fermi(width * y - eta);
    const double share = weight * std::exp(-y * y / 2);
    sum.value += share * f.value, sum.slope += share * f.slope, sum.curvature += share * f.curvature;
  }
  return sum;
}

LogDegeneracy::LogDegeneracy(const std::function<Occupation(double)>& occupation, double first, double last,
                             double spacing, double dilute, double power)
    : first_(first), last_(first), spacing_(spacing), dilute_(dilute), power_(power) {
  for (; last_ <= last; last_ += spacing) {
    const Occupation f = occupation(last_);
    const double slope = f.slope / f.value;
    nodes_.push_back({std::log(f.value) - last_, slope - 1, f.curvature / f.value - slope * slope});
  }
  last_ = first_ + spacing * static_cast<double>(nodes_.size() - 1);
}

Sample LogDegeneracy::operator()(double eta) const {
  if (eta < first_) {
    const double beyond = (nodes_.front().value - dilute_) * std::exp(eta - first_);
    return {dilute_ + beyond, beyond};
  }
  if (eta >= last_) return {nodes_.back().value + power_ * std::log(eta / last_) - (eta - last_), power_ / eta - 1};
  const double place = (eta - first_) / spacing_;
  const auto i = std::min(static_cast<std::size_t>(place), nodes_.size() - 2);
  const Node &a = nodes_[i], &b = nodes_[i + 1];
  const double h = spacing_, t = place - static_cast<double>(i);
  // value = c0 + t (c1 + t (c2 + t (c3 + t (c4 + t c5))))
  const double c1 = h * a.slope, c2 = h * h * a.curvature / 2;
  const double rise = b.value - a.value - c1 - c2, steepening = h * b.slope - c1 - 2 * c2,
               bending = h * h * b.curvature - 2 * c2;
  const double c3 = 10 * rise - 4 * steepening + bending / 2, c4 = -15 * rise + 7 * steepening - bending,
               c5 = 6 * rise - 3 * steepening + bending / 2;
  return {a.value + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5)))),
          (c1 + t * (2 * c2 + t * (3 * c3 + t * (4 * c4 + t * 5 * c5)))) / h};
}

const LogDegeneracy& fermi_dirac_degeneracy() {
  static const LogDegeneracy table(fermi_dirac_half, -24, 60, 0.125, 0, 1.5);
  return table;
}

LogDegeneracy gaussian_degeneracy(double width) {
  return {[width](double eta) { return gauss_fermi(eta, width); },
          -1.5 * width * width - 24,
          8 * width + 24,
          0.125,
          width * width / 2,
          0};
}

}  // namespace nacre::math
