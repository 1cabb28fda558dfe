#include "models/instruments/elliott_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/math/least_squares.hpp"

namespace nacre::instruments {
namespace {

using confinement::Elliott;
using confinement::EnergyGrid;
using confinement::Freedom;

/// The height at which a shape lies closest to a measurement.
double best_height(std::span<const double> shape, std::span<const double> measured) {
  double both = 0, square = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) both += shape[i] * measured[i], square += shape[i] * shape[i];
  return both / square;
}

/// Distance below `edge` at which the absorption has fallen to half: a first guess of the width.
double half_fall(std::span<const double> energy, std::span<const double> absorption, std::size_t edge) {
  std::size_t i = edge;
  while (i > 0 && absorption[i] > 0.5 * absorption[edge]) --i;
  return 2 * (energy[edge] - energy[i]);
}

/// Every so many points that some hundred are left: the edge is smooth on the grid.
struct Thinned {
  EnergyGrid grid;
  std::vector<double> absorption;
};
Thinned thinned(std::span<const double> energy, std::span<const double> absorption, std::size_t count, double width) {
  const double step = energy[1] - energy[0];
  const auto stride = std::max<std::size_t>(1, static_cast<std::size_t>(width / 12 / step));
  Thinned out;
  for (std::size_t i = 0; i < count; i += stride) out.absorption.push_back(absorption[i]);
  out.grid = {energy[0], step * static_cast<double>(stride), out.absorption.size()};
  return out;
}

}  // namespace

ElliottReading elliott_fit(std::span<const double> energy, std::span<const double> absorption, Freedom freedom,
                           double edge, double highest) {
  const auto count = static_cast<std::size_t>(std::upper_bound(energy.begin(), energy.end(), highest) - energy.begin());
  const auto at_edge = static_cast<std::size_t>(std::upper_bound(energy.begin(), energy.end(), edge) - energy.begin());
  if (count < 16 || at_edge >= count || at_edge == 0) return {};
  const double width = std::max(half_fall(energy, absorption, at_edge), 4 * (energy[1] - energy[0]));
  const Thinned data = thinned(energy, absorption, count, width);
  const double per_rydberg = freedom == Freedom::two ? 4 : 1;
  const auto model = [&](std::span<const double> p) {
    const double binding = width * std::exp(p[1]);
    return Elliott{freedom, edge + width * p[0] + binding, binding / per_rydberg, width * std::exp(p[2])};
  };
  const auto residuals = [&](std::span<const double> p, std::span<double> r) {
    const std::vector<double> shape = confinement::elliott_absorption(model(p), data.grid);
    const double height = best_height(shape, data.absorption);
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = height * shape[i] - data.absorption[i];
  };
  math::LeastSquares fit;
  fit.chi_square = std::numeric_limits<double>::infinity();
  // An edge looks alike with little binding and with much, where its line is wide: from both ends.
  for (const double binding : {0.25, 1.0, 4.0}) {
    const std::vector<double> start{0, std::log(binding), 0};
    math::LeastSquares found = math::least_squares(residuals, start, data.absorption.size(), 1e-6, 60);
    if (found.converged && found.chi_square < fit.chi_square) fit = std::move(found);
  }
  if (!fit.converged) return {};
  const Elliott found = model(fit.parameters);
  const double binding = found.rydberg * per_rydberg;
  const double binding_error = binding * fit.standard_errors[1];
  return {binding_error < binding,
          found.gap,
          binding,
          found.width,
          std::hypot(width * fit.standard_errors[0], binding_error),
          binding_error};
}

}  // namespace nacre::instruments
