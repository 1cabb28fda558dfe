#include "models/confinement/sizing.hpp"

#include <fmt/format.h>

#include <cmath>

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

}  // namespace

SizingCurve::SizingCurve(const Bands& bands, Shape shape, double smallest, double largest, int nodes) {
  if (nodes < 4 || !(smallest > 0) || !(largest > smallest) || !std::isfinite(largest)) {
    message_ =
        fmt::format("a sizing curve needs at least 4 nodes and 0 < smallest < largest size, not {} from {} nm to {} nm",
                    nodes, smallest * 1e9, largest * 1e9);
    return;
  }
  std::vector<double> position, confinement, log_strength;
  const double from = std::log(smallest), step = std::log(largest / smallest) / (nodes - 1);
  for (int i = 0; i < nodes; ++i) {
    const double log_size = from + step * i;
    const double size = i == 0 ? smallest : i == nodes - 1 ? largest : std::exp(log_size);
    const Exciton pair = exciton(bands, equivalent_radius(shape, size));
    if (pair.status != Exciton::Status::converged) {
      message_ =
          fmt::format("no energy for a crystal of electronic size {:.4g} nm: {}", size * 1e9, reason(pair.status));
      return;
    }
    position.push_back(log_size);
    sizes_.push_back(size);
    energies_.push_back(bands.gap + pair.energy);
    bindings_.push_back(pair.binding);
    confinement.push_back(pair.confinement);
    log_strength.push_back(std::log(pair.strength));
  }
  energy_ = math::Spline(position, energies_);
  binding_ = math::Spline(position, bindings_);
  confinement_ = math::Spline(position, confinement);
  log_strength_ = math::Spline(position, log_strength);
  message_.clear();
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
