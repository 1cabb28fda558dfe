#include "models/confinement/emission_slopes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/math/spline.hpp"
#include "engine/units/constants.hpp"
#include "models/confinement/exciton_slopes.hpp"

namespace nacre::confinement {
namespace {

constexpr double hc = units::constants::planck * units::constants::speed_of_light;
constexpr int nodes = 12;
constexpr double negligible = 1e-8;  // of the strongest class

/// Crystals with what they weigh in the emission.
struct Class {
  double size, weight;
};

std::vector<Class> classes_of(const OpticsInput& in, std::span<const double> edges, std::span<const double> weights) {
  const std::vector<double> resolved = resolved_edges(edges, weights, in.unresolved_spread);
  std::vector<double> number(weights.begin(), weights.end());
  const std::vector<double> flat(resolved.size(), 0.0);
  const std::vector<double> emission = emission_weights(in.weighting, resolved, number, flat, in.hops);
  const double strongest = *std::max_element(emission.begin(), emission.end());
  std::vector<Class> classes;
  for (std::size_t i = 0; i < resolved.size(); ++i)
    if (emission[i] > negligible * strongest && resolved[i] > 0)
      classes.push_back({resolved[i] * in.size_ratio, emission[i]});
  return classes;
}

std::vector<double> sizes_between(double smallest, double largest) {
  if (largest < 1.001 * smallest) return {smallest};
  std::vector<double> sizes;
  for (int i = 0; i < nodes; ++i) sizes.push_back(smallest * std::pow(largest / smallest, i / (nodes - 1.0)));
  return sizes;
}

/// Photon energy of a crystal and its slopes by gap, mass, permittivity, barrier, outside mass and size ratio.
using Row = std::array<double, 7>;
std::optional<Row> row_at(const OpticsInput& in, double size) {
  const double radius = equivalent_radius(in.shape, size);
  const ExcitonSlopes s = exciton_slopes(in.bands, radius);
  if (s.exciton.status != Exciton::Status::converged) return std::nullopt;
  return Row{in.bands.gap + s.exciton.energy,  1 + s.gap, s.reduced_mass, s.permittivity, s.barrier, s.outside_mass,
             s.radius * radius / in.size_ratio};
}

/// The rows of all sizes, by splines over the logarithm of the size.
class Rows {
 public:
  static std::optional<Rows> over(const OpticsInput& in, const std::vector<double>& sizes) {
    std::vector<double> x;
    std::array<std::vector<double>, 7> y;
    for (const double size : sizes) {
      const std::optional<Row> row = row_at(in, size);
      if (!row) return std::nullopt;
      x.push_back(std::log(size));
      for (std::size_t k = 0; k < row->size(); ++k) y[k].push_back((*row)[k]);
    }
    Rows rows;
    for (std::size_t k = 0; k < y.size(); ++k) {
      rows.first_[k] = y[k].front();
      if (sizes.size() > 1) rows.splines_.emplace_back(x, y[k]);
    }
    return rows;
  }
  Row at(double size) const {
    if (splines_.empty()) return first_;
    Row row;
    for (std::size_t k = 0; k < row.size(); ++k) row[k] = splines_[k].value(std::log(size));
    return row;
  }

 private:
  Row first_{};
  std::vector<math::Spline> splines_;
};

/// First and second derivative of the line by its detuning.
std::pair<double, double> line_slopes(double detuning, double width, double lorentz_share) {
  const double h = 1e-3 * width;
  const double low = line_profile(detuning - h, width, lorentz_share),
               high = line_profile(detuning + h, width, lorentz_share);
  return {(high - low) / (2 * h), (high - 2 * line_profile(detuning, width, lorentz_share) + low) / (h * h)};
}

}  // namespace

std::optional<BandSlopes> peak_slopes(const OpticsInput& input, std::span<const double> edges,
                                      std::span<const double> weights, double peak, PeakOver over) {
  if (input.shape == Shape::platelet || input.weighting == Weighting::funnelling || edges.empty() || !(peak > 0))
    return std::nullopt;
  const std::vector<Class> classes = classes_of(input, edges, weights);
  if (classes.empty()) return std::nullopt;
  const auto [least, most] = std::minmax_element(classes.begin(), classes.end(),
                                                 [](const Class& a, const Class& b) { return a.size < b.size; });
  const std::optional<Rows> rows = Rows::over(input, sizes_between(least->size, most->size));
  if (!rows) return std::nullopt;
  const bool by_wavelength = over == PeakOver::wavelength;
  const double energy = by_wavelength ? hc / peak : peak, width = line_width(input.line, input.temperature);
  double curvature = 0;  // G''
  std::array<double, 6> moved{};
  for (const Class& crystal : classes) {
    const Row row = rows->at(crystal.size);
    const double detuning = energy - row[0];
    const auto [first, second] = line_slopes(detuning, width, input.line.lorentz_share);
    const double height = line_profile(detuning, width, input.line.lorentz_share);
    curvature += crystal.weight * (by_wavelength ? 2 * height + 4 * energy * first + energy * energy * second : second);
    const double share = crystal.weight * (by_wavelength ? 2 * energy * first + energy * energy * second : second);
    for (std::size_t k = 0; k < moved.size(); ++k) moved[k] += share * row[k + 1];
  }
  if (curvature == 0 || !std::isfinite(curvature)) return std::nullopt;
  const double by_energy = (by_wavelength ? -peak / energy : 1) / curvature;  // d lambda/dE or 1, over G''
  return BandSlopes{moved[0] * by_energy, moved[1] * by_energy, moved[2] * by_energy,
                    moved[3] * by_energy, moved[4] * by_energy, moved[5] * by_energy};
}

}  // namespace nacre::confinement
