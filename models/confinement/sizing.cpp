#include "models/confinement/sizing.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "models/confinement/exciton.hpp"

namespace nacre::confinement {
namespace {

std::string reason(Exciton::Status status) {
  switch (status) {
    case Exciton::Status::unbound:
      return "it is too small to bind a state";
    case Exciton::Status::invalid:
      return "a parameter of its bands is not positive";
    case Exciton::Status::not_converged:
      return "its exciton does not converge";
    case Exciton::Status::converged:
      break;
  }
  return "";
}

std::vector<double> even_in_logarithm(double smallest, double largest, int nodes) {
  std::vector<double> sizes{smallest};
  const double from = std::log(smallest), step = std::log(largest / smallest) / (nodes - 1);
  for (int i = 1; i + 1 < nodes; ++i) sizes.push_back(std::exp(from + step * i));
  sizes.push_back(largest);
  return sizes;
}

}  // namespace

bool SizingCurve::takes(double smallest, double largest, int nodes) {
  if (nodes >= 4 && smallest > 0 && largest > smallest && std::isfinite(largest)) return true;
  message_ =
      fmt::format("a sizing curve needs at least 4 nodes and 0 < smallest < largest size, not {} from {} nm to {} nm",
                  nodes, smallest * 1e9, largest * 1e9);
  return false;
}

void SizingCurve::add(double size, double energy, double binding, double confinement, double strength) {
  sizes_.push_back(size);
  energies_.push_back(energy);
  bindings_.push_back(binding);
  confinements_.push_back(confinement);
  log_strengths_.push_back(std::log(strength));
}

void SizingCurve::spline() {
  std::vector<double> position;
  for (const double size : sizes_) position.push_back(std::log(size));
  energy_ = math::Spline(position, energies_);
  binding_ = math::Spline(position, bindings_);
  confinement_ = math::Spline(position, confinements_);
  log_strength_ = math::Spline(position, log_strengths_);
  message_.clear();
}

SizingCurve::SizingCurve(const Bands& bands, Shape shape, double smallest, double largest, int nodes) {
  if (!takes(smallest, largest, nodes)) return;
  for (const double size : even_in_logarithm(smallest, largest, nodes)) {
    const Exciton pair = exciton(bands, equivalent_radius(shape, size));
    if (pair.status != Exciton::Status::converged) {
      message_ =
          fmt::format("no energy for a crystal of electronic size {:.4g} nm: {}", size * 1e9, reason(pair.status));
      return;
    }
    add(size, bands.gap + pair.energy, pair.binding, pair.confinement, pair.strength);
  }
  spline();
}

SizingCurve::SizingCurve(const Bands& bands, const Slab& slab, double smallest, double largest, int nodes)
    : planar_(true) {
  if (!takes(smallest, largest, nodes)) return;
  const Platelet first = platelet(bands, slab.thickness, smallest, smallest, slab.outside_permittivity);
  if (first.status != Platelet::Status::converged) {
    message_ =
        fmt::format("no energy for a platelet of {:.4g} nm: its exciton does not converge", slab.thickness * 1e9);
    return;
  }
  for (const double size : even_in_logarithm(smallest, largest, nodes)) {
    const double shrunk = smallest * smallest / (size * size);
    // |int psi(r, r) d2r|^2 with the 1s function of the plane, and a cosine for the motion as a whole
    const double strength = 2 / std::numbers::pi * std::pow(8 / (std::numbers::pi * std::numbers::pi), 2) *
                            std::pow(size / first.radius, 2);
    add(size, bands.gap + first.energy - first.lateral * (1 - shrunk), first.binding, first.confinement, strength);
  }
  spline();
}

double SizingCurve::energy(double size) const {
  return energy_.value(std::log(size));
}
double SizingCurve::slope(double size) const {
  return energy_.derivative(std::log(size)) / size;
}
double SizingCurve::binding(double size) const {
  return binding_.value(std::log(size));
}
double SizingCurve::confinement(double size) const {
  return confinement_.value(std::log(size));
}
double SizingCurve::strength(double size) const {
  return std::exp(log_strength_.value(std::log(size)));
}

double smallest_bound_size(const Bands& bands, Shape shape) {
  return size_of_radius(shape, smallest_bound_radius(bands));
}

}  // namespace nacre::confinement
